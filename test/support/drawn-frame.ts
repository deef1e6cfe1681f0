import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parseCommandLine, RenderLog } from '../../lib/lottie/renderer/command-line.ts';
import { render } from '../../lib/lottie/renderer/render.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { jobScript, type Step } from './job-script.ts';
import { temporaryFolder } from './temporary-folder.ts';

const RENDERER = fileURLToPath(new URL('../../bin/aerender-lottie.ts', import.meta.url));

/** A frame by its pixels. */
export class DrawnFrame {
  readonly #pixels: Uint8Array;
  readonly width: number;
  readonly height: number;

  constructor(pixels: Uint8Array, width: number, height: number) {
    this.#pixels = pixels;
    this.width = width;
    this.height = height;
  }

  /** `#rrggbb`. */
  at(x: number, y: number): string {
    const start = (y * this.width + x) * 4;
    return `#${Buffer.from(this.#pixels.subarray(start, start + 3)).toString('hex')}`;
  }

  /** Around all that is not black; null if nothing is drawn. */
  get ink(): { left: number; top: number; right: number; bottom: number } | null {
    const places = Array.from({ length: this.width * this.height }, (_, place) => place).filter(
      (place) => Math.max(...this.#pixels.subarray(place * 4, place * 4 + 3)) > 100,
    );
    if (places.length === 0) return null;
    const across = places.map((place) => place % this.width);
    return {
      left: across.reduce((a, b) => Math.min(a, b)),
      right: across.reduce((a, b) => Math.max(a, b)),
      top: Math.floor((places[0] ?? 0) / this.width),
      bottom: Math.floor((places.at(-1) ?? 0) / this.width),
    };
  }
}

/** A template that is no Lottie document: its file, and the size of its composition `main`. */
export interface TemplateFile {
  name: string;
  bytes: Uint8Array;
  w: number;
  h: number;
  /** Default: PNG. */
  outputModule?: string;
}

function isFile(template: object): template is TemplateFile {
  return 'bytes' in template;
}

async function commandLine(t: TestContext, template: object, frame: number, steps: readonly Step[]) {
  const folder = await temporaryFolder(t);
  const place = (name: string) => join(folder, name);
  const output = place('frame.png');
  const project = isFile(template) ? template.name : 'project.json';
  await writeFile(place(project), isFile(template) ? template.bytes : JSON.stringify(template));
  await writeFile(place('job.jsx'), jobScript({ composition: 'main', steps }));
  const files = ['-project', place(project), '-r', place('job.jsx'), '-output', output];
  const trust = steps.every(({ type }) => type !== 'script') ? ['-trustScript'] : [];
  const readable = steps.flatMap((step) =>
    'src' in step && step.src !== undefined ? ['-allowRead', dirname(step.src)] : [],
  );
  const outputModule = (isFile(template) && template.outputModule) || 'image_png';
  const range = ['-s', `${frame}`, '-e', `${frame}`, '-OMtemplate', outputModule];
  return { args: [...files, ...trust, ...readable, '-comp', 'main', ...range], output };
}

/** Calls the bundled renderer as a program; returns its output and how it ended. */
export async function renderDocument(t: TestContext, document: object, frame: number, steps: readonly Step[]) {
  const { args } = await commandLine(t, document, frame, steps);
  const { exitCode, stdout } = await execa(process.execPath, [RENDERER, ...args], { reject: false });
  return { exitCode, log: stdout };
}

/** Prints nothing. */
export class QuietLog extends RenderLog {
  override line(): void {}
}

/** One frame of the document or template file, after these assets; drawn in this process, which is faster. */
export async function drawn(t: TestContext, document: object, frame: number, ...steps: Step[]): Promise<DrawnFrame> {
  const { args, output } = await commandLine(t, document, frame, steps);
  await render(parseCommandLine(args), new QuietLog({ file: null, progress: false }));
  await using decoder = new VideoDecoder(output);
  const picture = await decoder.frameAt(0);
  assert.ok(picture);
  const { w, h } = document as { w: number; h: number };
  return new DrawnFrame(picture.pixels, w, h);
}
