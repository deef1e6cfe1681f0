import type { RefusedJob } from '../../lib/contract/answers.ts';
import { plain, print, style } from './print.ts';
import { asOnCommandLine } from './words.ts';

/** Prints why jobs of a batch were not accepted. */
export function printRefusals(errors: readonly RefusedJob[] = []): void {
  for (const { index, error, errorCode } of errors) {
    print(`  ${style('red', '✗')} job ${index}: ${plain(asOnCommandLine(error))} [${errorCode}]`);
  }
}
