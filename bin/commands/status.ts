import { Command } from 'commander';
import type { BatchDetails } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import type { JobStatus } from '../../lib/status.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { localTime, plain, print, printJson, printTable } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';

/** Ends without a file. */
const FAILED: ReadonlySet<JobStatus> = new Set(['error', 'manually_cancelled']);

export function statusCommand(): Command {
  return new Command('status')
    .description('Shows a batch and its jobs, each with its file or why it failed or was refused.')
    .argument('[batchId]', 'the last batch if left out')
    .option('--failed', 'only the jobs that failed, were cancelled or refused')
    .addHelpText('after', examples('status', 'status --failed', 'status 01JD0M5A7Z8QKXW3T9V2B4C6ED --json'))
    .action(async (id: string | undefined, own: { failed?: boolean }, command: Command) => {
      const options = globalOptions(command);
      await withEngine(options, 'look', async (engine) => {
        const batchId = id ?? (await engine.batches.list({ limit: 1 }))[0]?.batchId;
        if (batchId === undefined) {
          if (options.json === true) printJson(null);
          else print('No batches yet. Render one with: aerender-batch render <batch.json>');
          return;
        }
        const batch = await engine.batches.get(batchId);
        const jobs = own.failed === true ? batch.jobs.filter(({ status }) => FAILED.has(status)) : batch.jobs;
        if (options.json === true) printJson({ ...batch, jobs });
        else await show(engine, { ...batch, jobs });
      });
    });
}

async function show(engine: BatchEngine, batch: BatchDetails): Promise<void> {
  const { total, finished, error, pending } = batch.stats;
  const { refused } = batch.local;
  const others = refused.length === 0 ? '' : `; ${refused.length} refused`;
  print(
    `Batch ${batch.batchId}: ${batch.status} (${finished} finished, ${error} failed, ${pending} pending of ${total}${others})`,
  );
  const rows = batch.jobs.map(async (job) => [
    `  job ${job.index}`,
    job.id,
    job.status,
    endOf(job),
    job.status === 'finished' ? await outputOf(engine, job.id) : plain(job.stats?.error ?? ''),
  ]);
  printTable(await Promise.all(rows));
  printRefusals(refused);
}

/** The local time at which a job ended. */
function endOf({ stats }: BatchDetails['jobs'][number]): string {
  const end = stats?.finishedAt ?? stats?.errorAt ?? null;
  return end === null ? '' : localTime(end);
}

/** The path of the file, or what the engine says of one that is gone. */
async function outputOf(engine: BatchEngine, jobId: string): Promise<string> {
  try {
    return plain(await engine.jobs.output(jobId));
  } catch (error) {
    if (error instanceof EngineError && error.code === 'OUTPUT_NOT_FOUND') return plain(error.message);
    throw error;
  }
}
