import { existsSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { findCodec } from '../../lib/contract/formats.ts';
import { unknownCodec } from '../../lib/contract/settings.ts';
import { ValidationError } from '../../lib/errors.ts';
import { isMissing, MOST_BYTES, readRegularFile } from '../../lib/files.ts';
import { jobsFromRows, type RowJobs } from '../../lib/rows/jobs.ts';
import { type Mapping, parseMapping } from '../../lib/rows/mapping.ts';
import { readRows, type Sheet } from '../../lib/rows/sheet.ts';
import { decodeText } from '../../lib/text-encoding.ts';
import { parseJsonText } from './json-text.ts';

/** By their extensions, files of rows; every other one is a batch. */
const SHEETS = new Set(['.csv', '.tsv', '.txt', '.tab', '.jsonl', '.ndjson']);

/** The spreadsheets' own files, which are no text. */
const WORKBOOKS = new Set(['.xlsx', '.xls', '.xlsm', '.ods', '.numbers']);

/** What `render` and `check` take for a sheet, as commander gives it. */
export interface SheetFlags {
  template?: string;
  composition?: string;
  name?: string;
  key?: string;
  mapping?: string;
  delimiter?: string;
  encoding?: string;
  codec?: string;
  frames?: string;
  overwrite?: boolean;
}

const FLAGS = [
  ...['template', 'composition', 'name', 'key', 'mapping', 'delimiter', 'encoding', 'codec', 'frames', 'overwrite'],
  ...['resume', 'explain'],
] as const;

/** Adds the flags of a sheet to a command. */
export function withSheetFlags(command: Command): Command {
  return command
    .option('--template <file>', 'of a sheet: the template of every row that names none')
    .option('--composition <name>', 'of a sheet: the composition that is rendered')
    .option('--name <pattern>', "of a sheet: the names of the outputs, such as '{row}-{name}'")
    .option('--key <column>', 'of a sheet: the column by which a row is known, whatever else changes in it')
    .option('--mapping <file>', 'of a sheet: what its headers stand for (default: <sheet>.rows.json beside it)')
    .option('--delimiter <character>', "of a sheet: what parts its cells; 'tab' for a tab (default: it is found out)")
    .option('--encoding <name>', 'of a sheet without a byte order mark: its encoding, such as windows-1252')
    .option('--codec <id>', 'of a sheet: the codec of every output, such as video_prores_4444')
    .option('--frames <frames>', 'of a sheet: the frame of every still, such as 12, or the first and last one: 0-24')
    .option('--overwrite', 'of a sheet: replace outputs of the same name');
}

/** Whether a file is a sheet of rows. Throws if it is the file of a spreadsheet program, or has flags that only sheets have. */
export function isSheet(file: string, flags: Readonly<Record<string, unknown>>): boolean {
  const extension = extname(file).toLowerCase();
  if (SHEETS.has(extension)) return true;
  if (WORKBOOKS.has(extension)) throw wrong(file, `is a workbook; save the sheet as CSV (UTF-8), and render that`);
  const given = FLAGS.find((flag) => flags[flag] !== undefined);
  if (given !== undefined) throw wrong(file, `is no sheet (.csv, .tsv, .jsonl), and --${given} is for sheets alone`);
  return false;
}

/** A sheet, and the job of each of its rows. */
export interface SheetJobs {
  sheet: Sheet;
  /** The mapping file that was read. */
  mappingFile: string | null;
  jobs: RowJobs;
}

/** Reads a sheet with its mapping file, and makes its jobs. A flag counts more than the mapping file. */
export async function readSheetJobs(file: string, flags: SheetFlags): Promise<SheetJobs> {
  const mappingFile = flags.mapping ?? (existsSync(mappingFileOf(file)) ? mappingFileOf(file) : null);
  const mapping = { ...(mappingFile === null ? {} : await readMapping(mappingFile)), ...mappingOf(flags) };
  const sheet = await readRows(file, mapping);
  const job = { ...mapping.job, ...jobOf(flags, mapping) };
  return { sheet, mappingFile, jobs: await jobsFromRows(sheet, { ...mapping, job }) };
}

function mappingOf({ template, composition, name, key, delimiter, encoding }: SheetFlags): Mapping {
  if (delimiter !== undefined && !/^(.|tab|\\t)$/su.test(delimiter)) {
    throw wrongFlag('delimiter', `must be one character, or 'tab'; got '${delimiter}'`);
  }
  const given = {
    template: template === undefined ? undefined : resolve(template),
    ...{ composition, name, key, encoding },
    delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function jobOf({ codec, frames, overwrite }: SheetFlags, { job }: Mapping): Mapping['job'] {
  const local = overwrite === true ? { local: { ...job?.local, overwrite: true } } : {};
  if (codec === undefined && frames === undefined) return local;
  const settings = {
    ...job?.settings,
    ...(codec === undefined ? {} : { type: typeOf(codec), codec }),
    ...(frames === undefined ? {} : { frames: framesOf(frames) }),
  };
  if (codec !== undefined && settings.type === 'image' && settings.frames === undefined)
    throw wrongFlag('frames', `is missing: ${codec} makes stills; say of which frame, such as --frames 0`);
  return { ...local, settings };
}

function typeOf(codec: string): 'video' | 'image' {
  const found = findCodec(codec);
  if (found === undefined) throw wrongFlag('codec', unknownCodec(codec));
  return found.type;
}

/** One frame, or the first and the last one. */
function framesOf(text: string): number | [number, number] {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) throw wrongFlag('frames', `must be a frame or the first and last one; got '${text}'`);
  return last === undefined ? Number(first) : [Number(first), Number(last)];
}

function wrongFlag(flag: keyof SheetFlags, reason: string): ValidationError {
  const message = `--${flag} ${reason}`;
  return new ValidationError(message, [{ field: flag, message }]);
}

async function readMapping(file: string): Promise<Mapping> {
  try {
    const text = decodeText(await readRegularFile(file, { maxBytes: MOST_BYTES.batch }));
    return parseMapping(parseJsonText(text), resolve(file));
  } catch (cause) {
    if (cause instanceof ValidationError)
      throw new ValidationError(`The mapping file ${file}: ${cause.message}`, cause.details);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw wrong(file, isMissing(cause) ? 'is not there' : `cannot be read: ${reason}`, 'mapping file');
  }
}

/** The mapping file that is found by itself: `names.rows.json` of `names.csv`. */
export function mappingFileOf(sheet: string): string {
  return join(dirname(sheet), `${basename(sheet, extname(sheet))}.rows.json`);
}

function wrong(file: string, message: string, what = 'file'): ValidationError {
  return new ValidationError(`The ${what} ${file} ${message}`, [{ field: '', message }]);
}
