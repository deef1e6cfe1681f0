import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { printJson } from '../terminal/print.ts';

export function logsCommand(): Command {
  return new Command('logs')
    .description("Prints the render log of a job's last attempt.")
    .argument('<jobId>')
    .addHelpText('after', examples('logs 01JD0M5A7Z8QKXW3T9V2B4C6ED'))
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      const log = await withEngine(options, 'look', (engine) => engine.jobs.logs(id));
      if (options.json === true) printJson({ id, log });
      else process.stdout.write(log);
    });
}
