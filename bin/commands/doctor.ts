import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { BundledEncoder } from '../../lib/aerender/bundled-encoder.ts';
import { bundledRenderer } from '../../lib/aerender/renderers.ts';
import { type HookStatus, hookStatus } from '../../lib/aerender/script-hook/status.ts';
import type { EngineConfig } from '../../lib/config.ts';
import { EngineError } from '../../lib/errors.ts';
import { readFfmpeg } from '../../lib/media/ffmpeg/program.ts';
import { findNodeProgram } from '../../lib/processes/node-program.ts';
import { codecsOf, encoderInfo, encoderWords, programWords } from '../terminal/encoder-info.ts';
import { configOf, globalOptions } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { foundInstallations, type NamedInstallation, namedInstallations } from '../terminal/installations.ts';
import { print, printJson, style } from '../terminal/print.ts';
import { readSettings, type Settings } from '../terminal/settings.ts';

/** One thing that was looked at. */
interface Finding {
  name: string;
  ok: boolean;
  found: string;
  /** Whether an After Effects takes scripts from aerender, which jobs with assets need, and by what. */
  scripts?: HookStatus;
  /** What to do, where something is missing. */
  advice?: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Says what is installed, what is missing, and what to do.')
    .addHelpText(
      'after',
      examples('doctor', 'doctor --aerender "ae2026=/Applications/Adobe After Effects 2026/aerender"'),
    )
    .action(async (_: unknown, command: Command) => {
      const options = globalOptions(command);
      const settings = await readSettings(options);
      const { bundled } = configOf(settings);
      const renderer = await lottieRenderer(bundled);
      const media = await encoder(bundled);
      const installations = await afterEffects(settings);
      const findings = [node(), renderer, media, ...installations];
      if (options.json === true) printJson(findings);
      else for (const finding of findings) printFinding(finding);
      // Either renderer is enough to work with.
      process.exitCode = (renderer.ok && media.ok) || installations.some(({ ok }) => ok) ? 0 : 1;
    });
}

function node(): Finding {
  return { name: 'Node.js', ok: true, found: process.versions.node };
}

async function lottieRenderer({ nodePath }: EngineConfig['bundled']): Promise<Finding> {
  const program = await findNodeProgram(nodePath);
  const name = 'Bundled renderer';
  try {
    return { name, ok: true, found: (await bundledRenderer(program)).file };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, ok: false, found: 'not installed', advice: error.message };
  }
}

const ENCODER = 'Encoder of the bundled renderer';

/** The FFmpeg of node-av is asked in a process of its own: it is native code. */
async function encoder(bundled: EngineConfig['bundled']): Promise<Finding> {
  const { file } = new BundledEncoder(bundled);
  if (file !== null) return await encoderProgram(file);
  const program = await findNodeProgram(bundled.nodePath);
  const info = 'file' in program ? await encoderInfo(program.file) : null;
  if (info !== null) return { name: ENCODER, ok: true, found: encoderWords(info) };
  const advice =
    'Run: npm i node-av@^6.1 (read docs/licences.md), or name an FFmpeg program with --ffmpeg or AERENDER_BATCH_FFMPEG.';
  return { name: ENCODER, ok: false, found: 'not installed', advice };
}

async function encoderProgram(file: string): Promise<Finding> {
  const program = await readFfmpeg(file);
  if ('fault' in program) {
    const advice = 'Name another one with --ffmpeg or AERENDER_BATCH_FFMPEG, or run: npm i node-av@^6.1';
    return { name: ENCODER, ok: false, found: program.fault, advice };
  }
  return { name: ENCODER, ok: true, found: programWords(program, await codecsOf(program)) };
}

async function afterEffects(settings: Settings): Promise<Finding[]> {
  const installations = [...namedInstallations(settings), ...foundInstallations()];
  if (installations.length > 0) return Promise.all(installations.map((one) => findingOf(one, settings)));
  const advice =
    'Projects of After Effects are drawn by the bundled renderer, as far as it can (docs/bundled-renderer.md). Install After Effects, or name its aerender with --aerender ae2026=<path>.';
  return [{ name: 'After Effects', ok: false, found: 'not found in its usual folders', advice }];
}

async function findingOf({ name, engine, file }: NamedInstallation, settings: Settings): Promise<Finding> {
  if (!existsSync(file)) {
    return {
      name,
      ok: false,
      found: `${file} is not there`,
      advice: `Check the path in ${settings.nameOf(`aerender.binaries.${engine}`)}.`,
    };
  }
  const scripts = await hookStatus(file);
  const advice = scriptAdvice(scripts);
  return { name, ok: true, found: file, scripts, ...(advice === null ? {} : { advice }) };
}

/** A job without assets needs no script: that none is taken is no fault of the installation. */
function scriptAdvice(scripts: HookStatus): string | null {
  if (scripts.kind === 'none') {
    return 'Jobs with assets are refused. Run once, as an administrator or with sudo: aerender-batch setup';
  }
  return scripts.kind === 'ours' && scripts.isOutdated
    ? 'Bring the start-up script up to date, as an administrator or with sudo: aerender-batch setup'
    : null;
}

function scriptWords(scripts: HookStatus): string {
  switch (scripts.kind) {
    case 'ours':
      return `takes scripts (aerender-batch, version ${scripts.version})`;
    case 'nexrender':
      return `takes scripts (patch ${scripts.version} of nexrender)`;
    case 'other':
      return 'takes scripts (its command-line renderer was changed)';
    case 'none':
      return 'takes no scripts';
    case 'unknown':
      return 'may take scripts or not: no Scripts/Startup of After Effects lies beside it';
  }
}

function printFinding({ name, ok, found, scripts, advice }: Finding): void {
  print(`${ok ? style('green', '✓') : style('red', '✗')} ${name}: ${found}`);
  if (scripts !== undefined) print(`    ${scriptWords(scripts)}`);
  if (advice !== undefined) print(`    ${advice}`);
}
