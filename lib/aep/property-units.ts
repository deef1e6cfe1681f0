import type { PropertyContext } from './property-context.ts';
import type { PropertyLayout } from './property-layout.ts';

/** Kept as fractions, shown in percent. Every other property in percent is kept as it is shown. */
const PERCENT: ReadonlySet<string> = new Set(['ADBE Opacity', 'ADBE Scale', 'ADBE Mask Opacity']);

/**
 * What the numbers of the file are multiplied by to be what After Effects shows, dimension by dimension; a single
 * factor counts for all. Source: py-aep (forticheprod), and comparing with Bodymovin's exports.
 */
export function unitFactors(matchName: string, effectPoint: boolean, context: PropertyContext): number[] {
  if (PERCENT.has(matchName)) return [100];
  if (effectPoint) return [...(context.sourceSize ?? context.compSize)];
  if (matchName === 'ADBE Anchor Point' && context.sourceSize !== null) return [...context.sourceSize, 1];
  return [1];
}

/** Colours are kept as alpha, red, green, blue up to 255, and shown as red, green, blue, alpha up to 1. */
export function inShownUnits(
  numbers: readonly number[],
  layout: Pick<PropertyLayout, 'color'>,
  factors: readonly number[],
): number[] {
  if (layout.color && numbers.length >= 4) {
    const [alpha = 0, ...rgb] = numbers;
    return [...rgb.slice(0, 3), alpha].map((channel) => channel / 255);
  }
  return numbers.map((number, dimension) => number * (factors[dimension] ?? factors.at(-1) ?? 1));
}
