import { Command } from 'commander';
import {
  type HookInstallation,
  type HookRemoval,
  installHook,
  removeHook,
} from '../../lib/aerender/script-hook/install.ts';
import { findHookPlace } from '../../lib/aerender/script-hook/status.ts';
import { EngineError, type ErrorCode } from '../../lib/errors.ts';
import { globalOptions } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { foundInstallations, type NamedInstallation, namedInstallations } from '../terminal/installations.ts';
import { print, printJson, style } from '../terminal/print.ts';
import { readSettings, type Settings } from '../terminal/settings.ts';

/** What was done with one installation. */
interface Outcome {
  name: string;
  file: string;
  done: HookInstallation | HookRemoval | 'failed';
  /** Our start-up script, whether it is there now or not. */
  script: string | null;
  error?: string;
  errorCode?: ErrorCode;
}

const WORDS: Record<Exclude<Outcome['done'], 'failed'>, string> = {
  installed: 'takes scripts from its next start on',
  updated: 'has the start-up script of this version from its next start on',
  unchanged: 'takes scripts already; nothing was changed',
  unneeded: 'takes scripts already, by a patch of nexrender or of others; nothing was changed',
  removed: 'takes no scripts from its next start on',
  absent: 'has no start-up script of aerender-batch; nothing was changed',
};

export function setupCommand(): Command {
  return new Command('setup')
    .description(
      'Lets After Effects take scripts from aerender, which jobs with assets need. Once, as an administrator.',
    )
    .option('--remove', 'takes the start-up script out again')
    .option('--engine <version>', 'one version only, such as ae2026')
    .addHelpText('after', examples('setup', 'setup --engine ae2026', 'setup --remove'))
    .action(async (own: { remove?: boolean; engine?: string }, command: Command) => {
      const options = globalOptions(command);
      const outcomes: Outcome[] = [];
      for (const installation of chosen(await readSettings(options), own.engine)) {
        outcomes.push(await setUp(installation, own.remove === true ? removeHook : installHook));
      }
      if (options.json === true) printJson(outcomes);
      else outcomes.forEach(printOutcome);
      process.exitCode = outcomes.some(({ done }) => done === 'failed') ? 1 : 0;
    });
}

/** Who names an installation means no other one. */
function chosen(settings: Settings, engine: string | undefined): NamedInstallation[] {
  const named = namedInstallations(settings);
  const all = named.length > 0 ? named : foundInstallations();
  const installations = engine === undefined ? all : all.filter((one) => one.engine === engine);
  if (installations.length > 0) return installations;
  throw new EngineError(
    'AERENDER_NOT_FOUND',
    `${engine ?? 'After Effects'} was not found. Name its aerender with --aerender ${engine ?? 'ae2026'}=<path>.`,
  );
}

async function setUp(
  { name, file }: NamedInstallation,
  change: (file: string) => Promise<HookInstallation | HookRemoval>,
): Promise<Outcome> {
  const script = (await findHookPlace(file))?.hook ?? null;
  try {
    return { name, file, done: await change(file), script };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, file, done: 'failed', script, error: error.message, errorCode: error.code };
  }
}

function printOutcome({ name, done, script, error }: Outcome): void {
  if (done === 'failed') {
    print(`${style('red', '✗')} ${name}: ${error}`);
    return;
  }
  print(`${style('green', '✓')} ${name} ${WORDS[done]}`);
  if (done !== 'unneeded' && done !== 'absent' && script !== null) print(`    ${script}`);
}
