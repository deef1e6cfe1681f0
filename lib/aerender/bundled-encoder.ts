import { statSync } from 'node:fs';
import { CODECS, type Codec } from '../contract/formats.ts';
import { JobRefusedError } from '../errors.ts';
import { type FfmpegProgram, findEncoder, findInPath, readFfmpeg } from '../media/ffmpeg/program.ts';
import { isInstalled } from '../own-files.ts';

/** An FFmpeg program that the bundled renderer works with in the place of node-av. */
export interface UsedFfmpeg {
  /** Absolute path. */
  file: string;
  version: string;
  /** What makes the job's video; null if it makes pictures. */
  encoder: string | null;
}

interface EncoderOptions {
  /** The option `bundled.ffmpeg`. */
  ffmpeg: string | null;
  /** The PATH in which a program is looked for if node-av is not installed. */
  searchPath: string;
}

const NODE_AV = 'node-av';

/** What was found wrong with a program is asked again after this time: it may have been mended. */
const FAULT_KEPT_MS = 5_000;

const ADVICE = 'Name another one in the option bundled.ffmpeg, or run: npm i node-av@^6.1 (docs/licences.md)';

/** Decides what reads and writes videos for the bundled renderer: a program that is named, node-av, a program in PATH. */
export class BundledEncoder {
  readonly #options: EncoderOptions;
  #hasNodeAv = false;
  readonly #known = new Map<string, { at: number; found: Promise<unknown> }>();

  constructor(options: EncoderOptions) {
    this.#options = options;
  }

  get isThere(): boolean {
    return this.#findsNodeAv || this.file !== null;
  }

  /** Once found it is not looked for again; until then it may still be installed. */
  get #findsNodeAv(): boolean {
    this.#hasNodeAv ||= isInstalled(NODE_AV);
    return this.#hasNodeAv;
  }

  /**
   * The program that a job with this codec is rendered with; null: node-av.
   *
   * Throws `JobRefusedError` (`RENDERER_NOT_INSTALLED`, `FFMPEG_NOT_USABLE`).
   */
  async find(codec: Codec): Promise<UsedFfmpeg | null> {
    const file = this.file;
    if (file === null) {
      if (this.#findsNodeAv) return null;
      throw new JobRefusedError(
        'RENDERER_NOT_INSTALLED',
        'The bundled renderer needs FFmpeg. Run: npm i node-av@^6.1 (read docs/licences.md before), or name an FFmpeg program in the option bundled.ffmpeg',
      );
    }
    const program = await this.#once(file, 'version', () => readFfmpeg(file));
    if ('fault' in program) throw new JobRefusedError('FFMPEG_NOT_USABLE', `${program.fault} ${ADVICE}`);
    const { version } = program;
    if (codec.type === 'image') return { file, version, encoder: null };
    const found = await this.#encoderOf(program, codec);
    if ('encoder' in found) return { file, version, encoder: found.encoder };
    throw new JobRefusedError(
      'FFMPEG_NOT_USABLE',
      `settings.codec: ${found.fault} ${await this.#others(program)}${ADVICE}`,
    );
  }

  /** The program that is used; null: node-av, if it is installed. */
  get file(): string | null {
    const { ffmpeg, searchPath } = this.#options;
    if (ffmpeg !== null) return ffmpeg;
    return this.#findsNodeAv ? null : findInPath('ffmpeg', searchPath);
  }

  async #encoderOf(program: FfmpegProgram, codec: Codec): ReturnType<typeof findEncoder> {
    return await this.#once(program.file, codec.family, () => findEncoder(program, codec));
  }

  /** What this program can make in place of a codec that it cannot. */
  async #others(program: FfmpegProgram): Promise<string> {
    const made: string[] = [];
    for (const codec of CODECS.filter(({ type }) => type === 'video'))
      if ('encoder' in (await this.#encoderOf(program, codec))) made.push(codec.id);
    return made.length === 0 ? '' : `It makes ${made.join(', ')}. `;
  }

  /** A program is asked once, until its file changes. */
  async #once<Found extends object>(file: string, what: string, ask: () => Promise<Found>): Promise<Found> {
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    const key = `${file}\0${changed}\0${what}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      const found = (await known.found) as Found;
      if (!('fault' in found) || performance.now() - known.at < FAULT_KEPT_MS) return found;
    }
    const found = ask();
    this.#known.set(key, { at: performance.now(), found });
    return await found;
  }
}
