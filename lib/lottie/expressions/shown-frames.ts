import {
  compositionsOf,
  isAnimated,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
} from '../document/index.ts';

/** Frames of a composition's own time, both included. */
export interface FrameRange {
  first: number;
  last: number;
}

/** A longer composition is either shown only in part or hostile. */
const MOST_FRAMES = 1_000_000;

/**
 * The frames that a render can show of each composition under the one that is rendered: of nested ones, those from the
 * first to the last that any layer shows. A remapped time may be any time. By the list of their layers.
 */
export function shownFrames(
  document: LottieDocument,
  composition: LottieComposition,
  range: FrameRange,
): Map<readonly LottieLayer[], FrameRange> {
  const compositions = compositionsOf(document);
  const byId = new Map(compositions.flatMap((one) => (one.asset === null ? [] : [[one.asset.id, one] as const])));
  const rendered = compositions.find(({ layers }) => layers === composition.layers) ?? composition;
  const shown = new Map<readonly LottieLayer[], FrameRange>([[rendered.layers, range]]);
  // A composition's frames are known when all that show it have been seen.
  for (const user of inOrder(rendered, byId)) {
    const frames = shown.get(user.layers);
    for (const layer of user.layers) {
      const used = layer.refId === undefined ? undefined : byId.get(layer.refId);
      if (used === undefined || frames === undefined) continue;
      const part = isAnimated(layer.tm) ? wholeOf(used) : within(layer, frames);
      const known = shown.get(used.layers) ?? part;
      shown.set(used.layers, { first: Math.min(known.first, part.first), last: Math.max(known.last, part.last) });
    }
  }
  return shown;
}

/** Each composition after all those that show it. */
function inOrder(top: LottieComposition, byId: ReadonlyMap<string, LottieComposition>): LottieComposition[] {
  const ordered: LottieComposition[] = [];
  const seen = new Set<LottieComposition>();
  const visit = (composition: LottieComposition): void => {
    if (seen.has(composition)) return;
    seen.add(composition);
    for (const { refId } of composition.layers) {
      const used = refId === undefined ? undefined : byId.get(refId);
      if (used !== undefined) visit(used);
    }
    ordered.push(composition);
  };
  visit(top);
  return ordered.reverse();
}

/** `end` of a nested composition is cut at the document's length, and a remapped time is not. */
function wholeOf({ layers }: LottieComposition): FrameRange {
  const end = layers.reduce((latest, { op = 0 }) => Math.max(latest, op), 1);
  return { first: 0, last: Math.min(Math.ceil(end), MOST_FRAMES) };
}

function within(layer: LottieLayer, { first, last }: FrameRange): FrameRange {
  const from = Math.max(first, layer.ip ?? first);
  const to = Math.max(from, Math.min(last, layer.op ?? last));
  const stretch = layer.sr === undefined || layer.sr === 0 ? 1 : layer.sr;
  const ends = [from, to].map((frame) => (frame - (layer.st ?? 0)) / stretch);
  const start = Math.floor(Math.min(...ends));
  return { first: start, last: Math.min(Math.ceil(Math.max(...ends)), start + MOST_FRAMES) };
}
