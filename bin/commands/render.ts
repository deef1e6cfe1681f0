import { Command } from 'commander';
import type { BatchCreation } from '../../lib/contract/answers.ts';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { type BatchFile, readBatchFile } from '../terminal/batch-file.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printEvents } from '../terminal/event-lines.ts';
import { followWithEarlier, type RenderChoices } from '../terminal/follow-with-earlier.ts';
import { examples } from '../terminal/help.ts';
import type { Outcomes } from '../terminal/outcomes.ts';
import { detailsOf, eventsOption, exitCodeOf, outputForm, printCounts, printSummary } from '../terminal/output-form.ts';
import { print } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';
import { type RenderSheetFlags, renderSheet } from '../terminal/render-sheet.ts';
import { requireReports, withReportFlags, withReports } from '../terminal/reports.ts';
import { isSheet, withSheetFlags } from '../terminal/sheet-file.ts';
import { unfinishedBatches } from '../terminal/unfinished.ts';
import { printWarnings } from '../terminal/warnings.ts';

export function renderCommand(): Command {
  return withReportFlags(withSheetFlags(new Command('render')))
    .description('Renders a batch file or a sheet of rows, and says where each file lies.')
    .argument('<file>', 'a batch as the API takes it (- reads standard input), or a sheet: .csv, .tsv, .jsonl')
    .addOption(eventsOption())
    .option('--resume', 'of a sheet: render only rows that are new, have changed, failed or were not reached')
    .option('--explain', 'with --resume: say of each row whether it is rendered, and why')
    .option('--with-pending', 'render the unfinished jobs of earlier batches as well, and first')
    .option('--no-with-pending', 'leave them, and do not ask')
    .addHelpText(
      'after',
      `
Relative paths start from the folder of the batch file; files of assets are looked for beside their template first.
Ctrl-C finishes what renders and stops; pressed twice, it ends it. aerender-batch resume goes on with the rest.
Exit: 0 all finished, 1 any failed, 2 wrong call, 130 stopped by Ctrl-C.
${examples(
  'render batch.json',
  'render batch.json --workers 2 --out films',
  'render - --json < batch.json',
  'render names.csv --template promo.aep --composition main',
  "render names.csv --template promo.aep --composition main --name '{row}-{name}'",
  'render names.csv --resume --explain --results results.csv --template promo.aep --composition main',
)}`,
    )
    .action(
      async (file: string, own: RenderSheetFlags & { events?: boolean; withPending?: boolean }, command: Command) => {
        const options = globalOptions(command);
        const form = outputForm({ ...options, ...own });
        if (isSheet(file, { ...own })) {
          process.exitCode = await renderSheet(file, own, options, { form, withPending: own.withPending });
          return;
        }
        const batch = await readBatchFile(file);
        requireReports(own, [file]);
        process.exitCode = await withEngine(options, 'keep', (engine, settings) =>
          withReports(own, { title: batch.title, settings }, (outcomes) =>
            render(engine, batch, outcomes, { form, withPending: own.withPending }),
          ),
        );
      },
    );
}

async function render(
  engine: BatchEngine,
  batch: BatchFile,
  outcomes: Outcomes,
  choices: RenderChoices,
): Promise<number> {
  const { form } = choices;
  if (form === 'events') printEvents(engine);
  const earlier = await unfinishedBatches(engine);
  const warnings: JobWarning[] = [];
  const onWarning = (warning: JobWarning) => void warnings.push(warning);
  const created = batch.explain(await engine.batches.create(batch.body, { onWarning }));
  if (form === 'text') announce(created, warnings);
  outcomes.refusedJobs(created.batchId, created.errors);
  for (const { index, id } of created.jobs) outcomes.expect({ batchId: created.batchId, index, jobId: id });
  outcomes.follow(engine);
  const refused = created.errors?.length ?? 0;
  const accepted = created.successCount > 0 ? [created] : [];
  const { followed, hasEarlier } = await followWithEarlier(engine, accepted, earlier, choices);
  const exitCode = exitCodeOf(followed, refused);
  if (form === 'text') {
    printCounts(followed, { refused, ...(hasEarlier ? {} : { batchId: created.batchId }) });
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

function announce(created: BatchCreation, warnings: readonly JobWarning[]): void {
  const status = created.errors === undefined ? '' : ` (${created.status})`;
  print(`Batch ${created.batchId}: ${created.successCount} of ${created.totalJobs} jobs accepted${status}`);
  printRefusals(created.errors);
  printWarnings(warnings);
}
