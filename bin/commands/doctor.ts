import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { findInstallations } from '../../lib/aerender/locate.ts';
import { EngineError } from '../../lib/errors.ts';
import { bundledRenderer } from '../../lib/render/renderers.ts';
import { globalOptions } from '../terminal/engine.ts';
import { print, printJson, style } from '../terminal/print.ts';

/** One thing that was looked at. */
interface Finding {
  name: string;
  ok: boolean;
  found: string;
  /** What to do, where something is missing. */
  advice?: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Says what is installed, what is missing, and what to do.')
    .action((_: unknown, command: Command) => {
      const options = globalOptions(command);
      const findings = [node(), lottieRenderer(), ...afterEffects(options.aerender ?? [])];
      if (options.json === true) printJson(findings);
      else for (const finding of findings) printFinding(finding);
      // Either renderer is enough to work with.
      process.exitCode = findings.some(({ ok, name }) => ok && name !== 'Node.js') ? 0 : 1;
    });
}

function node(): Finding {
  return { name: 'Node.js', ok: true, found: process.versions.node };
}

function lottieRenderer(): Finding {
  const name = 'Bundled renderer (.json, .lottie)';
  try {
    return { name, ok: true, found: bundledRenderer().file };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, ok: false, found: 'not installed', advice: error.message };
  }
}

function afterEffects(given: readonly string[]): Finding[] {
  const named = given.map((entry): Finding => {
    const [version = '', ...path] = entry.split('=');
    const file = path.join('=');
    const name = `After Effects (${version})`;
    return existsSync(file)
      ? { name, ok: true, found: file }
      : { name, ok: false, found: `${file} is not there`, advice: 'Check the path in --aerender.' };
  });
  const installed = findInstallations().map(
    ({ version, file }): Finding => ({ name: `After Effects ${version}`, ok: true, found: file }),
  );
  if (named.length + installed.length > 0) return [...named, ...installed];
  const advice =
    'Only .json and .lottie templates can be rendered. For .aep and .mogrt install After Effects, or name its aerender with --aerender ae2026=<path>.';
  return [{ name: 'After Effects', ok: false, found: 'not found in its usual folders', advice }];
}

function printFinding({ name, ok, found, advice }: Finding): void {
  print(`${ok ? style('green', '✓') : style('red', '✗')} ${name}: ${found}`);
  if (advice !== undefined) print(`    ${advice}`);
}
