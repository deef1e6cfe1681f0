/** Draws moments of documents for `Artist`: a process of its own, since a document may end it. */
import { readdirSync, renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../../lib/lottie/renderer/command-line.ts';
import { RenderLog } from '../../../lib/lottie/renderer/log.ts';
import { render } from '../../../lib/lottie/renderer/render.ts';
import type { Drawing, DrawRequest } from './artist.ts';

class Lines extends RenderLog {
  readonly lines: string[] = [];

  override line(text: string): void {
    this.lines.push(text);
  }
}

async function draw({ document, frames, place, more }: DrawRequest): Promise<Drawing> {
  const log = new Lines({ file: null, progress: false });
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'pixels-'));
  try {
    for (const frame of frames) {
      const range = ['-s', `${frame}`, '-e', `${frame}`, '-OMtemplate', 'image_png'];
      const files = ['-project', document, '-output', join(folder, 'frame.png'), '-continueOnMissingFootage'];
      await render(parseCommandLine([...files, ...range, ...more]), log);
      for (const name of readdirSync(folder)) renameSync(join(folder, name), `${place}-${frame}.png`);
    }
    return { failure: null, warnings: warningsIn(log.lines), ms: performance.now() - started };
  } catch (error) {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { failure, warnings: warningsIn(log.lines), ms: performance.now() - started };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function warningsIn(lines: readonly string[]): string[] {
  return [...new Set(lines.filter((line) => line.startsWith('WARNING:')).map((line) => line.slice('WARNING:'.length)))];
}

process.on('message', async (request: DrawRequest) => process.send?.(await draw(request)));
process.send?.('ready');
