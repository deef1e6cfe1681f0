import { Option } from 'commander';
import type { BatchDetails } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { ValidationError } from '../../lib/errors.ts';
import { printLine } from './event-lines.ts';
import type { FollowedBatches } from './follow-batches.ts';
import { print, printJson } from './print.ts';

/** What a program reads on standard output: lines for a person, one JSON object at the end, or one for each event. */
export type OutputForm = 'text' | 'json' | 'events';

export function eventsOption(): Option {
  return new Option('--events', 'print one JSON object a line as things happen, ending with the summary');
}

export function outputForm({ json, events }: { json?: boolean; events?: boolean }): OutputForm {
  if (events === true && json === true) {
    const message = '--events and --json exclude each other: leave one of them out';
    throw new ValidationError(message, [{ field: 'events', message }]);
  }
  if (events === true) return 'events';
  return json === true ? 'json' : 'text';
}

/** Nothing was rendered. */
export const NOTHING: FollowedBatches = { finished: 0, failed: 0, cancelled: 0, left: 0, stopCode: null };

/** The exit code of a command that rendered. `refused`: jobs that were not even accepted. */
export function exitCodeOf({ stopCode, failed, cancelled }: FollowedBatches, refused = 0): number {
  return stopCode ?? (refused + failed + cancelled > 0 ? 1 : 0);
}

/** The batches as they are now; none once the program was stopped, since its engine is closed then. */
export async function detailsOf(
  engine: BatchEngine,
  batchIds: readonly string[],
  { stopCode }: FollowedBatches,
): Promise<BatchDetails[]> {
  return stopCode === null ? await Promise.all(batchIds.map((id) => engine.batches.get(id))) : [];
}

/** Prints the last object of a command that rendered. */
export function printSummary(form: 'json' | 'events', summary: object, exitCode: number): void {
  if (form === 'events') printLine('summary', { ...summary, exitCode });
  else printJson(summary);
}

/** Prints the last lines of a command that rendered. `batchId`: what `resume` takes to go on. */
export function printCounts(followed: FollowedBatches, { refused = 0, batchId = '' } = {}): void {
  const { finished, failed, cancelled, left, stopCode } = followed;
  const counts = [`${finished} finished`, `${failed + refused} failed`];
  if (cancelled > 0) counts.push(`${cancelled} cancelled`);
  if (left > 0) counts.push(`${left} left`);
  print(`${stopCode === null ? '' : 'Stopped: '}${counts.join(', ')}.`);
  if (left > 0) print(`Render what is left with: aerender-batch resume${batchId === '' ? '' : ` ${batchId}`}`);
}
