/**
 * The process of the bundled renderer. `aerender-lottie` starts it with few permissions; the host does where it has to be
 * a utility process of Electron.
 */
import { reasonOf } from '../lib/errors.ts';
import { parseCommandLine, RenderFailure, RenderLog } from '../lib/lottie/renderer/command-line.ts';
import { render } from '../lib/lottie/renderer/render.ts';
import { type Launcher, launcherOf } from '../lib/lottie/sandbox/launcher.ts';
import { EXIT } from './terminal/aerender-exit.ts';
import { version } from './terminal/version.ts';

/** Returns aerender's exit code. */
async function run(args: readonly string[], launcher: Launcher): Promise<number> {
  const write = (text: string) => launcher.write(text);
  try {
    const call = parseCommandLine(args);
    const log = new RenderLog({ file: call.log, progress: call.progress, write });
    log.line(`aerender version ${version}`);
    if (call.version) return EXIT.ok;
    log.progress('Launching the bundled renderer...');
    log.progress('...the bundled renderer successfully launched');
    await render(call, log);
    return EXIT.ok;
  } catch (error) {
    write(`aerender ERROR: ${drawingBrokeOff(error) ?? reasonOf(error)}\n`);
    return error instanceof RenderFailure ? EXIT.failure : EXIT.runtimeError;
  }
}

/** The words of WebAssembly say nothing to a user: `Aborted()`, `memory access out of bounds`. Null for another error. */
function drawingBrokeOff(error: unknown): string | null {
  const message = reasonOf(error);
  const isWasm = (error instanceof Error && error.name === 'RuntimeError') || /^Aborted\(/.test(message);
  if (!isWasm) return null;
  const cause = 'a picture, path or effect of the document is damaged or too large';
  return `Skia, which draws the frames, broke off; ${cause} (${message.split('\n', 1)[0]}).`;
}

const launcher = launcherOf(EXIT.runtimeError);
launcher.end(await run(process.argv.slice(2), launcher));
