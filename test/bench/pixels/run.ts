/**
 * Compares what the bundled renderer draws with two judges: After Effects' own frames of small projects, and lottie-web,
 * the reference player. Prints a table and writes a page with the pictures side by side, the worst first.
 *
 *   npm run bench:pixels -- [--only <pattern>] [--judge truth|cases|public] [--page <file>] [-- <options of the renderer>]
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Artist } from './artist.ts';
import { judgeByAfterEffects, type Verdict } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    judge: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
const only = new RegExp(values.only);
const into = await mkdtemp(join(tmpdir(), 'bench-pixels-'));
using artist = new Artist();
const truth = await judgeByAfterEffects(artist, into, { only, more: positionals });
print(truth);

function print(verdicts: readonly Verdict[]): void {
  const count = (...results: Verdict['result'][]) => verdicts.filter(({ result }) => results.includes(result)).length;
  for (const { id, result, distance, failure, warnings } of verdicts.toSorted(
    (a, b) => b.distance.off - a.distance.off,
  )) {
    if (values.list || result === 'wrong' || result === 'failed')
      console.log(
        `${result.padEnd(7)} off ${distance.off.toFixed(2).padStart(6)} %  mean ${distance.mean.toFixed(2).padStart(6)}  differing ${distance.differing.toFixed(2).padStart(6)} %  ${id}  ${failure ?? ''} ${warnings.length > 0 ? '[warned]' : ''}`,
      );
  }
  console.log(
    `${verdicts.length} projects of After Effects: ${count('right', 'strict')} hold, ${count('strict')} strictly`,
  );
}
console.log(into);
