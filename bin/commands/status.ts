import { Command } from 'commander';
import type { BatchDetails } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { localTime, plain, print, printJson, printTable } from '../terminal/print.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('Shows a batch and its jobs, each with its file or why it failed.')
    .argument('<batchId>')
    .addHelpText('after', examples('status 01JD0M5A7Z8QKXW3T9V2B4C6ED', 'status 01JD0M5A7Z8QKXW3T9V2B4C6ED --json'))
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      await withEngine(options, 'look', async (engine) => {
        const batch = await engine.batches.get(id);
        if (options.json === true) printJson(batch);
        else await show(engine, batch);
      });
    });
}

async function show(engine: BatchEngine, batch: BatchDetails): Promise<void> {
  const { total, finished, error, pending } = batch.stats;
  print(
    `Batch ${batch.batchId}: ${batch.status} (${finished} finished, ${error} failed, ${pending} pending of ${total})`,
  );
  const rows = batch.jobs.map(async (job) => [
    `  job ${job.index}`,
    job.id,
    job.status,
    endOf(job),
    job.status === 'finished' ? await outputOf(engine, job.id) : plain(job.stats?.error ?? ''),
  ]);
  printTable(await Promise.all(rows));
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
