import type { GradientColors, PropertyGroup, PropertyValue } from '../aep/read-project.ts';
import { type Animated, rounded } from './keyframes.ts';
import { animated, type LayerContext, propertyIn } from './properties.ts';

/** What After Effects gives a new gradient: white to black. */
const DEFAULT_GRADIENT: GradientColors = {
  kind: 'gradient',
  colorStops: [
    { offset: 0, midpoint: 0.5, color: [1, 1, 1] },
    { offset: 1, midpoint: 0.5, color: [0, 0, 0] },
  ],
  alphaStops: [
    { offset: 0, midpoint: 0.5, alpha: 1 },
    { offset: 1, midpoint: 0.5, alpha: 1 },
  ],
};

/** `g` of a gradient fill or stroke: `p` is the number of its colours, `k` colours and then opacities, as numbers. */
export function convertGradient(
  group: PropertyGroup,
  context: LayerContext,
  matchName = 'ADBE Vector Grad Colors',
): { p: number; k: Animated } {
  const property = context.withValues ? propertyIn(group, matchName) : null;
  const values =
    property === null ? [DEFAULT_GRADIENT] : [property.value, ...property.keyframes.map(({ value }) => value)];
  const gradients = values.map(gradientOf);
  const offsets = {
    color: offsetsOf(gradients.map((gradient) => gradient.colorStops)),
    alpha: offsetsOf(gradients.map((gradient) => gradient.alphaStops)),
  };
  const opaque = gradients.every(({ alphaStops }) => alphaStops.every(({ alpha }) => alpha === 1));
  const numbers = (value: PropertyValue) => numbersOf(gradientOf(value), offsets, opaque);
  return {
    p: offsets.color?.length ?? stopsOf(gradients[0]?.colorStops ?? [], colorBetween).length,
    k: animated(group, matchName, context, { value: numbers, otherwise: DEFAULT_GRADIENT }),
  };
}

function gradientOf(value: PropertyValue): GradientColors {
  const isGradient = value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'gradient';
  return isGradient && value.colorStops.length > 0 ? value : DEFAULT_GRADIENT;
}

interface Stop {
  offset: number;
  midpoint: number;
}

/**
 * Keyframes of one gradient must have as many numbers each. If they have not, all are written with the stops of all of
 * them; null if they agree, and each keeps its own.
 */
function offsetsOf(gradients: readonly (readonly Stop[])[]): number[] | null {
  const counts = new Set(gradients.map((stops) => stopsOf(stops, (_from, _to) => 0).length));
  if (counts.size <= 1) return null;
  const all = gradients.flatMap((stops) => stopsOf(stops, (_from, _to) => 0).map(({ offset }) => rounded(offset)));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** So many stops stand for the curve between two whose midpoint was moved. */
const CURVE_STOPS = 16;

/**
 * Each stop and, if the midpoint to the next was moved, stops along the curve between both: the longer side of the
 * midpoint starts slowly, by the power that makes it one half there. Measured in After Effects' own frames.
 */
function stopsOf<S extends Stop, V>(
  stops: readonly S[],
  between: (from: S, to: S, share: number) => V,
): { offset: number; value: V }[] {
  return stops.flatMap((stop, at) => {
    const next = stops[at + 1];
    const own = { offset: stop.offset, value: between(stop, stop, 0) };
    if (next === undefined || Math.abs(stop.midpoint - 0.5) < 1e-6) return [own];
    const midpoint = Math.min(0.999, Math.max(0.001, stop.midpoint));
    const power = Math.log(0.5) / Math.log(Math.max(midpoint, 1 - midpoint));
    const curve = Array.from({ length: CURVE_STOPS - 1 }, (_, step) => {
      const way = (step + 1) / CURVE_STOPS;
      const share = midpoint > 0.5 ? way ** power : 1 - (1 - way) ** power;
      return { offset: mix(stop.offset, next.offset, way), value: between(stop, next, share) };
    });
    return [own, ...curve];
  });
}

const mix = (from: number, to: number, share: number) => from + (to - from) * share;

function colorBetween(
  from: GradientColors['colorStops'][number],
  to: GradientColors['colorStops'][number],
  share: number,
): number[] {
  return from.color.map((channel, at) => mix(channel, to.color[at] ?? channel, share));
}

function alphaBetween(
  from: GradientColors['alphaStops'][number],
  to: GradientColors['alphaStops'][number],
  share: number,
): number[] {
  return [mix(from.alpha, to.alpha, share)];
}

function numbersOf(
  gradient: GradientColors,
  offsets: { color: number[] | null; alpha: number[] | null },
  opaque: boolean,
): number[] {
  const colors = spread(stopsOf(gradient.colorStops, colorBetween), offsets.color);
  const alphas = opaque ? [] : spread(stopsOf(gradient.alphaStops, alphaBetween), offsets.alpha);
  return [...colors, ...alphas].flatMap(({ offset, value }) => [offset, ...value]).map(rounded);
}

/** The same gradient with stops at these offsets; as it is where there are none. */
function spread(
  stops: { offset: number; value: number[] }[],
  offsets: readonly number[] | null,
): { offset: number; value: number[] }[] {
  if (offsets === null) return stops;
  return offsets.map((offset) => {
    const after = stops.findIndex((stop) => stop.offset >= offset);
    const [to, from] = [stops.at(after === -1 ? -1 : after), stops.at(after === -1 ? -1 : Math.max(0, after - 1))];
    const width = (to?.offset ?? 0) - (from?.offset ?? 0);
    const share = width <= 0 ? 1 : (offset - (from?.offset ?? 0)) / width;
    return { offset, value: (from?.value ?? []).map((part, at) => mix(part, to?.value[at] ?? part, share)) };
  });
}
