import { readFileSync } from 'node:fs';

/** What the comparison reads of a Bodymovin export. Old exports leave out `a`, and start `ind` at 0. */
export interface BodymovinDocument {
  nm?: string;
  w: number;
  h: number;
  fr: number;
  ip: number;
  op: number;
  layers: BodymovinLayer[];
  assets?: { id: string; layers?: BodymovinLayer[]; p?: string; w?: number; h?: number }[];
  markers?: { tm: number; cm: string; dr: number }[];
  fonts?: { list: { fName: string }[] };
}

export interface BodymovinLayer {
  ty: number;
  nm: string;
  ind: number;
  parent?: number;
  ip: number;
  op: number;
  st: number;
  sr?: number;
  bm?: number;
  tt?: number;
  refId?: string;
  ks: Record<string, BodymovinValue | undefined>;
  tm?: BodymovinValue;
  t?: { d: { k: { s: BodymovinText; t: number }[] } };
  shapes?: BodymovinShape[];
}

export interface BodymovinText {
  s: number;
  f: string;
  t: string;
  j: number;
  tr: number;
  lh: number;
  ls?: number;
  fc: number[];
  sc?: number[];
  sw?: number;
  sz?: number[];
  ps?: number[];
}

export interface BodymovinPath {
  c: boolean;
  v: number[][];
  i: number[][];
  o: number[][];
}

type StaticValue = number | number[] | BodymovinPath;

/** `k` is the value, or the keyframes. */
export interface BodymovinValue {
  k: StaticValue | BodymovinKeyframe[];
  x?: string | BodymovinValue;
  y?: BodymovinValue;
  z?: BodymovinValue;
  s?: boolean;
}

export interface BodymovinKeyframe {
  t: number;
  s?: number[] | BodymovinPath[];
  e?: number[] | BodymovinPath[];
  h?: number;
  i?: { x: number | number[]; y: number | number[] };
  o?: { x: number | number[]; y: number | number[] };
  to?: number[] | null;
  ti?: number[] | null;
}

/** An item of a shape layer's contents; `it` are those of a group. */
export interface BodymovinShape {
  ty: string;
  nm?: string;
  it?: BodymovinShape[];
  [key: string]: unknown;
}

export function readBodymovin(file: string): BodymovinDocument {
  return JSON.parse(readFileSync(file, 'utf8'));
}

export function isKeyframes(value: BodymovinValue['k']): value is BodymovinKeyframe[] {
  return Array.isArray(value) && typeof value[0] === 'object' && 't' in value[0];
}
