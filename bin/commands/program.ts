import { Command } from 'commander';
import { examples } from '../terminal/help.ts';
import { collect } from '../terminal/repeated-flags.ts';
import { version } from '../terminal/version.ts';
import { cancelCommand } from './cancel.ts';
import { checkCommand } from './check.ts';
import { doctorCommand } from './doctor.ts';
import { fontsCommand } from './fonts.ts';
import { initCommand } from './init.ts';
import { listCommand } from './list.ts';
import { logsCommand } from './logs.ts';
import { pruneCommand } from './prune.ts';
import { renderCommand } from './render.ts';
import { resumeCommand } from './resume.ts';
import { retryCommand } from './retry.ts';
import { setupCommand } from './setup.ts';
import { statusCommand } from './status.ts';
import { templatesCommand } from './templates.ts';

/** The command line: each command is a file of this folder. */
export function createProgram(): Command {
  const program = new Command('aerender-batch')
    .description('Renders batches of After Effects jobs on this machine.')
    .version(version)
    .option('--db <file>', 'the database (default: renders/aerender-batch.db, here or in the nearest folder above)')
    .option('--out <folder>', 'where outputs are published (default: the folder renders of the database)')
    .option('--config <file>', 'the config file (default: the nearest aerender-batch.config.ts, .js or .json)')
    .option('--workers <n>', 'renders at the same time')
    .option('--retries <n>', 'further attempts after a crash or a hang')
    .option('--fonts <folder>', 'a folder with fonts; can be repeated', collect)
    .option('--aerender <version=path>', 'the aerender of a version; can be repeated', collect)
    .option('--renderer <which>', 'what renders After Effects projects: auto, after-effects or bundled')
    .option('--allow-unsupported', 'renders also what the bundled renderer visibly draws otherwise than After Effects')
    .option('--ffmpeg <program>', 'an FFmpeg that the bundled renderer works with in the place of node-av')
    .option('--supersample <n>', 'the bundled renderer draws 1, 2 or 4 times larger and averages down: finer edges')
    .option('--allow-scripts', 'lets jobs run scripts of their own, which can do all that After Effects can do')
    .option('--json', 'answer in JSON, as the API does')
    .showHelpAfterError('(aerender-batch --help lists the commands)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', examples('render batch.json', 'check batch.json', 'init promo.aep', 'doctor'));

  for (const command of [
    renderCommand(),
    resumeCommand(),
    retryCommand(),
    checkCommand(),
    initCommand(),
    statusCommand(),
    listCommand(),
    cancelCommand(),
    logsCommand(),
    pruneCommand(),
    templatesCommand(),
    fontsCommand(),
    doctorCommand(),
    setupCommand(),
  ]) {
    inherit(command, program);
    program.addCommand(command);
  }
  return program;
}

/** Commander hands its settings only to commands that are made after them: without, a wrong call would exit with 1. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const below of command.commands) inherit(below, command);
}
