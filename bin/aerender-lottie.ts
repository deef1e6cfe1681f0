#!/usr/bin/env node
/** The bundled renderer: aerender's command line, log and exit codes over Lottie documents. */
import '../lib/node-version.ts';
import { CommandLineError, parseCommandLine, USAGE } from '../lib/lottie/renderer/command-line.ts';
import { RenderLog } from '../lib/lottie/renderer/log.ts';
import { RenderFailure, render } from '../lib/lottie/renderer/render.ts';
import { version } from './terminal/version.ts';

const EXIT = { ok: 0, failure: 1, usage: 2, runtimeError: 9 } as const;

/** Gives aerender's exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    const call = parseCommandLine(args);
    const log = new RenderLog({ file: call.log, progress: call.progress });
    log.line(`aerender version ${version}`);
    if (call.version) return EXIT.ok;
    if (call.help) {
      log.line(USAGE);
      return EXIT.usage;
    }
    log.progress('Launching After Effects...');
    log.progress('...After Effects successfully launched');
    await render(call, log);
    return EXIT.ok;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CommandLineError) {
    process.stdout.write(`aerender SYNTAX ERROR: ${message}\n`);
    return error.exitCode;
  }
  process.stdout.write(`aerender ERROR: ${message}\n`);
  return error instanceof RenderFailure ? EXIT.failure : EXIT.runtimeError;
}

process.exitCode = await run(process.argv.slice(2));
