import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { TakeUpload } from './contract/delivery.ts';
import { detailsOf, faultMessage } from './contract/faults.ts';
import { CODECS, findCodec } from './contract/formats.ts';
import type { ResolveUrl } from './contract/source.ts';
import { type ErrorDetail, reasonOf, ValidationError } from './errors.ts';
import { type EngineListeners, EVENT_NAMES, type TakeWebhook } from './events/events.ts';
import { findInPath } from './media/ffmpeg/program.ts';
import type { ForkUtilityProcess } from './processes/utility-process.ts';

export const MOST_WORKERS = 64;

/** Seconds; `null` turns one off. */
export interface TimeoutOptions {
  /** Until the first output; default 300. After Effects alone can take minutes to start on a cold disk. */
  start?: number | null;
  /** Between two signs of life; default 600. The usual cause is missing footage, or a dialog that nobody can see. */
  stall?: number | null;
  /** For a whole attempt; off by default, since a long composition can take hours. */
  total?: number | null;
}

/** How After Effects is run. */
export interface AerenderOptions {
  /** Paths by version: `{ ae2026: '/…/aerender' }`. Left out: found in the usual install folders. */
  binaries?: Record<string, string>;
  /** After Effects' multi-frame rendering; `maxCpuPercent` 1-100, default 100. Left out: After Effects' own setting. */
  multiFrame?: { enabled: boolean; maxCpuPercent?: number };
  /** The share of the machine's memory that one After Effects can take, percent, 1-100. Left out: its own setting. */
  maxMemoryPercent?: number;
  timeouts?: TimeoutOptions;
  /** Your own output module templates by codec id, if Adobe's default ones do not serve. */
  outputModules?: Record<string, string>;
}

/** How the bundled renderer is run. */
export interface BundledOptions {
  /**
   * A Node program (22.14 or newer) that runs the bundled renderer. Left out: the program of this process, which an
   * Electron app can forbid (docs/electron.md).
   */
  nodePath?: string;
  /**
   * Starts the bundled renderer as a utility process of Electron, in the place of a Node program; to be called in the main
   * process of the app: `(module, args, options) => utilityProcess.fork(module, args, options)`. Scripts and expressions
   * need a Node program: jobs with them are refused with `NODE_NOT_STARTABLE`. See docs/electron.md.
   */
  spawn?: ForkUtilityProcess;
  /**
   * An FFmpeg program, with ffprobe beside it, that encodes and decodes videos in the place of the optional package
   * `node-av`: a path, or a name that is looked for in PATH. Left out: `node-av` if it is installed, else `ffmpeg` in
   * PATH. Codecs that it does not make are refused with `FFMPEG_NOT_USABLE`. See docs/licences.md.
   */
  ffmpeg?: string;
  /**
   * Renders also what it does not draw as After Effects does and where one sees it, with warnings; else such a job is
   * refused with `FEATURE_UNSUPPORTED`. Default: false for After Effects projects, true for Lottie documents.
   */
  allowUnsupported?: boolean;
  /**
   * Frames are drawn so many times larger in each direction and averaged down: finer edges, more like After Effects', for
   * 4 or 16 times the pixels. A job's `local.supersample` counts before it. Default: 1.
   */
  supersample?: 1 | 2 | 4;
}

/**
 * What `BatchEngine.open` takes.
 *
 * @example
 * await BatchEngine.open({ database: 'renders.db', outputDir: 'renders', workers: 2, retries: 2 });
 */
export interface EngineOptions {
  /** The SQLite file, made if there is none; or `:memory:`. Beside it lie `…-owner` (who renders) and `…-fonts`. */
  database: string;
  /** The folder where outputs are published; made if there is none. */
  outputDir: string;
  /** Renders at the same time, 1-64. Default: as many After Effects as this machine has cores and memory for. */
  workers?: number;
  /** Opens without rendering: create, get, cancel and watch work, and another process can render. `resume()` begins. */
  paused?: boolean;
  /**
   * What renders After Effects projects; Lottie documents are always rendered by the bundled renderer. `auto`: the version
   * of After Effects that a job asks for, and the bundled renderer only on a machine without any After Effects.
   * Default `auto`.
   */
  renderer?: 'auto' | 'after-effects' | 'bundled';
  aerender?: AerenderOptions;
  bundled?: BundledOptions;
  /** `low`: renderers run at a low priority of the system, so that other programs of the machine stay quick. Default `normal`. */
  priority?: 'normal' | 'low';
  /** Further attempts after a crash, a hang or a lost worker, 0-10, default 1; a fault of the input is never tried again. */
  retries?: number;
  /** Jobs can run scripts of their own (assets of type `script`), which can do what After Effects can do. Default false. */
  allowScripts?: boolean;
  /** Which attempts leave their work folder behind for a look; default `never`. */
  keepWorkDirs?: 'never' | 'failed' | 'always';
  /** Folders with fonts, besides those of the system and of each template. */
  fonts?: string[];
  /**
   * `full` flushes every write to the disk, also those of attempts: a power cut then repeats no render. `create`, `cancel`,
   * `retry`, and `add` and `remove` of templates and fonts are always flushed. Default `normal`.
   */
  synchronous?: 'normal' | 'full';
  /** Bytes of log kept for an attempt, default 1 MiB; what is over is cut from its middle, with a mark. */
  logLimit?: number;
  /** Listeners from the first moment: they also hear what happens inside `open`, such as the end of a recovered job. */
  events?: EngineListeners;
  /**
   * The file that stands for an `http:` or `https:` URL, wherever a `src` may be one: sources of jobs, templates and
   * fonts. Called once for each URL of a call; nothing asks the network. Left out, or nothing returned: the job is refused
   * with `ASSET_SOURCE_UNSUPPORTED`. The caller of `create` writes the URLs: let none lead out of your folder.
   */
  resolve?: ResolveUrl;
  /**
   * Takes the outputs of jobs with `upload.params`, which the cloud would upload: a function; or a folder, where they are
   * copied to `<bucket>/<key>`. Left out: such jobs render with a warning, and their outputs stay in `outputDir`.
   */
  upload?: TakeUpload | { folder: string };
  /**
   * Takes the webhooks of jobs that have ended, as a listener of `job:webhook` does: a function; or a folder, where each
   * becomes `<job>-<run>.json`. Without it and without a listener, a job with a webhook has a warning.
   */
  webhook?: TakeWebhook | { folder: string };
  /** The wall clock, in whole milliseconds since 1970; for tests. Time-outs use the monotonic clock. */
  clock?: () => number;
}

const timeoutsSchema = z.strictObject({
  start: z.number().positive().nullable().default(300),
  stall: z.number().positive().nullable().default(600),
  total: z.number().positive().nullable().default(null),
});

const aerenderSchema = z.strictObject({
  binaries: z.record(z.string(), z.string().min(1)).default({}),
  multiFrame: z.strictObject({ enabled: z.boolean(), maxCpuPercent: z.int().min(1).max(100).default(100) }).optional(),
  maxMemoryPercent: z.int().min(1).max(100).optional(),
  timeouts: timeoutsSchema.prefault({}),
  outputModules: z
    .record(
      z.string().refine((id) => findCodec(id) !== undefined, {
        message: `must be one of ${CODECS.map((codec) => codec.id).join(', ')}`,
      }),
      z.string().min(1),
    )
    .default({}),
});

const MUST_BE_FUNCTION = { message: 'must be a function' };
const isFunction = (value: unknown) => typeof value === 'function';

const bundledSchema = z
  .strictObject({
    nodePath: z.string().min(1).optional(),
    spawn: z.custom<ForkUtilityProcess>(isFunction, MUST_BE_FUNCTION).optional(),
    ffmpeg: z.string().min(1).optional(),
    allowUnsupported: z.boolean().optional(),
    supersample: z.literal([1, 2, 4]).default(1),
  })
  .refine(({ nodePath, spawn }) => nodePath === undefined || spawn === undefined, {
    path: ['spawn'],
    message: 'takes the place of nodePath: give one of the two',
  });

/** A function, or the folder that is written to instead. */
function takerSchema<Taker>() {
  const folder = z.strictObject({ folder: z.string().min(1) });
  return z.custom<Taker | { folder: string }>((value) => isFunction(value) || folder.safeParse(value).success, {
    message: 'must be a function or { folder: "path" }',
  });
}

/** What `readOptions` checks. Its input is `EngineOptions`: test/types/inputs.ts. */
export const engineOptionsSchema = z.strictObject({
  database: z.string().min(1),
  outputDir: z.string().min(1),
  workers: z.int().min(1).max(MOST_WORKERS).optional(),
  paused: z.boolean().default(false),
  renderer: z.enum(['auto', 'after-effects', 'bundled']).default('auto'),
  aerender: aerenderSchema.prefault({}),
  bundled: bundledSchema.prefault({}),
  priority: z.enum(['normal', 'low']).default('normal'),
  retries: z.int().min(0).max(10).default(1),
  allowScripts: z.boolean().default(false),
  keepWorkDirs: z.enum(['never', 'failed', 'always']).default('never'),
  fonts: z.array(z.string().min(1)).default([]),
  synchronous: z.enum(['normal', 'full']).default('normal'),
  logLimit: z.int().min(1024).max(1_073_741_824).default(1_048_576),
  events: z
    .partialRecord(z.enum(EVENT_NAMES), z.custom<(event: never) => unknown>(isFunction, MUST_BE_FUNCTION))
    .default({}),
  resolve: z.custom<ResolveUrl>(isFunction, MUST_BE_FUNCTION).optional(),
  upload: takerSchema<TakeUpload>().optional(),
  webhook: takerSchema<TakeWebhook>().optional(),
  clock: z.custom<() => number>(isFunction, MUST_BE_FUNCTION).optional(),
});

/** The options with their defaults, and absolute paths. */
export interface EngineConfig
  extends Omit<z.output<typeof engineOptionsSchema>, 'workers' | 'clock' | 'events' | 'bundled'> {
  bundled: {
    nodePath: string | null;
    spawn: ForkUtilityProcess | null;
    ffmpeg: string | null;
    /** The PATH of this process, in which programs are looked for. */
    searchPath: string;
    allowUnsupported: boolean | undefined;
    supersample: 1 | 2 | 4;
  };
  workers: number;
  clock: () => number;
  events: EngineListeners;
  /** The folder of the engine's font library. */
  fontLibrary: string;
}

const GIBIBYTE = 2 ** 30;

/** One After Effects needs some 6 GiB and two cores; more of them at a time only slow each other down. */
function defaultWorkers(): number {
  return Math.max(1, Math.min(Math.floor(availableParallelism() / 2), Math.floor(totalmem() / (6 * GIBIBYTE))));
}

/** The library goes with its database; one in memory has none that lasts, and uses the folder that is ours anyway. */
function fontLibraryOf({ database, outputDir }: { database: string; outputDir: string }): string {
  return database === ':memory:' ? join(outputDir, '.aerender-batch', 'fonts') : `${database}-fonts`;
}

/** Checks the options of `BatchEngine.open` and fills in the defaults; throws `ValidationError` with every fault. */
export function readOptions(options: EngineOptions): EngineConfig {
  const parsed = engineOptionsSchema.safeParse(options, { error: faultMessage });
  if (!parsed.success) throw wrong(detailsOf(parsed.error, engineOptionsSchema));
  const config = parsed.data;
  const outputDir = absolute(config.outputDir, 'outputDir');
  const searchPath = process.env.PATH ?? '';
  const database = config.database === ':memory:' ? config.database : absolute(config.database, 'database');
  return {
    ...config,
    database,
    outputDir,
    bundled: {
      allowUnsupported: config.bundled.allowUnsupported,
      supersample: config.bundled.supersample,
      ffmpeg: config.bundled.ffmpeg === undefined ? null : programFile(config.bundled.ffmpeg, searchPath),
      searchPath,
      spawn: config.bundled.spawn ?? null,
      nodePath: config.bundled.nodePath === undefined ? null : absolute(config.bundled.nodePath, 'bundled.nodePath'),
    },
    upload: withAbsoluteFolder(config.upload, 'upload.folder'),
    webhook: withAbsoluteFolder(config.webhook, 'webhook.folder'),
    fonts: config.fonts.map((folder, index) => absolute(folder, `fonts[${index}]`)),
    workers: config.workers ?? defaultWorkers(),
    clock: config.clock === undefined ? Date.now : checkedClock(config.clock),
    events: config.events as EngineListeners,
    fontLibrary: fontLibraryOf({ database, outputDir }),
  };
}

/** A name without a folder is looked for as the system would; one that is not found is left for who starts it to say. */
function programFile(program: string, searchPath: string): string {
  if (/[\\/]/.test(program)) return absolute(program, 'bundled.ffmpeg');
  return findInPath(program, searchPath) ?? program;
}

function wrong(details: ErrorDetail[]): ValidationError {
  const list = details.map(({ field, message }) => `${field || 'options'}: ${message}`).join('; ');
  return new ValidationError(`The options of BatchEngine.open are wrong: ${list}`, details);
}

function withAbsoluteFolder<Taker>(
  option: Taker | { folder: string } | undefined,
  field: string,
): Taker | { folder: string } | undefined {
  return typeof option === 'object' && option !== null && 'folder' in option
    ? { folder: absolute(option.folder, field) }
    : option;
}

function absolute(path: string, field: string): string {
  try {
    return resolve(path);
  } catch (cause) {
    const message = `is relative, and the working folder of this process is gone: ${reasonOf(cause)}`;
    throw wrong([{ field, message }]);
  }
}

/** Asked once at open, so that a clock that cannot serve is a fault of the options and not of a later call. */
function checkedClock(clock: () => unknown): () => number {
  const checked = () => {
    const now = clock();
    if (typeof now === 'number' && Number.isSafeInteger(now) && now >= 0) return now;
    throw wrong([{ field: 'clock', message: `must return whole milliseconds since 1970, not ${String(now)}` }]);
  };
  checked();
  return checked;
}
