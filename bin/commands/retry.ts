import { Command, Option } from 'commander';
import type { BatchRetry } from '../../lib/contract/answers.ts';
import type { RetryOptions } from '../../lib/contract/call-options.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError, NotFoundError } from '../../lib/errors.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printEvents } from '../terminal/event-lines.ts';
import { examples } from '../terminal/help.ts';
import { eventsOption, outputForm } from '../terminal/output-form.ts';
import { renderUnfinished } from '../terminal/render-unfinished.ts';
import { type ReportFlags, requireReports, withReportFlags } from '../terminal/reports.ts';

interface RetryFlags extends ReportFlags {
  failed?: boolean;
  cancelled?: boolean;
  events?: boolean;
}

export function retryCommand(): Command {
  return withReportFlags(new Command('retry'))
    .description('Renders failed and cancelled jobs again, under their ids and in their batch.')
    .argument('[batchId]', 'the last batch if left out; the id of a job means that job')
    .argument('[job...]', 'only these jobs of the batch, by id or by number')
    .addOption(new Option('--failed', 'only those that failed').conflicts('cancelled'))
    .option('--cancelled', 'only those that were cancelled')
    .addOption(eventsOption())
    .addHelpText(
      'after',
      examples('retry', 'retry --failed', 'retry 01JD0M5A7Z8QKXW3T9V2B4C6ED', 'retry 01JD0M5A7Z8QKXW3T9V2B4C6ED 3 17'),
    )
    .action(async (id: string | undefined, jobs: string[], flags: RetryFlags, command: Command) => {
      const options = globalOptions(command);
      const form = outputForm({ ...options, ...flags });
      requireReports(flags);
      process.exitCode = await withEngine(options, 'look', async (engine, settings) => {
        if (form === 'events') printEvents(engine);
        const { batchId, retriedCount } = await retry(engine, id, jobs, flags);
        const nothing = 'No job failed or was cancelled there; nothing to render again.';
        const wishes = { form, settings, reports: flags, nothing, rest: retriedCount > 0 };
        return await renderUnfinished(engine, [batchId], wishes);
      });
    });
}

/** Opens the jobs again, if there are any. */
async function retry(
  engine: BatchEngine,
  id: string | undefined,
  jobs: readonly string[],
  { failed, cancelled }: RetryFlags,
): Promise<BatchRetry> {
  const target = id === undefined ? await lastBatch(engine) : await batchOrJob(engine, id);
  const ids = target.job === null ? await jobIds(engine, target.batchId, jobs) : [target.job];
  const options: RetryOptions = {
    ...(failed === true ? { states: ['error'] } : cancelled === true ? { states: ['manually_cancelled'] } : {}),
    ...(ids.length > 0 ? { jobs: ids } : {}),
  };
  return await engine.batches.retry(target.batchId, options);
}

interface Target {
  batchId: string;
  /** Only this one of the batch. */
  job: string | null;
}

async function lastBatch(engine: BatchEngine): Promise<Target> {
  const [last] = await engine.batches.list({ limit: 1 });
  if (last !== undefined) return { batchId: last.batchId, job: null };
  throw new NotFoundError('BATCH_NOT_FOUND', 'No batch was rendered here yet.');
}

async function batchOrJob(engine: BatchEngine, id: string): Promise<Target> {
  try {
    return { batchId: (await engine.batches.get(id)).batchId, job: null };
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'BATCH_NOT_FOUND')) throw error;
    const batchId = await engine.jobs.get(id).then(
      (job) => job.local?.batchId ?? null,
      () => null,
    );
    if (batchId === null) throw error;
    return { batchId, job: id };
  }
}

/** Numbers of jobs, as every other command shows them, become ids. */
async function jobIds(engine: BatchEngine, batchId: string, jobs: readonly string[]): Promise<string[]> {
  if (!jobs.some(isNumber)) return [...jobs];
  const batch = await engine.batches.get(batchId);
  return jobs.map((job) => {
    if (!isNumber(job)) return job;
    const found = batch.jobs.find(({ index }) => index === Number(job));
    if (found !== undefined) return found.id;
    const refused = batch.local.refused.find(({ index }) => index === Number(job));
    if (refused !== undefined) {
      throw new NotFoundError(
        'JOB_NOT_FOUND',
        `Job ${job} was refused when batch ${batchId} was created, so there is nothing to retry: ${refused.error} Mend it in the batch file, and render that again.`,
      );
    }
    throw new NotFoundError(
      'JOB_NOT_FOUND',
      `Batch ${batchId} has no job ${job}. Look at it with: aerender-batch status`,
    );
  });
}

function isNumber(job: string): boolean {
  return /^\d{1,4}$/.test(job);
}
