/** Draws moments of documents for `Artist`: a process of its own, since a document may end it. */
import { readdirSync, renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine, RenderLog } from '../../../lib/lottie/renderer/command-line.ts';
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
    for (const { start, end, increment } of ranges(frames)) {
      const range = ['-s', `${start}`, '-e', `${end}`, '-OMtemplate', 'image_png'];
      const files = ['-project', document, '-output', join(folder, '[#].png'), '-continueOnMissingFootage'];
      await render({ ...parseCommandLine([...files, ...range, ...more]), increment }, log);
      for (const name of readdirSync(folder)) renameSync(join(folder, name), `${place}-${name}`);
    }
    return { failure: null, warnings: warningsIn(log.lines), ms: performance.now() - started };
  } catch (error) {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { failure, warnings: warningsIn(log.lines), ms: performance.now() - started };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One render for frames that are evenly spaced: most of the time is taken by what comes before the first frame. */
function ranges(frames: readonly number[]): { start: number; end: number; increment: number }[] {
  const [start = 0, second = start + 1] = frames;
  const increment = second - start;
  if (increment > 0 && frames.every((frame, place) => frame === start + place * increment))
    return [{ start, end: frames.at(-1) ?? start, increment }];
  return frames.map((frame) => ({ start: frame, end: frame, increment: 1 }));
}

function warningsIn(lines: readonly string[]): string[] {
  return [...new Set(lines.filter((line) => line.startsWith('WARNING:')).map((line) => line.slice('WARNING:'.length)))];
}

process.on('message', async (request: DrawRequest) => process.send?.(await draw(request)));
process.send?.('ready');
