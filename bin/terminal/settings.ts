import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { EngineOptions } from '../../lib/config.ts';
import { type ErrorDetail, ValidationError } from '../../lib/errors.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';

/** The options that every command takes, as commander gives them: before or after the command's name. */
export interface GlobalOptions {
  db?: string;
  out?: string;
  config?: string;
  workers?: string;
  retries?: string;
  fonts?: string[];
  aerender?: string[];
  allowScripts?: boolean;
  renderer?: string;
  allowUnsupported?: boolean;
  ffmpeg?: string;
  supersample?: string;
  json?: boolean;
}

/** One option of `BatchEngine.open` that can be given outside of a config file. */
interface Setting {
  /** Its path in the options: `aerender.timeouts.stall`. */
  field: string;
  /** The key of the global option, if it has one, and how it is written. */
  flag?: { key: keyof GlobalOptions; name: string };
  variable: string;
  /** A flag that is repeated; in the environment, texts that the system's delimiter of paths parts. */
  isList?: boolean;
  /** Throws an `Error` whose message is the reason. */
  read: (texts: readonly string[]) => unknown;
}

/** Each can be set in the environment; a flag of the command line counts more, the config file less. */
export const SETTINGS: readonly Setting[] = [
  { field: 'database', flag: { key: 'db', name: '--db' }, variable: 'AERENDER_BATCH_DB', read: one(path) },
  { field: 'outputDir', flag: { key: 'out', name: '--out' }, variable: 'AERENDER_BATCH_OUT', read: one(path) },
  {
    field: 'workers',
    flag: { key: 'workers', name: '--workers' },
    variable: 'AERENDER_BATCH_WORKERS',
    read: one(wholeNumber),
  },
  {
    field: 'retries',
    flag: { key: 'retries', name: '--retries' },
    variable: 'AERENDER_BATCH_RETRIES',
    read: one(wholeNumber),
  },
  {
    field: 'fonts',
    flag: { key: 'fonts', name: '--fonts' },
    variable: 'AERENDER_BATCH_FONTS',
    isList: true,
    read: (folders) => folders.map((folder) => resolve(folder)),
  },
  {
    field: 'aerender.binaries',
    flag: { key: 'aerender', name: '--aerender' },
    variable: 'AERENDER_BATCH_AERENDER',
    isList: true,
    read: binariesOf,
  },
  {
    field: 'allowScripts',
    flag: { key: 'allowScripts', name: '--allow-scripts' },
    variable: 'AERENDER_BATCH_ALLOW_SCRIPTS',
    read: one(yesOrNo),
  },
  {
    field: 'renderer',
    flag: { key: 'renderer', name: '--renderer' },
    variable: 'AERENDER_BATCH_RENDERER',
    read: one(String),
  },
  {
    field: 'bundled.allowUnsupported',
    flag: { key: 'allowUnsupported', name: '--allow-unsupported' },
    variable: 'AERENDER_BATCH_ALLOW_UNSUPPORTED',
    read: one(yesOrNo),
  },
  {
    field: 'bundled.ffmpeg',
    flag: { key: 'ffmpeg', name: '--ffmpeg' },
    variable: 'AERENDER_BATCH_FFMPEG',
    read: one(String),
  },
  {
    field: 'bundled.supersample',
    flag: { key: 'supersample', name: '--supersample' },
    variable: 'AERENDER_BATCH_SUPERSAMPLE',
    read: one(wholeNumber),
  },
  { field: 'keepWorkDirs', variable: 'AERENDER_BATCH_KEEP_WORK_DIRS', read: one(String) },
  { field: 'logLimit', variable: 'AERENDER_BATCH_LOG_LIMIT', read: one(wholeNumber) },
  { field: 'synchronous', variable: 'AERENDER_BATCH_SYNCHRONOUS', read: one(String) },
  { field: 'aerender.maxMemoryPercent', variable: 'AERENDER_BATCH_MAX_MEMORY_PERCENT', read: one(wholeNumber) },
  { field: 'aerender.timeouts.start', variable: 'AERENDER_BATCH_TIMEOUT_START', read: one(secondsOrOff) },
  { field: 'aerender.timeouts.stall', variable: 'AERENDER_BATCH_TIMEOUT_STALL', read: one(secondsOrOff) },
  { field: 'aerender.timeouts.total', variable: 'AERENDER_BATCH_TIMEOUT_TOTAL', read: one(secondsOrOff) },
];

/** Where the engine of a folder keeps what it knows, unless an option says otherwise. */
const DEFAULT_DATABASE = join('renders', 'aerender-batch.db');

/** The options of an engine, and where each of them was given. */
export interface Settings {
  options: EngineOptions;
  /** How the caller wrote an option: `--workers`, `AERENDER_BATCH_WORKERS`, `workers in /…/aerender-batch.config.json`. */
  nameOf(field: string): string;
  /** Whether the caller named the database: a name without a file is a mistake where something is looked up in it. */
  databaseIsNamed: boolean;
}

/** Collects the options of an engine: flags, then the environment, then the config file, then what is found near. */
export async function readSettings(
  flags: GlobalOptions,
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<Settings> {
  const config = await readConfigFile(flags.config ?? env.AERENDER_BATCH_CONFIG, cwd);
  const options: Record<string, unknown> = structuredCloneOf(config);
  const names = new Map<string, string>();
  for (const { field, flag, variable, isList = false, read } of SETTINGS) {
    const flagged = flag === undefined ? undefined : flags[flag.key];
    const name = flagged === undefined ? variable : (flag?.name ?? variable);
    const value = flagged ?? env[variable];
    if (value === undefined || value === '') continue;
    names.set(field, name);
    put(options, field.split('.'), readAs(name, partsOf(value, isList), read));
  }
  const databaseIsNamed = options.database !== undefined;
  options.database ??= nearestDatabase(config, cwd);
  options.outputDir ??= outputFolderOf(String(options.database), config?.folder ?? cwd);
  return {
    options: options as unknown as EngineOptions,
    databaseIsNamed,
    nameOf: (field) => nameOf(field, names, config),
  };
}

/** An error of `BatchEngine.open` in the words of somebody who wrote `--workers 0`, not `{ workers: 0 }`. */
export function asWritten(error: ValidationError, settings: Settings): ValidationError {
  const details: ErrorDetail[] = error.details.map(({ field, message }) => ({
    field,
    message: `${settings.nameOf(field)} ${message}`,
  }));
  return new ValidationError(details.map(({ message }) => message).join('; '), details);
}

function partsOf(value: string | string[] | boolean, isList: boolean): string[] {
  if (Array.isArray(value)) return value;
  return isList
    ? String(value)
        .split(delimiter)
        .filter((part) => part !== '')
    : [String(value)];
}

function readAs(name: string, parts: readonly string[], read: Setting['read']): unknown {
  try {
    return read(parts);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ValidationError(`${name} ${message}`, [{ field: name, message }]);
  }
}

/** A field of the caller's: `aerender.binaries.ae2026` was given by whatever gave `aerender.binaries`. */
function nameOf(field: string, names: ReadonlyMap<string, string>, config: ConfigFile | null): string {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const name = names.get(path);
    if (name !== undefined) return name;
  }
  if (config === null) return field;
  return field === '' ? config.file : `${field} in ${config.file}`;
}

/** The database of this folder or of the nearest one above it, so that it is found from a folder below as well. */
function nearestDatabase(config: ConfigFile | null, cwd: string): string {
  if (config !== null) return join(config.folder, DEFAULT_DATABASE);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const database = join(folder, DEFAULT_DATABASE);
    if (existsSync(database)) return database;
    if (folder === dirname(folder)) return join(cwd, DEFAULT_DATABASE);
  }
}

/** Outputs lie with their database, whatever folder the command is called from. */
function outputFolderOf(database: string, folder: string): string {
  if (database === ':memory:') return join(folder, 'renders');
  const beside = dirname(database);
  return basename(beside) === 'renders' ? beside : join(beside, 'renders');
}

function structuredCloneOf(config: ConfigFile | null): Record<string, unknown> {
  // Functions may be among the options, so only the objects that are written to below are copied.
  const options = { ...config?.options };
  if (isObject(options.aerender)) {
    const { timeouts } = options.aerender;
    options.aerender = { ...options.aerender, ...(isObject(timeouts) ? { timeouts: { ...timeouts } } : {}) };
  }
  return options;
}

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const next = isObject(target[key]) ? target[key] : {};
  target[key] = next;
  put(next, rest, value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function one<Value>(read: (text: string) => Value): Setting['read'] {
  return ([text = '']) => read(text);
}

function path(text: string): string {
  return text === ':memory:' ? text : resolve(text);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value)) throw new Error(`must be a whole number, not '${text}'`);
  return value;
}

function secondsOrOff(text: string): number | null {
  if (text === 'off') return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`must be seconds or 'off', not '${text}'`);
  return value;
}

function yesOrNo(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new Error(`must be 'true' or 'false', not '${text}'`);
}

function binariesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals > 0) return [pair.slice(0, equals), resolve(pair.slice(equals + 1))];
      throw new Error(`must be a version and a path, such as ae2026=/path/to/aerender; got '${pair}'`);
    }),
  );
}
