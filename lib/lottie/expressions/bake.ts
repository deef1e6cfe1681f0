import { expressionsOf, type LottieComposition, type LottieDocument, type LottieLayer } from '../document/index.ts';
import type { MeasureText } from '../renderer/text-measure.ts';
import { type BuiltExpression, ModelBuilder } from './build-model.ts';
import { type EvaluationLimits, evaluate } from './evaluate.ts';
import type { Bake } from './evaluation-messages.ts';
import { writeSamples } from './keyframes.ts';
import { type FrameRange, shownFrames } from './shown-frames.ts';

/** An expression whose property keeps its value without it. */
export interface UnevaluatedExpression {
  composition: string;
  layer: string;
  /** `Opacity (ks.o)`: its name and its place in the document. */
  property: string;
  reason: string;
  /** The job has set it, and not the template. */
  ofJob: boolean;
  /** It is no JavaScript: its layer's differences have it. */
  isUnreadable: boolean;
}

export interface BakeOptions {
  /** Gives what tells how large a text is, once an expression asks for it; left out, none learns that. */
  measure?: () => Promise<MeasureText>;
  limits?: EvaluationLimits;
}

/**
 * Lottie players know no expressions: evaluates those under a composition and writes their values into the document as
 * keyframes, for the frames that are rendered. `range` is in the document's own frames.
 */
export async function bakeExpressions(
  document: LottieDocument,
  composition: LottieComposition,
  range: FrameRange,
  { measure, limits }: BakeOptions = {},
): Promise<UnevaluatedExpression[]> {
  const shown = shownFrames(document, composition, range);
  // Most documents have none, and need no model.
  const sources = [...shown.keys()].flat().flatMap((layer) => expressionsOf(layer).map(({ animated }) => animated.x));
  if (sources.length === 0) return [];
  // To measure texts, fonts are opened: only where one asks for it.
  const measured = measure !== undefined && sources.some((source) => source.includes('sourceRectAtTime'));
  const { model, expressions } = new ModelBuilder(document, measured ? await measure() : null);
  const wanted = expressions.flatMap((expression) => {
    const frames = shown.get(expression.composition.layers);
    return frames === undefined ? [] : [{ expression, frames }];
  });
  const bakes = wanted
    .filter(({ expression }) => expression.fault === null)
    .map(({ expression, frames }) => bakeOf(expression, frames));
  const { samples, failures } = bakes.length === 0 ? NOTHING : await evaluate(model, bakes, limits);
  for (const { animated, id } of expressions) {
    const values = samples.get(id);
    if (values !== undefined && !failures.has(id)) writeSamples(animated, values);
  }
  const shownLayers = new Set(wanted.map(({ expression }) => expression));
  return expressions.flatMap((expression) => {
    const reason = failures.get(expression.id) ?? (shownLayers.has(expression) ? expression.fault : null);
    if (reason === null) return [];
    const ofJob = expression.animated.ofJob === true;
    const { layerName: layer, label: property, isUnreadable } = expression;
    return [{ composition: expression.composition.name, layer, property, reason, ofJob, isUnreadable }];
  });
}

const NOTHING = { samples: new Map<number, never>(), failures: new Map<number, string>() };

/** A layer is seen from its in point to its out point; its transform counts for its children at all times. */
function bakeOf({ id, place, layer }: BuiltExpression, frames: FrameRange): Bake {
  return { id, ...(place.startsWith('ks.') ? frames : seen(layer, frames)) };
}

function seen({ ip, op }: LottieLayer, { first, last }: FrameRange): FrameRange {
  const from = Math.min(last, Math.max(first, Math.floor(ip ?? first)));
  return { first: from, last: Math.max(from, Math.min(last, Math.ceil(op ?? last))) };
}
