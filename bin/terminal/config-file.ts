import { existsSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { ValidationError } from '../../lib/errors.ts';
import { MOST_BYTES, readRegularFile } from '../../lib/files.ts';
import { decodeText } from '../../lib/text-encoding.ts';
import { parseJsonText } from './json-text.ts';

/** Not there in Node 22.14, so it cannot be imported by its name. */
const { registerHooks } = nodeModule as Partial<typeof nodeModule>;

/** In the order in which a folder is looked at. */
const NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `aerender-batch.config.${extension}`);

/** The options of a project that the command line is used in. */
export interface ConfigFile {
  file: string;
  folder: string;
  /** As `BatchEngine.open` takes them, each of them optional, its paths absolute. */
  options: Record<string, unknown>;
}

/** Reads the config file that is named, or the nearest one in this folder and those above it; null if there is none. */
export async function readConfigFile(named: string | undefined, cwd: string): Promise<ConfigFile | null> {
  const file = named === undefined ? findUpward(cwd) : resolve(cwd, named);
  if (file === null) return null;
  const folder = dirname(file);
  return { file, folder, options: withAbsolutePaths(await optionsOf(file), folder) };
}

function findUpward(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const name = NAMES.find((candidate) => existsSync(join(folder, candidate)));
    if (name !== undefined) return join(folder, name);
    if (folder === dirname(folder)) return null;
  }
}

async function optionsOf(file: string): Promise<Record<string, unknown>> {
  const extension = extname(file);
  if (!existsSync(file)) throw fault(file, 'is not there');
  if (!statSync(file).isFile()) throw fault(file, 'is a folder, not a file');
  if (!EXTENSIONS.has(extension)) throw fault(file, 'must be a .ts, .mts, .cts, .js, .mjs, .cjs or .json file');
  let value: unknown;
  try {
    value = extension === '.json' ? await readJson(file) : await importDefault(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault(file, `cannot be read: ${(await syntaxLine(file, cause)) ?? lineOf(file, cause)}${reason}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault(file, 'must hold an object with the options of BatchEngine.open');
  return { ...value };
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']);

/** A fault of its syntax has no place in its stack. Of TypeScript nothing is said. */
async function syntaxLine(file: string, cause: unknown): Promise<string | null> {
  if (!(cause instanceof SyntaxError) || !/\.[cm]?js$/.test(file)) return null;
  const text = (await readRegularFile(file, { maxBytes: MOST_BYTES.script })).toString();
  try {
    parse(text, { ecmaVersion: 'latest', sourceType: file.endsWith('.cjs') ? 'script' : 'module' });
    return null;
  } catch (error) {
    const { loc } = error as { loc?: { line: number } };
    return loc === undefined ? null : `line ${loc.line}: `;
  }
}

/** Where in the file a program went wrong, if its stack says it. */
function lineOf(file: string, cause: unknown): string {
  const stack = (cause instanceof Error ? cause.stack : undefined) ?? '';
  for (const name of [pathToFileURL(file).href, file]) {
    const line = stack.split(name)[1]?.match(/^:(\d+)/)?.[1];
    if (line !== undefined) return `line ${line}: `;
  }
  return '';
}

async function readJson(file: string): Promise<unknown> {
  const value = parseJsonText(decodeText(await readRegularFile(file, { maxBytes: MOST_BYTES.batch })));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // An editor completes the file by it.
  const { $schema: _, ...options } = value as Record<string, unknown>;
  return options;
}

/** The default export, or what the function returns that it is. Node reads TypeScript by itself from 22.18 on. */
async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(file).href;
  using _ = (await isModule(file)) ? asModule(url, extname(file) === '.ts') : null;
  const module = (await import(url)) as { default?: unknown };
  if (module.default === undefined) throw new Error('it has no default export; write `export default { … }`');
  return typeof module.default === 'function' ? await module.default() : module.default;
}

/** Whether a file whose extension leaves it open has the words of a module at the beginning of a line. */
async function isModule(file: string): Promise<boolean> {
  if (!['.ts', '.js'].includes(extname(file))) return false;
  const text = await readRegularFile(file, { maxBytes: MOST_BYTES.script });
  return /^(export|import)\b/m.test(text.toString());
}

/**
 * Has Node read a file as a module though the nearest package.json says `"type": "commonjs"`, as npm writes it: a config
 * file is read by what is in it.
 */
function asModule(url: string, isTypeScript: boolean): Disposable | null {
  // Node 22.15 and newer.
  if (registerHooks === undefined) return null;
  const format = isTypeScript ? 'module-typescript' : 'module';
  const hooks = registerHooks({
    load: (loaded, context, next) => next(loaded, loaded === url ? { ...context, format } : context),
  });
  return { [Symbol.dispose]: () => hooks.deregister() };
}

/** Paths in a config file are relative to it. */
function withAbsolutePaths(options: Record<string, unknown>, folder: string): Record<string, unknown> {
  const absolute = (value: unknown) =>
    typeof value === 'string' && value !== ':memory:' && !isAbsolute(value) ? resolve(folder, value) : value;
  const result = { ...options };
  for (const key of ['database', 'outputDir'] as const) if (key in result) result[key] = absolute(result[key]);
  if (Array.isArray(result.fonts)) result.fonts = result.fonts.map(absolute);
  const { aerender } = result;
  if (isObject(aerender) && 'binaries' in aerender) {
    const named = Object.entries(aerender.binaries ?? {}).map(([version, path]) => [version, absolute(path)]);
    result.aerender = { ...aerender, binaries: Object.fromEntries(named) };
  }
  const { bundled } = result;
  if (isObject(bundled)) {
    // A program without a folder is looked for in PATH.
    const program = (value: unknown) => (typeof value === 'string' && /[\\/]/.test(value) ? absolute(value) : value);
    const { ffmpeg, nodePath } = bundled;
    const files = { ffmpeg: program(ffmpeg), nodePath: absolute(nodePath) };
    result.bundled = { ...bundled, ...onlyThose(files, bundled) };
  }
  for (const key of ['upload', 'webhook'] as const) {
    const taker = result[key];
    if (isObject(taker) && 'folder' in taker) result[key] = { ...taker, folder: absolute(taker.folder) };
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The keys that the caller has given. */
function onlyThose(values: Record<string, unknown>, given: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in given));
}

function fault(file: string, message: string): ValidationError {
  return new ValidationError(`The config file ${file} ${message}`, [{ field: 'config', message }]);
}
