import { Command } from 'commander';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import { readBatchFile } from '../terminal/batch-file.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson } from '../terminal/print.ts';
import { printRefusals } from '../terminal/refusals.ts';
import { printWarnings } from '../terminal/warnings.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('Says what is wrong with a batch file, and stores and renders nothing.')
    .argument('<batch.json>', 'a batch as the API takes it; - reads standard input')
    .addHelpText('after', examples('check batch.json', 'check batch.json --json', 'check - < batch.json'))
    .action(async (file: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      const batch = await readBatchFile(file);
      const warnings: JobWarning[] = [];
      const onWarning = (warning: JobWarning) => void warnings.push(warning);
      const answer = await withEngine(options, 'try', async (engine) =>
        batch.explain(await engine.batches.create(batch.body, { dryRun: true, onWarning })),
      );
      if (options.json === true) printJson({ ...answer, warnings });
      else {
        printRefusals(answer);
        printWarnings(warnings);
        print(`${answer.successCount} of ${answer.totalJobs} jobs would be accepted.`);
      }
      process.exitCode = answer.status === 'created' ? 0 : 1;
    });
}
