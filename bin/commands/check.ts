import { Command } from 'commander';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import { readBatchFile } from '../terminal/batch-file.ts';
import { checkSheet } from '../terminal/check-sheet.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';
import { isSheet, type SheetFlags, withSheetFlags } from '../terminal/sheet-file.ts';
import { printWarnings } from '../terminal/warnings.ts';

export function checkCommand(): Command {
  return withSheetFlags(new Command('check'))
    .description('Says what is wrong with a batch file or a sheet of rows, and stores and renders nothing.')
    .argument('<file>', 'a batch as the API takes it (- reads standard input), or a sheet: .csv, .tsv, .jsonl')
    .addHelpText(
      'after',
      examples(
        'check batch.json',
        'check batch.json --json',
        'check - < batch.json',
        'check names.csv --template promo.aep --composition main',
      ),
    )
    .action(async (file: string, own: SheetFlags, command: Command) => {
      const options = globalOptions(command);
      if (isSheet(file, { ...own })) {
        process.exitCode = await checkSheet(file, own, options);
        return;
      }
      const batch = await readBatchFile(file);
      const warnings: JobWarning[] = [];
      const onWarning = (warning: JobWarning) => void warnings.push(warning);
      const answer = await withEngine(options, 'try', async (engine) =>
        batch.explain(await engine.batches.create(batch.body, { dryRun: true, onWarning })),
      );
      if (options.json === true) printJson({ ...answer, warnings });
      else {
        printRefusals(answer.errors);
        printWarnings(warnings);
        print(`${answer.successCount} of ${answer.totalJobs} jobs would be accepted.`);
      }
      process.exitCode = answer.status === 'created' ? 0 : 1;
    });
}
