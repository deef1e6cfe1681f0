import { Command } from 'commander';
import type { BatchCreation, BatchListItem } from '../../lib/contract/answers.ts';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { type BatchFile, readBatchFile } from '../terminal/batch-file.ts';
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
import { print } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';
import { askToRender, printUnfinished, unfinishedBatches, unfinishedJobs } from '../terminal/unfinished.ts';
import { printWarnings } from '../terminal/warnings.ts';

interface RenderOptions {
  form: OutputForm;
  /** Whether jobs of earlier batches are rendered as well; undefined: a person is asked. */
  withPending: boolean | undefined;
}

export function renderCommand(): Command {
  return new Command('render')
    .description('Renders a batch file, and says where each file lies.')
    .argument('<batch.json>', 'a batch as the API takes it; - reads standard input')
    .addOption(eventsOption())
    .option('--with-pending', 'render the unfinished jobs of earlier batches as well, and first')
    .option('--no-with-pending', 'leave them, and do not ask')
    .addHelpText(
      'after',
      `
Relative paths start from the folder of the batch file; files of assets are looked for beside their template first.
Ctrl-C finishes what renders and stops; pressed twice, it ends it. aerender-batch resume goes on with the rest.
Exit: 0 all finished, 1 any failed, 2 wrong call, 130 stopped by Ctrl-C.
${examples('render batch.json', 'render batch.json --workers 2 --out films', 'render - --json < batch.json')}`,
    )
    .action(async (file: string, own: { events?: boolean; withPending?: boolean }, command: Command) => {
      const options = globalOptions(command);
      const form = outputForm({ ...options, ...own });
      const batch = await readBatchFile(file);
      process.exitCode = await withEngine(options, 'keep', (engine) =>
        render(engine, batch, { form, withPending: own.withPending }),
      );
    });
}

async function render(engine: BatchEngine, batch: BatchFile, { form, withPending }: RenderOptions): Promise<number> {
  if (form === 'events') printEvents(engine);
  const earlier = await unfinishedBatches(engine);
  const warnings: JobWarning[] = [];
  const onWarning = (warning: JobWarning) => void warnings.push(warning);
  const created = batch.explain(await engine.batches.create(batch.body, { onWarning }));
  if (form === 'text') announce(created, warnings);
  const refused = created.errors?.length ?? 0;
  const accepted = created.successCount > 0 ? [created] : [];
  const wish = withPending === undefined ? await wishFor(earlier, form) : withPending ? 'yes' : 'no';
  const pending = await Promise.all(
    (wish === 'yes' ? earlier : []).map(({ batchId }) => unfinishedJobs(engine, batchId)),
  );
  const batches = [...pending, ...accepted];
  const followed =
    wish === 'stop'
      ? { ...NOTHING, left: created.successCount, stopCode: 130 }
      : batches.length === 0
        ? NOTHING
        : await followBatches(engine, batches, { silent: form !== 'text' });
  const exitCode = exitCodeOf(followed, refused);
  if (form === 'text') {
    printCounts(followed, { refused, ...(pending.length > 0 ? {} : { batchId: created.batchId }) });
    return exitCode;
  }
  const details = await detailsOf(
    engine,
    accepted.map(({ batchId }) => batchId),
    followed,
  );
  const stopped = followed.stopCode === null ? {} : { stopped: followed };
  printSummary(form, { created, batch: details[0] ?? null, warnings, ...stopped }, exitCode);
  return exitCode;
}

/** Lists unfinished jobs of earlier batches and asks. Without a terminal they are left as they are. */
async function wishFor(earlier: readonly BatchListItem[], form: OutputForm): Promise<'yes' | 'no' | 'stop'> {
  if (earlier.length === 0 || form !== 'text') return 'no';
  printUnfinished(earlier);
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) return await askToRender();
  print('They are left as they are. Render them with: aerender-batch resume');
  return 'no';
}

function announce(created: BatchCreation, warnings: readonly JobWarning[]): void {
  const status = created.errors === undefined ? '' : ` (${created.status})`;
  print(`Batch ${created.batchId}: ${created.successCount} of ${created.totalJobs} jobs accepted${status}`);
  printRefusals(created);
  printWarnings(warnings);
}
