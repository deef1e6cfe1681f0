import { rawMoved, rawSteps } from './raw-values.ts';
import type { RawValue } from './track.ts';

interface Loop {
  type: string;
  /** Seconds: what is repeated, and the time that is asked for. */
  first: number;
  last: number;
  time: number;
  /** After the end; else before the beginning. */
  out: boolean;
}

/** Source of the four kinds: Adobe's expression reference, "Property", `loopIn` and `loopOut`. */
export function looped(at: (time: number) => RawValue, { type: written, first, last, time, out }: Loop): RawValue {
  // After Effects accepts `Cycle` and `pingPong` as well.
  const type = written.toLowerCase().replace(/[^a-z]/g, '');
  const length = last - first;
  if (!(length > 0) || (out ? time <= last : time >= first)) return at(time);
  if (type === 'continue') {
    const [edge, inside] = out ? [last, last - 0.001] : [first, first + 0.001];
    const value = at(edge);
    if (!Array.isArray(value)) return value;
    const [speed, still] = [rawSteps(at(inside), value, out ? 0.001 : -0.001), value.map(() => 0)];
    return rawMoved(value, still, speed, time - edge);
  }
  const round = Math.floor((time - first) / length);
  const within = time - first - round * length;
  if (type === 'pingpong') return at(round % 2 === 0 ? first + within : last - within);
  if (type === 'offset') return rawMoved(at(first + within), at(first), at(last), round);
  if (type === 'cycle') return at(first + within);
  throw new Error(`there is no loop of the kind '${written.slice(0, 40)}'`);
}
