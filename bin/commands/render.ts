import { Command, InvalidArgumentError } from 'commander';
import type { BatchCreation } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import type { BatchInput } from '../../lib/plan/request.ts';
import type { JobWarning } from '../../lib/resources/batches.ts';
import { readBatchFile } from '../terminal/batch-file.ts';
import { type GlobalOptions, globalOptions, withEngine } from '../terminal/engine.ts';
import { escapesAllowed } from '../terminal/escapes.ts';
import { onInterrupt } from '../terminal/interrupt.ts';
import { plain, print, printJson, style } from '../terminal/print.ts';
import { ProgressBars } from '../terminal/progress-bars.ts';
import { printWarnings } from '../terminal/warnings.ts';

interface RenderOptions extends GlobalOptions {
  workers?: number;
}

export function renderCommand(): Command {
  return new Command('render')
    .description('Renders a batch file, and says where each file lies.')
    .argument('<batch.json>', 'a batch as the API takes it; template.src is relative to this file')
    .option('--workers <n>', 'renders at the same time', wholeNumber)
    .addHelpText(
      'after',
      '\nCtrl-C finishes what renders and stops; pressed twice, it ends it. Exit: 0 all finished, 1 any failed, 2 wrong call.',
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = { ...globalOptions(command), ...command.opts<RenderOptions>() };
      const body = (await readBatchFile(file)) as BatchInput;
      process.exitCode = await withEngine(options, { paused: false, workers: options.workers }, (engine) =>
        render(engine, body, options),
      );
    });
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

async function render(engine: BatchEngine, body: BatchInput, options: RenderOptions): Promise<number> {
  const warnings: JobWarning[] = [];
  const created = await engine.batches.create(body, { onWarning: (warning) => void warnings.push(warning) });
  if (options.json !== true) announce(created, warnings);
  const interrupted = created.successCount > 0 && (await follow(engine, created, options));
  if (interrupted) {
    if (options.json !== true)
      print(
        `Stopped. What is left renders when the engine is opened again; see: aerender-batch status ${created.batchId}`,
      );
    return 1;
  }
  return await conclude(engine, created, options);
}

function announce(created: BatchCreation, warnings: readonly JobWarning[]): void {
  const refused = created.errors?.length ?? 0;
  print(
    `Batch ${created.batchId}: ${created.successCount} of ${created.totalJobs} jobs accepted${refused > 0 ? ` (${created.status})` : ''}`,
  );
  for (const { index, error, errorCode } of created.errors ?? [])
    print(`  ${style('red', '✗')} job ${index}: ${plain(error)} [${errorCode}]`);
  printWarnings(created, warnings);
}

/** Shows the batch until it has ended; true where the person stopped it before. */
async function follow(engine: BatchEngine, created: BatchCreation, options: RenderOptions): Promise<boolean> {
  const names = namesOf(created);
  const nameOf = (jobId: string) => names.get(jobId) ?? 'nested';
  const bars =
    options.json !== true && escapesAllowed(process.stdout)
      ? new ProgressBars(engine, created.batchId, created.successCount, nameOf)
      : null;
  const say = (line: string) => {
    if (options.json === true) return;
    if (bars === null) print(line);
    else bars.log(line);
  };
  engine.on(
    'job:finished',
    (event) =>
      event.batchId === created.batchId && say(`  ${style('green', '✓')} ${nameOf(event.jobId)}: ${event.outputPath}`),
  );
  engine.on(
    'job:error',
    (event) =>
      event.batchId === created.batchId &&
      say(`  ${style('red', '✗')} ${nameOf(event.jobId)}: ${event.error} [${event.code}]`),
  );
  engine.on('engine:error', ({ error }) => say(`  ${style('yellow', '!')} ${error.message}`));
  const stop = new AbortController();
  const release = onInterrupt({
    first: () => {
      say('Finishing what renders; press Ctrl-C again to end it at once.');
      void engine
        .pause()
        .then(() => engine.close({ running: 'finish' }))
        .finally(() => stop.abort());
    },
    second: () => void engine.close({ running: 'kill' }).finally(() => stop.abort()),
  });
  try {
    await engine.batches.wait(created.batchId, { signal: stop.signal });
    return false;
  } catch (error) {
    if (stop.signal.aborted) return true;
    throw error;
  } finally {
    release();
    bars?.stop();
  }
}

function namesOf(created: BatchCreation): Map<string, string> {
  const names = new Map<string, string>();
  for (const job of created.jobs) {
    names.set(job.id, `job ${job.index}`);
    for (const child of job.children ?? []) names.set(child.id, `job ${job.index} child`);
  }
  return names;
}

async function conclude(engine: BatchEngine, created: BatchCreation, options: RenderOptions): Promise<number> {
  const batch = created.successCount > 0 ? await engine.batches.get(created.batchId) : null;
  const failed = (created.errors?.length ?? 0) + (batch?.stats.error ?? 0);
  if (options.json === true) {
    printJson({ created, batch });
  } else {
    print(`${batch?.stats.finished ?? 0} finished, ${failed} failed.`);
  }
  return failed > 0 ? 1 : 0;
}
