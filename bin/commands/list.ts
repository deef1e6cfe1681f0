import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { localTime, print, printJson, printTable } from '../terminal/print.ts';

export function listCommand(): Command {
  return new Command('list')
    .description('Lists the batches, the newest first.')
    .addHelpText('after', examples('list', 'list --json'))
    .action(async (_: unknown, command: Command) => {
      const options = globalOptions(command);
      const batches = await withEngine(options, 'look', (engine) => engine.batches.list());
      if (options.json === true) return printJson(batches);
      if (batches.length === 0) return print('No batches yet. Render one with: aerender-batch render <batch.json>');
      printTable(
        batches.map(({ batchId, createdAt, status, stats }) => [
          batchId,
          localTime(createdAt),
          status,
          `${stats.finished}/${stats.total} finished, ${stats.error} failed`,
        ]),
      );
    });
}
