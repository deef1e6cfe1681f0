import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { print, printJson, printTable } from '../terminal/print.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('Shows a batch and its jobs.')
    .argument('<batchId>')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      const batch = await withEngine(options, {}, (engine) => engine.batches.get(id));
      if (options.json === true) return printJson(batch);
      const { total, finished, error, pending } = batch.stats;
      print(
        `Batch ${batch.batchId}: ${batch.status} (${finished} finished, ${error} failed, ${pending} pending of ${total})`,
      );
      printTable(
        batch.jobs.map((job) => [`  job ${job.index}`, job.id, job.status, job.outputUrl ?? job.stats?.error ?? '']),
      );
    });
}
