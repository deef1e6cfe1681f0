import { type Animated, type Keyframe, keyframesOf, valueAt } from '../document/index.ts';
import type { PathData, Sample } from './model.ts';

/** Puts the values of an expression into its property, in its place: keyframes, or one value where it never changes. */
export function writeSamples(animated: Animated, samples: readonly Sample[]): void {
  const [first] = samples;
  if (first === undefined) return;
  const write = writerOf(animated, first);
  const [frame, value] = first;
  if (typeof value === 'string') {
    animated.k = textKeys(animated, samples as readonly (readonly [number, string])[]);
  } else if (samples.length === 1) {
    animated.a = 0;
    animated.k = write(value, frame);
  } else {
    animated.k = keys(samples, write);
    animated.a = 1;
  }
  delete animated.x;
  delete animated.sid;
}

type Write = (value: Sample[1], frame: number) => unknown;

/** As the document keeps a value: a point with the depth that it had, a colour with its alpha. */
function writerOf(animated: Animated, [, first]: Sample): Write {
  if (!Array.isArray(first)) return (value) => value;
  const before = { ...animated };
  const length = [valueAt(before, 0)].flat().length;
  return (value, frame) => {
    if (!Array.isArray(value)) return value;
    const kept = length > value.length ? [valueAt(before, frame)].flat().slice(value.length) : [];
    const whole = value.map(rounded).concat(kept);
    return whole.length === 1 ? whole[0] : whole;
  };
}

/** Finer than a pixel or a shade, and short to write. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

/**
 * From frame to frame in a straight line: a composition that is shown stretched or moved by part of a frame is drawn
 * between its frames. What stands still for some frames has a key at their end as well.
 */
function keys(samples: readonly Sample[], write: Write): Keyframe[] {
  const made: Keyframe[] = [];
  for (const [index, [frame, value]] of samples.entries()) {
    const next = samples[index + 1];
    made.push(key(frame, value, write));
    if (next !== undefined && next[0] > frame + 1) made.push(key(next[0] - 1, value, write));
    // Paths with unlike numbers of points have nothing between them.
    const last = made.at(-1);
    if (next !== undefined && last !== undefined && pointsOf(value) !== pointsOf(next[1])) last.h = 1;
  }
  return made;
}

function key(frame: number, value: Sample[1], write: Write): Keyframe {
  const written = write(value, frame);
  // Without handles a key would be read as one that stands still.
  return { t: frame, s: Array.isArray(written) ? written : [written], o: { x: [0], y: [0] }, i: { x: [1], y: [1] } };
}

function pointsOf(value: Sample[1]): number {
  return typeof value === 'object' && !Array.isArray(value) ? (value as PathData).v.length : 0;
}

/** The texts with the looks that the layer has at their time; where the looks change, the text stays. */
function textKeys(animated: Animated, samples: readonly (readonly [frame: number, text: string])[]): Keyframe[] {
  const looks = keyframesOf(animated);
  const [start] = samples;
  const begin = start?.[0] ?? 0;
  const frames = new Set([...samples.map(([frame]) => frame), ...looks.map(({ t }) => t).filter((t) => t > begin)]);
  return [...frames]
    .sort((a, b) => a - b)
    .map((frame) => {
      const look = looks.findLast(({ t }) => t <= frame) ?? looks[0];
      const text = samples.findLast(([at]) => at <= frame)?.[1] ?? start?.[1] ?? '';
      return { t: frame, s: { ...(look?.s as object | undefined), t: text } };
    });
}
