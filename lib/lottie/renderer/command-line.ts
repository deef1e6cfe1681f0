import { appendFileSync, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LottieComposition } from '../document/index.ts';
import { SUPERSAMPLES, type Supersample } from './frames.ts';

/** What aerender's command line asks for. */
export interface CommandLine {
  project: string | null;
  composition: string | null;
  queueIndex: number | null;
  renderSettings: string | null;
  outputModule: string | null;
  halfResolution: boolean;
  output: string | null;
  log: string | null;
  script: string | null;
  /** The script is the engine's own, with nothing of others in it but data: it needs no process of its own. */
  trustScript: boolean;
  /** Further folders that may be read. */
  readable: string[];
  /** Frames of the composition, both included. */
  start: number | null;
  end: number | null;
  increment: number;
  progress: boolean;
  continueOnMissingFootage: boolean;
  /** Our own option: how many times larger frames are drawn before they are averaged down. */
  supersample: Supersample;
  /** An FFmpeg program that encodes and decodes in the place of node-av, and its encoder for videos. */
  ffmpeg: string | null;
  encoder: string | null;
  help: boolean;
  version: boolean;
}

/** A call that cannot be obeyed. `exitCode` is aerender's; source: Adobe's help, "Error codes". */
export class CommandLineError extends Error {
  override name = 'CommandLineError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A failure of the render, not of the renderer: exit code 1. */
export class RenderFailure extends Error {
  override name = 'RenderFailure';
}

const SYNTAX_ERROR = 3;

type Setter = (call: CommandLine, values: string[]) => void;

/** Every option of aerender: how many values it takes, and what it means here. Those without a meaning are taken and left. */
const OPTIONS: Record<string, [values: number, set: Setter]> = {
  '-project': [1, (call, [value = '']) => Object.assign(call, { project: pathOf(value) })],
  '-comp': [1, (call, [value]) => Object.assign(call, { composition: value })],
  '-rqindex': [1, (call, [value = '']) => Object.assign(call, { queueIndex: integer('-rqindex', value, 1) })],
  '-RStemplate': [1, (call, [value]) => Object.assign(call, { renderSettings: value })],
  '-OMtemplate': [1, (call, [value]) => Object.assign(call, { outputModule: value })],
  '-renderSettings': [
    1,
    (call, [value = '']) => Object.assign(call, { halfResolution: /Resolution:\s*Half/i.test(value) }),
  ],
  '-outputSettings': [1, () => {}],
  '-output': [1, (call, [value = '']) => Object.assign(call, { output: pathOf(value) })],
  '-log': [1, (call, [value = '']) => Object.assign(call, { log: logPath(value) })],
  '-r': [1, (call, [value = '']) => Object.assign(call, { script: scriptPath(value) })],
  '-allowRead': [1, (call, [value = '']) => void call.readable.push(pathOf(value))],
  '-trustScript': [0, (call) => Object.assign(call, { trustScript: true })],
  '-s': [1, (call, [value = '']) => Object.assign(call, { start: integer('-s', value, 0) })],
  '-e': [1, (call, [value = '']) => Object.assign(call, { end: integer('-e', value, 0) })],
  '-i': [1, (call, [value = '']) => Object.assign(call, { increment: integer('-i', value, 1, 100) })],
  '-v': [1, (call, [value]) => Object.assign(call, { progress: value !== 'ERRORS' })],
  '-mem_usage': [2, () => {}],
  '-mfr': [2, () => {}],
  '-mp': [0, () => {}],
  '-close': [1, () => {}],
  '-sound': [1, () => {}],
  '-reuse': [0, () => {}],
  '-teamproject': [1, () => {}],
  '-continueOnMissingFootage': [0, (call) => Object.assign(call, { continueOnMissingFootage: true })],
  '-supersample': [1, (call, [value = '']) => Object.assign(call, { supersample: supersample(value) })],
  '-ffmpeg': [1, (call, [value = '']) => Object.assign(call, { ffmpeg: pathOf(value) })],
  '-encoder': [1, (call, [value]) => Object.assign(call, { encoder: value })],
  '-help': [0, (call) => Object.assign(call, { help: true })],
  '-version': [0, (call) => Object.assign(call, { version: true })],
};

/** Reads the arguments, as aerender does. Throws `CommandLineError` with aerender's words. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const call: CommandLine = {
    project: null,
    composition: null,
    queueIndex: null,
    renderSettings: null,
    outputModule: null,
    halfResolution: false,
    output: null,
    log: null,
    script: null,
    trustScript: false,
    readable: [],
    start: null,
    end: null,
    increment: 1,
    progress: true,
    continueOnMissingFootage: false,
    supersample: 1,
    ffmpeg: null,
    encoder: null,
    help: args.length === 0,
    version: false,
  };
  for (let at = 0; at < args.length; ) {
    const flag = args[at] ?? '';
    const option = Object.hasOwn(OPTIONS, flag) ? OPTIONS[flag] : undefined;
    if (option === undefined) throw new CommandLineError(`Illegal argument flag: ${flag}`, SYNTAX_ERROR);
    const [count, set] = option;
    const values = args.slice(at + 1, at + 1 + count);
    if (values.length < count) throw new CommandLineError(`no value given for flag: ${flag}`, SYNTAX_ERROR);
    set(call, values);
    at += 1 + count;
  }
  return call;
}

/** The file of one picture of `-output`: `[####]` in its name stands for the frame's number, with at least as many digits. */
export function sequenceName(pattern: string, frame: number): string {
  const name = basename(pattern).replace(/\[(#+)\]/, (_, places: string) => String(frame).padStart(places.length, '0'));
  return join(dirname(pattern), name);
}

function pathOf(value: string): string {
  return /^file:/i.test(value) ? fileURLToPath(value) : value;
}

function logPath(value: string): string {
  const path = pathOf(value);
  if (!existsSync(dirname(path)))
    throw new CommandLineError(`Directory specified for log file does not exist: ${dirname(path)}`, SYNTAX_ERROR);
  return path;
}

function scriptPath(value: string): string {
  const path = pathOf(value);
  if (!existsSync(path))
    throw new CommandLineError(`Can not open script file. Make sure path is correct: ${path}`, SYNTAX_ERROR);
  return path;
}

function integer(flag: string, value: string, least: number, most = 10_000_000): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new CommandLineError(`bad value for flag: ${flag} ${value}`, SYNTAX_ERROR);
  return number;
}

function supersample(value: string): Supersample {
  const found = SUPERSAMPLES.find((times) => `${times}` === value);
  if (found === undefined)
    throw new CommandLineError(`bad value for flag: -supersample ${value} (1, 2 or 4)`, SYNTAX_ERROR);
  return found;
}

export const USAGE = `USAGE: aerender-lottie -project <file.json> -comp <name> -output <file> [options]
Renders a Lottie/Bodymovin document, with the options of Adobe's aerender:
  -project <path>          the document
  -comp <name>             the composition; left out: the main one
  -output <path>           the file to write; [####] stands for the number of a picture
  -OMtemplate <name>       an output module of After Effects, or a codec id of aerender-batch
  -RStemplate <name>       Best Settings or Draft Settings
  -renderSettings <text>   "Resolution: Half"
  -s <n> -e <n> -i <n>     first frame, last frame (included), increment
  -r <path>                an ExtendScript to run on the open document, in a process of its own
  -allowRead <folder>      may be given often: read files there too, beside those in the folders of the files above
  -trustScript             run it in the renderer itself, without calls to $.evalFile
  -supersample 1|2|4       frames are drawn so many times larger and averaged down, for finer edges
  -ffmpeg <program>        FFmpeg for videos, in the place of the package node-av
  -encoder <name>          the encoder of that program: libx264 for H.264, prores_ks for ProRes, or another
  -log <path>  -v ERRORS|ERRORS_AND_PROGRESS  -continueOnMissingFootage  -help  -version`;

interface RenderLogOptions {
  file: string | null;
  progress: boolean;
  /** Takes whole lines; left out: they go to stdout. */
  write?: (text: string) => void;
}

/** Writes what the renderer does in the words of aerender, to the process that started it and to the file of `-log`. */
export class RenderLog {
  readonly #file: string | null;
  readonly #progress: boolean;
  readonly #write: (text: string) => void;

  constructor({ file, progress, write = (text) => void process.stdout.write(text) }: RenderLogOptions) {
    this.#file = file;
    this.#progress = progress;
    this.#write = write;
  }

  line(words: string): void {
    // A composition's name with a line break must not write a line of its own: it would count as the renderer's word.
    const text = words.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
    this.#write(`${text}\n`);
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
