import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { BatchInput } from '../../lib/plan/request.ts';
import type { JobWarning } from '../../lib/resources/batches.ts';
import { readBatchFile } from '../terminal/batch-file.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { plain, print, printJson, style } from '../terminal/print.ts';
import { printWarnings } from '../terminal/warnings.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('Says what is wrong with a batch file, and stores and renders nothing.')
    .argument('<batch.json>')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      const body = (await readBatchFile(file)) as BatchInput;
      const warnings: JobWarning[] = [];
      const onWarning = (warning: JobWarning) => void warnings.push(warning);
      // Nothing is to be left behind in a folder where nothing was rendered yet.
      const place = existsSync(options.db) ? {} : { database: ':memory:' };
      const answer = await withEngine(options, place, (engine) =>
        engine.batches.create(body, { dryRun: true, onWarning }),
      );
      if (options.json === true) printJson({ ...answer, warnings });
      else {
        for (const { index, error, errorCode } of answer.errors ?? []) {
          print(`${style('red', '✗')} job ${index}: ${plain(error)} [${errorCode}]`);
        }
        printWarnings(answer, warnings);
        print(`${answer.successCount} of ${answer.totalJobs} jobs would be accepted.`);
      }
      process.exitCode = answer.status === 'created' ? 0 : 1;
    });
}
