import { appendFileSync } from 'node:fs';
import type { LottieComposition } from '../document/index.ts';

/** Writes what the renderer does in the words of aerender, to stdout and to the file of `-log`. */
export class RenderLog {
  readonly #file: string | null;
  readonly #progress: boolean;

  constructor({ file, progress }: { file: string | null; progress: boolean }) {
    this.#file = file;
    this.#progress = progress;
  }

  line(words: string): void {
    // A composition's name with a line break must not write a line of its own: it would count as the renderer's word.
    const text = words.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
    process.stdout.write(`${text}\n`);
    if (this.#file !== null) appendFileSync(this.#file, `${text}\n`);
  }

  progress(text: string): void {
    if (this.#progress) this.line(`PROGRESS: ${text}`);
  }

  warning(text: string): void {
    this.line(`WARNING:${text}`);
  }

  missingFont({ family, style }: { family: string; style: string }): void {
    this.warning(`Text Layer: Font family: ${family}, Font style: ${style}`);
  }

  /** The head of a render. */
  head(facts: {
    composition: LottieComposition;
    size: { width: number; height: number };
    frameRate: number;
    first: number;
    last: number;
    settings: string;
    resolution: string;
    outputModule: string;
    output: string;
    format: string;
  }): void {
    const { composition, size, frameRate, first, last } = facts;
    this.progress(` ${now()}: Starting composition “${composition.name}”.`);
    for (const [name, value] of [
      ['Render Settings', facts.settings],
      ['Quality', 'Best'],
      ['Resolution', facts.resolution],
      ['Size', `${size.width} x ${size.height}`],
      ['Frame Rate', `${frameRate.toFixed(2)} (comp)`],
      ['Start', timecode(first, frameRate)],
      ['End', timecode(last, frameRate)],
      ['Duration', timecode(last - first + 1, frameRate)],
      ['Output Module', facts.outputModule],
      ['Output To', facts.output],
      ['Format', facts.format],
    ]) {
      this.progress(` ${name}: ${value}`);
    }
  }

  frame(frame: number, ordinal: number, frameRate: number, seconds: number): void {
    this.progress(` ${timecode(frame, frameRate)} (${ordinal}): ${Math.round(seconds)} Seconds`);
  }

  end(composition: LottieComposition, seconds: number): void {
    this.progress(` ${now()}: Finished composition “${composition.name}”.`);
    this.progress(` Total Time Elapsed: ${Math.round(seconds)} Seconds`);
  }
}

function now(): string {
  return new Date().toLocaleString('en-US').replace(',', '').replaceAll('\u202f', ' ');
}

/** `H:MM:SS:FF`, as After Effects shows a frame. */
function timecode(frame: number, frameRate: number): string {
  const perSecond = Math.max(1, Math.round(frameRate));
  const seconds = Math.floor(frame / perSecond);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(frame % perSecond)}`;
}
