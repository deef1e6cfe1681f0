/** Parts of a written layer: masks, effects, shapes and texts, as After Effects writes them. */
import { group, matchName, numbers, property } from './project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk } from './rifx-writer.ts';

/** Named parts one after another: `parts({ 'ADBE Position': property(…) })`. */
export function parts(named: Readonly<Record<string, WrittenChunk>>): WrittenChunk[] {
  return Object.entries(named).flatMap(([name, part]) => [matchName(name), part]);
}

/** The kinds of a written control, as lib/aep/effect-definition.ts has them. */
const CONTROLS = { layer: 0, scalar: 2, angle: 3, checkbox: 4, color: 5, menu: 7, slider: 10, mask: 12 } as const;

export interface WrittenControl {
  name: string;
  kind: keyof typeof CONTROLS;
  /** Left out, the effect has none: its definition's default counts. Colours are alpha, red, green, blue to 255. */
  value?: number[];
  /** For a slider: its default, and what it was set to last. */
  byDefault?: number;
  last?: number;
}

/**
 * An effect; its controls have the match names `<effect>-0001`, `-0002`, … After Effects writes the definition with the
 * first of a kind, and leaves it empty in the others.
 */
export function effect(
  name: string,
  controls: readonly WrittenControl[] = [],
  { label = name, isDefined = true } = {},
): WrittenChunk[] {
  const named = (at: number) => `${name}-${String(at).padStart(4, '0')}`;
  const definitions = [{ name: '', kind: 'layer' } as WrittenControl, ...controls].flatMap((control, at) => [
    matchName(named(at)),
    definition(control),
  ]);
  const values = controls.flatMap(({ kind, value }, at) =>
    value === undefined ? [] : [matchName(named(at + 1)), controlValue(kind, value)],
  );
  const count = isDefined ? controls.length + 1 : 0;
  const definitionList = list('parT', [chunk('parn', [0, 0, 0, count]), ...(isDefined ? definitions : [])]);
  return [matchName(name), list('sspc', [list('fnam', [utf8(label)]), definitionList, group(values)])];
}

function definition({ name, kind, byDefault = 0, last = 0 }: WrittenControl): WrittenChunk {
  const data = fields(148, [
    [15, 'uint8', CONTROLS[kind]],
    [56, 'float64', last],
    [120, 'float32', byDefault],
  ]);
  data.set(Buffer.from(name, 'latin1').subarray(0, 31), 16);
  return chunk('pard', [...data]);
}

function controlValue(kind: WrittenControl['kind'], value: number[]): WrittenChunk {
  if (kind !== 'color') return property(value.length, false, [numbers(value)]);
  return property(4, false, [numbers(value)], { color: true });
}

type Point = readonly [x: number, y: number];

/** A closed path with straight sides, of these corners: pixels of a shape, or fractions of a masked layer. */
export function path(corners: readonly Point[]): WrittenChunk {
  const data = fields(
    corners.length * 24,
    corners.flatMap((corner, at) =>
      [corner, corner, corners[(at + 1) % corners.length] ?? corner].flatMap(([x, y], part) => {
        const place = (at * 3 + part) * 8;
        return [
          [place, 'float32', x] as [number, 'float32', number],
          [place + 4, 'float32', y] as [number, 'float32', number],
        ];
      }),
    ),
  );
  const bounds = fields(24, [
    [12, 'float32', 1],
    [16, 'float32', 1],
  ]);
  const points = list('list', [
    chunk('lhd3', [
      ...fields(52, [
        [8, 'uint32', corners.length * 3],
        [16, 'uint32', 8],
      ]),
    ]),
    chunk('ldat', [...data]),
  ]);
  const shape = list('shap', [chunk('shph', [...bounds]), points]);
  return list('om-s', [property(1, false, []), list('omks', [shape])]);
}

/** A mask that adds, of these corners, which are fractions of the layer. */
export function mask(corners: readonly Point[]): WrittenChunk[] {
  const info = fields(8, [[6, 'uint16', 1]]);
  return [matchName('ADBE Mask Atom'), chunk('mkif', [...info]), group(parts({ 'ADBE Mask Shape': path(corners) }))];
}

/** The contents of a shape layer: a rectangle around its middle, filled. The colour is red, green, blue to 1. */
export function rectangle(size: Point, color: readonly [number, number, number]): WrittenChunk[] {
  const fill = property(4, false, [numbers([255, ...color.map((channel) => channel * 255)])], { color: true });
  const contents = parts({
    'ADBE Vector Shape - Rect': group(parts({ 'ADBE Vector Rect Size': property(2, false, [numbers([...size])]) })),
    'ADBE Vector Graphic - Fill': group(parts({ 'ADBE Vector Fill Color': fill })),
  });
  return parts({ 'ADBE Vector Group': group(parts({ 'ADBE Vectors Group': group(contents) })) });
}

/** A run of characters of one style. Colours are red, green, blue to 1. */
export interface WrittenRun {
  text: string;
  font: string;
  size: number;
  color?: readonly [number, number, number];
  /** Percent. */
  horizontalScale?: number;
  verticalScale?: number;
  fauxBold?: boolean;
  fauxItalic?: boolean;
  baselineShift?: number;
  tracking?: number;
}

/** The source text of a text layer: what belongs under `ADBE Text Properties`. */
export function sourceText(runs: readonly WrittenRun[], justification: 0 | 1 | 2 = 0): WrittenChunk[] {
  const fonts = [...new Set(runs.map(({ font }) => font))];
  const text = `${runs.map((run) => run.text).join('')}\r`;
  const paragraph = `<< /0 << /0 << /5 << /0 ${justification} >> >> >> /1 ${text.length} >>`;
  const styles = runs.map((run, at) => {
    const length = run.text.length + (at === runs.length - 1 ? 1 : 0);
    return `<< /0 << /0 << /6 << ${styleOf(run, fonts)} >> >> >> /1 ${length} >>`;
  });
  const document = `<< /0 << /0 ${cosText(text)} /5 << /0 [ ${paragraph} ] >> /6 << /0 [ ${styles.join(' ')} ] >> >> >>`;
  const listed = fonts.map((font) => `<< /0 << /0 << /0 ${cosText(font)} >> >> >>`).join(' ');
  const cos = `/0 << /1 << /0 [ ${listed} ] >> >> /1 << /1 [ ${document} ] >>`;
  const btdk = { id: 'LIST btdk', data: Buffer.from(cos, 'latin1'), children: null };
  return parts({ 'ADBE Text Document': list('btds', [property(1, false, []), btdk]) });
}

function styleOf(run: WrittenRun, fonts: readonly string[]): string {
  const [red, green, blue] = run.color ?? [1, 1, 1];
  return [
    `/0 ${fonts.indexOf(run.font)} /1 ${run.size} /2 ${run.fauxBold === true} /3 ${run.fauxItalic === true}`,
    `/6 ${(run.horizontalScale ?? 100) / 100} /7 ${(run.verticalScale ?? 100) / 100}`,
    `/8 ${run.tracking ?? 0} /9 ${run.baselineShift ?? 0} /53 << /0 << /1 [ 1 ${red} ${green} ${blue} ] >> >>`,
  ].join(' ');
}

/** UTF-16 with a byte order mark, in hexadecimal. */
function cosText(text: string): string {
  return `<FEFF${[...Buffer.from(text, 'utf16le').swap16()].map((byte) => byte.toString(16).padStart(2, '0')).join('')}>`;
}
