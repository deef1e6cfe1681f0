import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson, printTable } from '../terminal/print.ts';

export function cancelCommand(): Command {
  return new Command('cancel')
    .description('Cancels the waiting jobs of a batch.')
    .argument('<batchId>')
    .option('--kill', 'end the jobs that render as well')
    .addHelpText('after', examples('cancel 01JD0M5A7Z8QKXW3T9V2B4C6ED', 'cancel 01JD0M5A7Z8QKXW3T9V2B4C6ED --kill'))
    .action(async (id: string, own: { kill?: boolean }, command: Command) => {
      const options = globalOptions(command);
      const running = own.kill === true ? 'kill' : 'skip';
      const answer = await withEngine(options, 'look', (engine) => engine.batches.cancel(id, { running }));
      if (options.json === true) return printJson(answer);
      print(
        `Batch ${answer.batchId}: ${answer.status} (${answer.cancelledCount} cancelled, ${answer.skippedCount} skipped)`,
      );
      printTable(answer.jobs.map((job) => [`  job ${job.index}`, job.id, job.result, job.reason ?? '']));
    });
}
