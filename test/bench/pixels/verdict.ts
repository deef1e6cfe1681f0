import type { Distance } from './measure.ts';

/** What a judge says of one document, for the table and the page. */
export interface Verdict {
  id: string;
  judge: 'After Effects' | 'After Effects (.aep)' | 'designer' | 'lottie-web';
  /** False if the judge is known to be wrong: shown, and not counted. */
  isJudged: boolean;
  /** Only After Effects' own frames tell `strict` from `right`. */
  result: 'strict' | 'right' | 'wrong' | 'failed';
  distance: Distance;
  failure: string | null;
  warnings: string[];
  ms: number;
  /** Files of the same moment, side by side. */
  pictures: { frame: number; reference: string; drawn: string }[];
}

/** Worst first: what failed, then by the share of pixels that differ. */
export function byHarm(a: Verdict, b: Verdict): number {
  const rank = ({ result }: Verdict) => ['failed', 'wrong', 'right', 'strict'].indexOf(result);
  return rank(a) - rank(b) || b.distance.mean + b.distance.differing - (a.distance.mean + a.distance.differing);
}
