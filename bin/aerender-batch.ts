#!/usr/bin/env node
/** The command line of aerender-batch: each command is a file in `commands/`. */
import '../lib/node-version.ts';
import { Command, CommanderError } from 'commander';
import { cancelCommand } from './commands/cancel.ts';
import { checkCommand } from './commands/check.ts';
import { doctorCommand } from './commands/doctor.ts';
import { fontsCommand } from './commands/fonts.ts';
import { initCommand } from './commands/init.ts';
import { listCommand } from './commands/list.ts';
import { logsCommand } from './commands/logs.ts';
import { renderCommand } from './commands/render.ts';
import { setupCommand } from './commands/setup.ts';
import { statusCommand } from './commands/status.ts';
import { templatesCommand } from './commands/templates.ts';
import { watchOutput } from './terminal/closed-output.ts';
import { reportFailure } from './terminal/failure.ts';
import { version } from './terminal/version.ts';

watchOutput();

const program = new Command('aerender-batch')
  .description('Renders batches of After Effects jobs on this machine.')
  .version(version)
  .option('--db <file>', 'the database of the engine', 'renders/aerender-batch.db')
  .option('--out <folder>', 'where outputs are published', 'renders')
  .option('--aerender <version=path...>', 'the aerender of a version, such as ae2026=/path/to/aerender')
  .option('--allow-scripts', 'lets jobs run scripts of their own, which can do all that After Effects can do')
  .option('--json', 'answer in JSON, as the API does')
  .showHelpAfterError('(aerender-batch --help lists the commands)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

for (const command of [
  renderCommand(),
  checkCommand(),
  initCommand(),
  statusCommand(),
  listCommand(),
  cancelCommand(),
  logsCommand(),
  templatesCommand(),
  fontsCommand(),
  doctorCommand(),
  setupCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong with the call; help and version end here too, with 0.
  process.exitCode =
    error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(error, program.opts());
}
