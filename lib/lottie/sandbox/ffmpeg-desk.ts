import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { Duplex } from 'node:stream';
import { execaSync } from 'execa';
import { findCodec } from '../../contract/formats.ts';
import { reasonOf } from '../../errors.ts';
import { decodeArguments, encodeArguments, probeArguments } from '../../media/ffmpeg/arguments.ts';
import { encodersOf, ffprobeBeside, videoFactsOf } from '../../media/ffmpeg/program.ts';
import { refuseReferences } from '../../media/foreign-media.ts';
import type { VideoFacts } from '../../media/media-tools.ts';
import { ByteReader } from './byte-reader.ts';
import { encodeHead, type FfmpegChannel, type FrameRequest, HEAD_BYTES } from './ffmpeg-channel.ts';
import { type FfmpegAnswer, type FfmpegRequest, ffmpegRequestSchema } from './ffmpeg-messages.ts';
import { confinedEnvironment } from './permissions.ts';

export interface FfmpegDeskOptions {
  ffmpeg: string;
  /** The encoder of the output; null: the usual one of its codec. */
  encoder: string | null;
  /** The only file that is written. */
  output: string | null;
  /** The folders whose files may be read. */
  read: readonly string[];
}

/** Where programs of an unusual place find their libraries. */
const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'HOME', 'TMPDIR', 'TEMP'];
/** So many frames wait for the encoder while the next one is drawn. */
const WAITING_FRAMES = 2;
const PROBE_TIMEOUT_MS = 60_000;
const MOST_JSON_BYTES = 64 * 1024;
/** The largest picture that is drawn. */
const MOST_FRAME_BYTES = 8_192 * 8_192 * 4;
const MOST_READERS = 64;
const NO_FRAME = Buffer.alloc(0);

interface Encoding {
  program: Program;
  /** Bytes of one frame. */
  frame: number;
}

/** Starts the FFmpeg program for the renderer, which chooses none of its arguments: in the launcher where there is one. */
export class FfmpegDesk implements FfmpegChannel {
  readonly #options: FfmpegDeskOptions;
  readonly #readers = new Map<number, { program: Program; frame: number }>();
  #encoding: Encoding | null = null;

  constructor(options: FfmpegDeskOptions) {
    this.#options = options;
  }

  /** Answers one request after the other, until the renderer has closed its end. */
  async serve(pipe: Duplex): Promise<void> {
    const reader = new ByteReader(pipe);
    for (;;) {
      const head = await reader.read(HEAD_BYTES);
      if (head.length < HEAD_BYTES) return;
      const [json, bytes] = [head.readUInt32LE(0), head.readUInt32LE(4)];
      if (json > MOST_JSON_BYTES || bytes > MOST_FRAME_BYTES) return void pipe.destroy();
      const text = await reader.read(json);
      const frame = await reader.read(bytes);
      let answer: FfmpegAnswer = { value: null };
      let picture: Buffer = NO_FRAME;
      try {
        const request = ffmpegRequestSchema.parse(JSON.parse(text.toString()));
        if (request.type === 'probe') answer = { value: this.probe(request.path) };
        else picture = await this.#carryOut(request, frame);
      } catch (error) {
        answer = { fault: reasonOf(error) };
      }
      pipe.write(encodeHead(answer, picture.length));
      pipe.write(picture);
    }
  }

  /** Blocks this process, which does nothing else meanwhile that somebody waits for. */
  probe(path: string): VideoFacts {
    const real = this.#readable(path);
    const {
      stdout = '',
      stderr = '',
      failed,
    } = execaSync(ffprobeBeside(this.#options.ffmpeg), probeArguments(real), {
      ...{ reject: false, stdin: 'ignore', timeout: PROBE_TIMEOUT_MS, windowsHide: true },
      ...{ env: confinedEnvironment(ENVIRONMENT), extendEnv: false },
    });
    if (failed) throw new Error(`${path}: ${lastLine(stderr) ?? 'it cannot be read as a video'}`);
    return videoFactsOf(stdout, path);
  }

  /** The frame is copied: the painter draws the next one over it while this one waits. */
  async ask(request: FrameRequest, frame: Uint8Array = NO_FRAME): Promise<Buffer> {
    return await this.#carryOut(request, Buffer.from(frame));
  }

  close(): void {
    for (const { program } of this.#readers.values()) program.kill();
    this.#encoding?.program.kill();
  }

  async #carryOut(request: FrameRequest, frame: Buffer): Promise<Buffer> {
    switch (request.type) {
      case 'open':
        this.#open(request);
        break;
      case 'read':
        return await this.#read(request.reader);
      case 'close':
        this.#readers.get(request.reader)?.program.kill();
        this.#readers.delete(request.reader);
        break;
      case 'encode':
        this.#encode(request);
        break;
      case 'frame':
        await this.#write(frame);
        break;
      case 'finish':
        await this.#finish();
        break;
    }
    return NO_FRAME;
  }

  /** The renderer reads what its permissions say, and nothing else by way of this process. */
  #readable(path: string): string {
    const real = realpathSync(path);
    const isInside = this.#options.read.some((folder) => isWithin(folder, path) || isWithin(folder, real));
    if (!isInside) throw new Error(`${path} may not be read`);
    refuseReferences(path);
    return real;
  }

  #open({ reader, path, ...format }: FfmpegRequest & { type: 'open' }): void {
    if (this.#readers.size >= MOST_READERS || this.#readers.has(reader)) throw new Error('too many videos are open');
    const program = new Program(this.#options.ffmpeg, decodeArguments(this.#readable(path), format));
    this.#readers.set(reader, { program, frame: format.width * format.height * 4 });
  }

  async #read(number: number): Promise<Buffer> {
    const reader = this.#readers.get(number);
    if (reader === undefined) throw new Error('this video is not open');
    const frame = await reader.program.output.read(reader.frame);
    if (frame.length === reader.frame) return frame;
    await reader.program.ended();
    return NO_FRAME;
  }

  #encode({ codec: id, ...format }: FfmpegRequest & { type: 'encode' }): void {
    const { ffmpeg, encoder, output } = this.#options;
    const codec = findCodec(id);
    if (this.#encoding !== null || output === null || codec === undefined) throw new Error('nothing is to be encoded');
    const program = new Program(ffmpeg, encodeArguments(codec, encoder ?? encodersOf(codec)[0], format, output));
    this.#encoding = { program, frame: format.width * format.height * 4 };
  }

  async #write(frame: Buffer): Promise<void> {
    if (this.#encoding === null || this.#encoding.frame !== frame.length) throw new Error('this frame has no video');
    const { program } = this.#encoding;
    await program.write(frame, frame.length * WAITING_FRAMES);
  }

  async #finish(): Promise<void> {
    await this.#encoding?.program.finish();
  }
}

function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
}

function lastLine(text: string): string | null {
  return text.trim().split('\n').at(-1) || null;
}

/** The end of what FFmpeg says on stderr. */
const KEPT_CHARACTERS = 2_000;

/** A running FFmpeg. */
class Program {
  readonly output: ByteReader;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #end: Promise<string | null>;
  #fault: string | null = null;
  #hasEnded = false;

  constructor(file: string, args: readonly string[]) {
    this.#child = spawn(file, args, {
      env: confinedEnvironment(ENVIRONMENT),
      windowsHide: true,
    });
    this.output = new ByteReader(this.#child.stdout);
    let words = '';
    this.#child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    this.#child.stdin.on('error', () => {}); // It ended before it took all; its end says why.
    this.#end = new Promise((resolve) => {
      const end = (reason: string | null) => {
        this.#fault = reason;
        this.#hasEnded = true;
        resolve(reason);
      };
      this.#child.once('error', (error) => end(error.message));
      this.#child.once('close', (code, signal) =>
        end(code === 0 ? null : (lastLine(words) ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`))),
      );
    });
  }

  /** Resolves when no more than `most` bytes wait to be read by FFmpeg. */
  async write(bytes: Buffer, most: number): Promise<void> {
    const { stdin } = this.#child;
    if (this.#hasEnded) throw this.#failure();
    stdin.write(bytes);
    while (stdin.writableLength > most) {
      await Promise.race([once(stdin, 'drain'), this.#end]);
      if (this.#hasEnded) throw this.#failure();
    }
  }

  /** Lets it write what it has. Throws if it fails. */
  async finish(): Promise<void> {
    this.#child.stdin.end();
    await this.ended();
  }

  /** Throws if it failed. */
  async ended(): Promise<void> {
    if ((await this.#end) !== null) throw this.#failure();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #failure(): Error {
    return new Error(`FFmpeg failed: ${this.#fault ?? 'it ended early'}`);
  }
}
