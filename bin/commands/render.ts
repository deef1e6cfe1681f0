import { Command, InvalidArgumentError } from 'commander';
import type { BatchCreation } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import type { BatchInput } from '../../lib/plan/request.ts';
import type { JobWarning } from '../../lib/resources/batches.ts';
import { readBatchFile } from '../terminal/batch-file.ts';
import { type GlobalOptions, globalOptions, withEngine } from '../terminal/engine.ts';
import { type FollowedBatch, followBatch } from '../terminal/follow-batch.ts';
import { plain, print, printJson, style } from '../terminal/print.ts';
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
      '\nCtrl-C finishes what renders and stops; pressed twice, it ends it. Exit: 0 all finished, 1 any failed, 2 wrong call, 130 stopped by Ctrl-C.',
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = { ...globalOptions(command), ...command.opts<RenderOptions>() };
      const body = (await readBatchFile(file)) as BatchInput;
      process.exitCode = await withEngine(options, { workers: options.workers }, (engine) =>
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
  const silent = options.json === true;
  if (!silent) announce(created, warnings);
  const followed = created.successCount > 0 ? await followBatch(engine, created, { silent }) : null;
  const refused = created.errors?.length ?? 0;
  const stopCode = followed?.stopCode ?? null;
  if (silent) {
    // A program that was stopped has closed its engine; what is answered then is what is known without it.
    const batch = followed === null || stopCode !== null ? null : await engine.batches.get(created.batchId);
    printJson({ created, batch, warnings, ...(stopCode === null ? {} : { stopped: followed }) });
  } else conclude(created, followed);
  return stopCode ?? (refused + (followed?.failed ?? 0) + (followed?.cancelled ?? 0) > 0 ? 1 : 0);
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

function conclude(created: BatchCreation, followed: FollowedBatch | null): void {
  const refused = created.errors?.length ?? 0;
  const { finished, failed, cancelled, left } = followed ?? { finished: 0, failed: 0, cancelled: 0, left: 0 };
  const counts = [`${finished} finished`, `${failed + refused} failed`];
  if (cancelled > 0) counts.push(`${cancelled} cancelled`);
  if (left > 0) counts.push(`${left} left`);
  print(`${followed?.stopCode == null ? '' : 'Stopped: '}${counts.join(', ')}.`);
  if (left > 0)
    print(`What is left renders when the engine is opened again; see: aerender-batch status ${created.batchId}`);
}
