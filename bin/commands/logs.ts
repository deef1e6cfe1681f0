import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printJson } from '../terminal/print.ts';

export function logsCommand(): Command {
  return new Command('logs')
    .description("Prints the render log of a job's last attempt.")
    .argument('<jobId>')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      const log = await withEngine(options, {}, (engine) => engine.jobs.logs(id));
      if (options.json === true) printJson({ id, log });
      else process.stdout.write(log);
    });
}
