import { Command } from 'commander';
import type { BatchEngine } from '../../lib/engine.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printEvents } from '../terminal/event-lines.ts';
import { followBatches } from '../terminal/follow-batches.ts';
import { examples } from '../terminal/help.ts';
import {
  detailsOf,
  eventsOption,
  exitCodeOf,
  NOTHING,
  type OutputForm,
  outputForm,
  printCounts,
  printSummary,
} from '../terminal/output-form.ts';
import { localTime, print } from '../terminal/print.ts';
import { unfinishedBatches, unfinishedJobs } from '../terminal/unfinished.ts';

export function resumeCommand(): Command {
  return new Command('resume')
    .description('Renders what is left of a batch, or of every batch: after Ctrl-C, a crash or a power cut.')
    .argument('[batchId]', 'all batches with unfinished jobs if left out')
    .addOption(eventsOption())
    .addHelpText('after', examples('resume', 'resume 01JD0M5A7Z8QKXW3T9V2B4C6ED'))
    .action(async (id: string | undefined, own: { events?: boolean }, command: Command) => {
      const options = globalOptions(command);
      const form = outputForm({ ...options, ...own });
      process.exitCode = await withEngine(options, 'look', (engine) => resume(engine, id, form));
    });
}

async function resume(engine: BatchEngine, id: string | undefined, form: OutputForm): Promise<number> {
  if (form === 'events') printEvents(engine);
  const ids = id === undefined ? (await unfinishedBatches(engine)).map(({ batchId }) => batchId) : [id];
  const batches = (await Promise.all(ids.map((one) => unfinishedJobs(engine, one)))).filter(
    ({ jobs }) => jobs.length > 0,
  );
  if (form === 'text') {
    if (batches.length === 0) print('Nothing is left to render.');
    const listed = new Map((await engine.batches.list({ limit: 1_000 })).map((batch) => [batch.batchId, batch]));
    for (const { batchId, jobs } of batches) {
      const batch = listed.get(batchId);
      const of = batch === undefined ? '' : ` of ${localTime(batch.createdAt)}`;
      print(`Batch ${batchId}${of}: ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} left`);
    }
  }
  const followed = batches.length === 0 ? NOTHING : await followBatches(engine, batches, { silent: form !== 'text' });
  const exitCode = exitCodeOf(followed);
  if (form !== 'text') {
    const details = await detailsOf(
      engine,
      batches.map(({ batchId }) => batchId),
      followed,
    );
    printSummary(form, { batches: details, ...(followed.stopCode === null ? {} : { stopped: followed }) }, exitCode);
  } else if (batches.length > 0) printCounts(followed, id === undefined ? {} : { batchId: id });
  return exitCode;
}
