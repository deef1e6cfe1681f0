import { Command, Option } from 'commander';
import type { BatchCreation } from '../../lib/contract/answers.ts';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { type BatchFile, readBatchFile } from '../terminal/batch-file.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printEvents, printLine } from '../terminal/event-lines.ts';
import { type FollowedBatch, followBatch } from '../terminal/follow-batch.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';
import { printWarnings } from '../terminal/warnings.ts';

/** What a program reads on standard output: lines for a person, one JSON object at the end, or one for each event. */
type Output = 'text' | 'json' | 'events';

export function renderCommand(): Command {
  return new Command('render')
    .description('Renders a batch file, and says where each file lies.')
    .argument('<batch.json>', 'a batch as the API takes it; - reads standard input')
    .addOption(
      new Option('--events', 'print one JSON object a line as things happen, ending with the summary').conflicts(
        'json',
      ),
    )
    .addHelpText(
      'after',
      `
Relative paths start from the folder of the batch file; files of assets are looked for beside their template first.
Ctrl-C finishes what renders and stops; pressed twice, it ends it.
Exit: 0 all finished, 1 any failed, 2 wrong call, 130 stopped by Ctrl-C.
${examples('render batch.json', 'render batch.json --workers 2 --out films', 'render - --json < batch.json')}`,
    )
    .action(async (file: string, own: { events?: boolean }, command: Command) => {
      const options = globalOptions(command);
      const output = own.events === true ? 'events' : options.json === true ? 'json' : 'text';
      const batch = await readBatchFile(file);
      process.exitCode = await withEngine(options, 'keep', (engine) => render(engine, batch, output));
    });
}

async function render(engine: BatchEngine, batch: BatchFile, output: Output): Promise<number> {
  if (output === 'events') printEvents(engine);
  const warnings: JobWarning[] = [];
  const onWarning = (warning: JobWarning) => void warnings.push(warning);
  const created = batch.explain(await engine.batches.create(batch.body, { onWarning }));
  if (output === 'text') announce(created, warnings);
  const followed =
    created.successCount > 0 ? await followBatch(engine, created, { silent: output !== 'text' }) : NOTHING_RENDERED;
  const { stopCode, failed, cancelled } = followed;
  const exitCode = stopCode ?? (refusedIn(created) + failed + cancelled > 0 ? 1 : 0);
  if (output === 'text') conclude(created, followed);
  else {
    // A program that was stopped has closed its engine: what it knows is in the counts.
    const batchNow = created.successCount === 0 || stopCode !== null ? null : await engine.batches.get(created.batchId);
    const summary = { created, batch: batchNow, warnings, ...(stopCode === null ? {} : { stopped: followed }) };
    if (output === 'events') printLine('summary', { ...summary, exitCode });
    else printJson(summary);
  }
  return exitCode;
}

const NOTHING_RENDERED: FollowedBatch = { finished: 0, failed: 0, cancelled: 0, left: 0, stopCode: null };

function refusedIn({ errors = [] }: BatchCreation): number {
  return errors.length;
}

function announce(created: BatchCreation, warnings: readonly JobWarning[]): void {
  const status = refusedIn(created) > 0 ? ` (${created.status})` : '';
  print(`Batch ${created.batchId}: ${created.successCount} of ${created.totalJobs} jobs accepted${status}`);
  printRefusals(created);
  printWarnings(warnings);
}

function conclude(created: BatchCreation, { finished, failed, cancelled, left, stopCode }: FollowedBatch): void {
  const counts = [`${finished} finished`, `${failed + refusedIn(created)} failed`];
  if (cancelled > 0) counts.push(`${cancelled} cancelled`);
  if (left > 0) counts.push(`${left} left`);
  print(`${stopCode === null ? '' : 'Stopped: '}${counts.join(', ')}.`);
  if (left > 0)
    print(`What is left renders when the engine is opened again; see: aerender-batch status ${created.batchId}`);
}
