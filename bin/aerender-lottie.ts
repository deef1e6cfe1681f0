#!/usr/bin/env node
/**
 * The bundled renderer: aerender's command line, log and exit codes over Lottie documents. It draws in a process of its
 * own with few permissions; this one only starts it, and the processes in which scripts and expressions run.
 */
import '../lib/node-version.ts';
import { CommandLineError, parseCommandLine, USAGE } from '../lib/lottie/renderer/command-line.ts';
import { launchRenderer } from '../lib/lottie/sandbox/launch.ts';
import { ownModule } from '../lib/own-files.ts';
import { EXIT } from './terminal/aerender-exit.ts';
import { version } from './terminal/version.ts';

const RENDERER = ownModule('./lottie-renderer', import.meta.url);

/** Returns aerender's exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    const call = parseCommandLine(args);
    if (call.version || call.help) {
      process.stdout.write(`aerender version ${version}\n${call.version ? '' : `${USAGE}\n`}`);
      return call.version ? EXIT.ok : EXIT.usage;
    }
    const { code, signal } = await launchRenderer(RENDERER, args, call);
    // This program ends as the renderer ended: its caller tells crashes from failures by that.
    if (signal !== null) process.kill(process.pid, signal);
    return code ?? EXIT.runtimeError;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const kind = error instanceof CommandLineError ? 'SYNTAX ERROR' : 'ERROR';
    process.stdout.write(`aerender ${kind}: ${message}\n`);
    return error instanceof CommandLineError ? error.exitCode : EXIT.runtimeError;
  }
}

process.exitCode = await run(process.argv.slice(2));
