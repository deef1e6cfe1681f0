import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CODECS, findCodec } from './contract/codec.ts';
import { faultMessage } from './contract/faults.ts';
import { ValidationError } from './errors.ts';

/** Seconds without a word from the renderer, without progress, and in all; `null` turns one off. */
const timeoutsSchema = z.strictObject({
  /** Until the first output. After Effects alone may take minutes to start on a cold disk. */
  start: z.number().positive().nullable().default(300),
  /** Between two signs of life. The usual cause is missing footage, or a dialog that nobody can see. */
  stall: z.number().positive().nullable().default(600),
  /** For a whole attempt; off, since a long composition may take hours. */
  total: z.number().positive().nullable().default(null),
});

const aerenderSchema = z.strictObject({
  /** Paths by version: `{ ae2026: '/…/aerender' }`. Left out: found in the usual install folders. */
  binaries: z.record(z.string(), z.string().min(1)).default({}),
  /** After Effects' multi-frame rendering. Left out: After Effects' own setting. */
  multiFrame: z.strictObject({ enabled: z.boolean(), maxCpuPercent: z.int().min(1).max(100).default(100) }).optional(),
  /** The share of the machine's memory that one After Effects may take, percent. Left out: its own setting. */
  maxMemoryPercent: z.int().min(1).max(100).optional(),
  timeouts: timeoutsSchema.prefault({}),
  /** Your own output module templates by codec id, where Adobe's default ones do not serve. */
  outputModules: z
    .record(
      z.string().refine((id) => findCodec(id) !== undefined, {
        message: `must be one of ${CODECS.map((codec) => codec.id).join(', ')}`,
      }),
      z.string().min(1),
    )
    .default({}),
});

const engineOptionsSchema = z.strictObject({
  /** The SQLite file, made where there is none; or `:memory:`. */
  database: z.string().min(1),
  /** The folder where outputs are published; made where there is none. */
  outputDir: z.string().min(1),
  /** Renders at the same time. */
  workers: z.int().min(1).max(64).optional(),
  /** Opens without rendering: create, get, cancel and watch work, and another process may render. `resume()` begins. */
  paused: z.boolean().default(false),
  aerender: aerenderSchema.prefault({}),
  /** `low`: renderers run at a low priority of the system, so that other programs of the machine stay quick. */
  priority: z.enum(['normal', 'low']).default('normal'),
  /** Further attempts after a crash, a hang or a lost worker; a fault of the input is never tried again. */
  retries: z.int().min(0).max(10).default(1),
  /** Jobs may run scripts of their own (assets of type `script`), which can do what After Effects can do. */
  allowScripts: z.boolean().default(false),
  /** Which attempts leave their work folder behind for a look. */
  keepWorkDirs: z.enum(['never', 'failed', 'always']).default('never'),
  /** Folders with fonts, besides those of the system and of each template. */
  fonts: z.array(z.string().min(1)).default([]),
  /** `full` flushes every write to the disk, also those of attempts: a power cut then repeats no render. `create`, `cancel` and `retry` are always flushed. */
  synchronous: z.enum(['normal', 'full']).default('normal'),
  /** Bytes of log kept for a job; what is over is cut from its middle, with a mark. */
  logLimit: z.int().min(1024).max(1_073_741_824).default(1_048_576),
  /** The wall clock, in milliseconds since 1970; for tests. Time-outs use the monotonic clock. */
  clock: z.custom<() => number>((value) => typeof value === 'function', { message: 'must be a function' }).optional(),
});

/** What `BatchEngine.open` takes. */
export type EngineOptions = z.input<typeof engineOptionsSchema>;

/** The options with their defaults, and absolute paths. */
export interface EngineConfig extends Omit<z.output<typeof engineOptionsSchema>, 'workers' | 'clock'> {
  workers: number;
  clock: () => number;
  /** The folder of the engine's font library. */
  fontLibrary: string;
}

const GIBIBYTE = 2 ** 30;

/** One After Effects wants some 6 GiB and two cores to be of use; more beside each other only slow each other down. */
function defaultWorkers(): number {
  return Math.max(1, Math.min(Math.floor(availableParallelism() / 2), Math.floor(totalmem() / (6 * GIBIBYTE))));
}

/** The library goes with its database; one in memory has none that lasts, and uses the folder that is ours anyway. */
function fontLibraryOf({ database, outputDir }: { database: string; outputDir: string }): string {
  return database === ':memory:' ? resolve(outputDir, '.aerender-batch', 'fonts') : `${resolve(database)}-fonts`;
}

/** Checks the options of `BatchEngine.open` and fills in the defaults; throws `ValidationError` with every fault. */
export function readOptions(options: EngineOptions): EngineConfig {
  const parsed = engineOptionsSchema.safeParse(options, { error: faultMessage });
  if (!parsed.success) {
    const details = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
    const list = details.map(({ field, message }) => `${field || 'options'}: ${message}`).join('; ');
    throw new ValidationError(`The options of BatchEngine.open are wrong: ${list}`, details);
  }
  const config = parsed.data;
  return {
    ...config,
    database: config.database === ':memory:' ? config.database : resolve(config.database),
    outputDir: resolve(config.outputDir),
    fonts: config.fonts.map((folder) => resolve(folder)),
    workers: config.workers ?? defaultWorkers(),
    clock: config.clock ?? Date.now,
    fontLibrary: fontLibraryOf(config),
  };
}
