import { fc } from './property.ts';

/** Any value of JSON but those that hold others. */
type Leaf = null | boolean | number | string;
export type Json = Leaf | Json[] | { [key: string]: Json };

/** Changes one document; the answer is its text, since some changes cannot be held as a value. */
export type JsonDamage = (document: Json) => string;

/** A value in a document, and how to put another one in its place. */
interface Spot {
  value: Json;
  /** 1 of the document's own keys. */
  depth: number;
  replace(value: Json): void;
  remove(): void;
}

type Change = (spot: Spot, all: readonly Spot[]) => void;

const place = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);

const NUMBERS = [0, -0, -1, 0.5, 1e-9, 5e-324, 1e308, -1e308, 2 ** 31, 2 ** 53];
const TEXTS = ['', ' ', 'text', '0', '\0', '\ud800', '__proto__', 'constructor', 'x'.repeat(100_000)];
const HOLDERS: Json[] = [
  [],
  {},
  [null],
  [[]],
  [{}],
  { k: null },
  { a: 1, k: [] },
  { a: 1, k: [{}] },
  { a: 0, k: {} },
  { toString: null },
];

const NEAR_THE_TOP = 3;

/** Stands for what is nested so deep that a value of it could not be written by recursion. */
const DEEP = '@@deep@@';

const DEEP_SHELLS: readonly (readonly [string, string])[] = [
  ['[', ']'],
  ['{"k":', '}'],
  ['[{"ty":"gr","nm":"g","it":', '}]'],
  ['[{"ty":0,"nm":"e","mn":"e","ef":', '}]'],
  ['[{"ty":4,"layers":', '}]'],
];

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, ...NUMBERS, ...TEXTS, ...HOLDERS).map(putting),
  fc.constant<Change>((spot) => spot.remove()),
  fc.constant<Change>((spot) => spot.replace([spot.value])),
  fc.constant<Change>((spot) => spot.replace(Array.from({ length: 50 }, () => structuredClone(spot.value)))),
  place.map(puttingTheOneAt),
);

function putting(value: Json): Change {
  return (spot) => spot.replace(structuredClone(value));
}

function puttingTheOneAt(from: number): Change {
  return (spot, all) => spot.replace(structuredClone(pick(all, from)?.value ?? null));
}

/** Half of them near the top: a document has thousands of keyframes, and one frame rate. */
const finder = fc.tuple(place, fc.boolean()).map(([at, nearTheTop]) => (all: readonly Spot[]) => {
  const candidates = nearTheTop ? all.filter(({ depth }) => depth <= NEAR_THE_TOP) : all;
  return pick(candidates, at);
});

const changes = fc.array(fc.tuple(finder, change), { minLength: 1, maxLength: 4 });

/** Values are of another type, huge, missing, repeated, or those of another place. */
export const CHANGED: fc.Arbitrary<JsonDamage> = changes.map((list) => (document) => {
  const copy: Json = structuredClone(document);
  for (const [find, apply] of list) {
    const all = [...spots(copy)];
    const found = find(all);
    if (found !== undefined) apply(found, all);
  }
  return JSON.stringify(copy);
});

/** A value is one that holds one, which holds one, … */
export const NESTED: fc.Arbitrary<JsonDamage> = fc
  .tuple(finder, fc.constantFrom(...DEEP_SHELLS), fc.oneof(fc.nat(300), fc.nat(20_000)))
  .map(([find, [open, close], levels]) => (document) => {
    const copy = structuredClone(document);
    find([...spots(copy)])?.replace(DEEP);
    return JSON.stringify(copy).replace(JSON.stringify(DEEP), `${open.repeat(levels)}[]${close.repeat(levels)}`);
  });

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[Math.floor(at * list.length)];
}

function* spots(value: Json, depth = 1): Generator<Spot> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    yield { value: child, depth, replace: (other) => put(value, key, other), remove: () => remove(value, key) };
    yield* spots(child, depth + 1);
  }
}

function put(holder: Json[] | { [key: string]: Json }, key: string, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

function remove(holder: Json[] | { [key: string]: Json }, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
