import { isAnimated, keyframesOf, valueAt } from '../../document/index.ts';
import { isNode, type Node, withValue } from '../tree.ts';
import { type Baking, bakedProperty } from './baking.ts';

const GRADIENTS: ReadonlySet<unknown> = new Set(['gf', 'gs']);
/** Stops that stand for the curve between a stop and its midpoint. */
const STEPS = 8;

/**
 * After Effects' gradients bend at their midpoints; Bodymovin writes a midpoint as one more stop with the colour between,
 * and players draw straight lines through it. The curve was measured on After Effects' own frames: with the midpoint at
 * the share m it is x ** k with k = log(1/2) / log(m), mirrored if m is below a half.
 */
export function withGradientMidpoints(items: Node[], baking: Baking): Node[] {
  return items.map((item) => {
    if (!GRADIENTS.has(item.ty) || !isNode(item.g) || !isAnimated(item.g.k)) return item;
    const { p, k } = item.g;
    if (typeof p !== 'number' || p < 3) return item;
    const values = keyframesOf(k).length > 0 ? keyframesOf(k).flatMap(({ s, e }) => [s, e]) : [k.k];
    const stops = values.filter(isStops);
    if (stops.length === 0 || !stops.some((value) => hasMidpoints(value, p))) return item;
    const frames = baking.framesOf([k]);
    const at = (frame: number) => curved([valueAt(k, frame)].flat(), p);
    const lengths = new Set((frames.length === 0 ? [0] : frames).map((frame) => at(frame).colors));
    if (lengths.size !== 1) return item;
    const [count = p] = lengths;
    baking.spend(frames.length * count * 6);
    return withValue(item, 'g', { ...item.g, p: count, k: bakedProperty(frames, (frame) => at(frame).values) });
  });
}

function isStops(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'number');
}

/** A stop by its place and its parts: three of a colour, one of an opacity. */
interface Stop {
  at: number;
  parts: number[];
}

function hasMidpoints(values: number[], count: number): boolean {
  const { colors, opacities } = stopsIn(values, count);
  return [colors, opacities].some((stops) => bends(stops).size > 0);
}

function curved(values: number[], count: number): { values: number[]; colors: number } {
  const { colors, opacities } = stopsIn(values, count);
  const [drawn, seen] = [bent(colors), bent(opacities)];
  return { values: [...drawn, ...seen].flatMap(({ at, parts }) => [at, ...parts]).map(short), colors: drawn.length };
}

function stopsIn(values: number[], count: number): { colors: Stop[]; opacities: Stop[] } {
  const read = (list: number[], size: number) =>
    Array.from({ length: Math.floor(list.length / size) }, (_, index) => ({
      at: list[index * size] ?? 0,
      parts: list.slice(index * size + 1, (index + 1) * size),
    }));
  return { colors: read(values.slice(0, count * 4), 4), opacities: read(values.slice(count * 4), 2) };
}

/** The places of stops that are midpoints off the middle: each has the average of its neighbours. */
function bends(stops: readonly Stop[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let place = 1; place + 1 < stops.length; place += 1) {
    const [before, stop, after] = [stops[place - 1], stops[place], stops[place + 1]];
    if (before === undefined || stop === undefined || after === undefined) continue;
    const isAverage = stop.parts.every(
      (part, index) => Math.abs(part - ((before.parts[index] ?? 0) + (after.parts[index] ?? 0)) / 2) < 0.003,
    );
    if (!isAverage) continue;
    const share = (stop.at - before.at) / (after.at - before.at);
    const differ = stop.parts.some((_, index) => before.parts[index] !== after.parts[index]);
    if (differ && share > 0.01 && share < 0.99 && Math.abs(share - 0.5) > 0.01) found.add(place);
    // A midpoint stands between two stops: the next one is a stop.
    place += 1;
  }
  return found;
}

function bent(stops: readonly Stop[]): Stop[] {
  const midpoints = bends(stops);
  return stops.flatMap((stop, place) => {
    const [before, after] = [stops[place - 1], stops[place + 1]];
    if (!midpoints.has(place) || before === undefined || after === undefined) return [stop];
    const share = (stop.at - before.at) / (after.at - before.at);
    return Array.from({ length: STEPS * 2 - 1 }, (_, step) => {
      const x = (step + 1) / (STEPS * 2);
      const y = eased(x, share);
      return {
        at: before.at + (after.at - before.at) * x,
        parts: before.parts.map((part, index) => part + ((after.parts[index] ?? part) - part) * y),
      };
    });
  });
}

function eased(x: number, midpoint: number): number {
  if (midpoint > 0.5) return x ** (Math.log(0.5) / Math.log(midpoint));
  return 1 - (1 - x) ** (Math.log(0.5) / Math.log(1 - midpoint));
}

function short(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
