/** The process of the bundled renderer, which `aerender-lottie` starts with few permissions. */
import { parseCommandLine } from '../lib/lottie/renderer/command-line.ts';
import { RenderLog } from '../lib/lottie/renderer/log.ts';
import { RenderFailure, render } from '../lib/lottie/renderer/render.ts';
import { EXIT } from './terminal/aerender-exit.ts';
import { version } from './terminal/version.ts';

/** Returns aerender's exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    const call = parseCommandLine(args);
    const log = new RenderLog({ file: call.log, progress: call.progress });
    log.line(`aerender version ${version}`);
    log.progress('Launching After Effects...');
    log.progress('...After Effects successfully launched');
    await render(call, log);
    return EXIT.ok;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`aerender ERROR: ${message}\n`);
    return error instanceof RenderFailure ? EXIT.failure : EXIT.runtimeError;
  }
}

/** The process that started this one is gone, and nobody waits for the pictures any more. */
const orphaned = () => process.exit(EXIT.runtimeError);
process.once('disconnect', orphaned);
process.exitCode = await run(process.argv.slice(2));
process.off('disconnect', orphaned);
process.disconnect?.();
