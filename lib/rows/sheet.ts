import { basename, dirname, extname, resolve } from 'node:path';
import { invalid } from '../contract/faults.ts';
import { ValidationError } from '../errors.ts';
import { isMissing, MOST_BYTES, readRegularFile } from '../files.ts';
import { EncodingFault } from '../text-encoding.ts';
import { CsvFault, parseCsv } from './csv.ts';
import type { RowFault, RowNote } from './faults.ts';
import { type Cell, JsonlFault, parseJsonl } from './jsonl.ts';
import { decodeSheet } from './sheet-text.ts';

export type { Cell } from './jsonl.ts';

/** A sheet as it was read: nothing of it is understood yet. */
export interface Sheet {
  /** The file's name without its folder, for messages: `names.csv`. */
  name: string;
  /** The folder in which its pictures are looked for. */
  folder: string;
  /** The headers, in the order of the columns. */
  columns: string[];
  /** Those that hold something. */
  rows: SheetRow[];
  /** How its cells are written. */
  format: SheetFormat;
  /** What is wrong with its form: a header that is there twice, a row with more cells than the header. */
  faults: RowFault[];
  /** What may not be what was wanted. */
  warnings: RowNote[];
}

/** A row that holds something. */
export interface SheetRow {
  /** As a spreadsheet numbers it: the header is row 1. For JSONL, the line. */
  number: number;
  /** By the header of the column. A cell that is not there holds nothing; one that is empty holds an empty text. */
  cells: ReadonlyMap<string, Cell>;
}

/** How the cells of a sheet are written. */
export interface SheetFormat {
  kind: 'csv' | 'jsonl';
  /** What parts the cells: `,`, `;`, a tab or `|`. A comma for JSONL. */
  delimiter: string;
}

/** How a sheet is read. */
export interface ReadRowsOptions {
  /** What parts the cells of a CSV file. Left out: it is found out. */
  delimiter?: string;
  /** The encoding of a sheet that has no byte order mark, by its name on the web: `windows-1252`. Left out: UTF-8. */
  encoding?: string;
}

/** By their extensions; every other file is CSV. */
const JSONL = new Set(['.jsonl', '.ndjson']);

/**
 * Reads a sheet: CSV (RFC 4180) with any usual delimiter, or JSONL with one object a line (`.jsonl`, `.ndjson`); UTF-8 or
 * UTF-16.
 *
 * @throws {ValidationError} The file is not there, or is no such sheet; the message names the row.
 * @example
 * const sheet = await readRows('names.csv');
 * const { jobs, faults } = await jobsFromRows(sheet, { template: 'promo.aep', composition: 'main' });
 */
export async function readRows(file: string, options: ReadRowsOptions = {}): Promise<Sheet> {
  const name = basename(file);
  let bytes: Uint8Array;
  try {
    bytes = await readRegularFile(file, { maxBytes: MOST_BYTES.batch });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sheetFault(file, isMissing(error) ? 'is not there' : `cannot be read: ${reason}`);
  }
  const isJsonl = JSONL.has(extname(file).toLowerCase());
  return parseRows(bytes, { ...options, name, folder: dirname(resolve(file)), kind: isJsonl ? 'jsonl' : 'csv' });
}

/** How a sheet in memory is read. */
export interface ParseRowsOptions extends ReadRowsOptions {
  /** For messages. */
  name?: string;
  /** Where the pictures of the rows are. Left out: the working folder. */
  folder?: string;
  /** Left out: CSV. */
  kind?: 'csv' | 'jsonl';
}

/**
 * Reads a sheet that is in memory: bytes, or a text.
 *
 * @throws {ValidationError}
 * @example
 * const sheet = parseRows('name;photo\nAda;ada.jpg\n', { folder: '/pictures' });
 */
export function parseRows(content: Uint8Array | string, options: ParseRowsOptions = {}): Sheet {
  const { name = 'the sheet', folder = process.cwd(), kind = 'csv', delimiter, encoding } = options;
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    throw invalid('content', 'must be a text or bytes');
  try {
    const text = typeof content === 'string' ? content : decodeSheet(content, encoding);
    const sheet = kind === 'jsonl' ? jsonlSheet(text) : csvSheet(text, delimiter);
    return { name, folder: resolve(folder), ...sheet };
  } catch (error) {
    const isFault = error instanceof CsvFault || error instanceof JsonlFault || error instanceof EncodingFault;
    if (isFault) throw sheetFault(name, `cannot be read: ${error.message}`);
    throw error;
  }
}

function sheetFault(name: string, message: string): ValidationError {
  return new ValidationError(`The sheet ${name} ${message}`, [{ field: '', message }]);
}

type ReadSheet = Omit<Sheet, 'name' | 'folder'>;

function jsonlSheet(text: string): ReadSheet {
  const rows = parseJsonl(text).map(({ line, cells }) => ({ number: line, cells }));
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  const empty = rows.length === 0 ? [fault(null, null, 'holds no row')] : [];
  return { columns, rows, format: { kind: 'jsonl', delimiter: ',' }, faults: empty, warnings: [] };
}

function csvSheet(text: string, wanted: string | undefined): ReadSheet {
  const { records, delimiter } = parseCsv(text, wanted);
  const format = { kind: 'csv', delimiter } as const;
  const top = records.findIndex(isFilled);
  const headers = (records[top] ?? []).map((header) => header.replaceAll(/\s+/g, ' ').trim());
  const body = records.slice(top + 1).map((cells, at) => ({ number: top + at + 2, cells }));
  const filled = body.filter(({ cells }) => isFilled(cells));
  const faults = [...headerFaults(headers, filled), ...widthFaults(headers, filled)];
  if (top < 0) faults.push(fault(null, null, 'is empty; its first row names the columns'));
  else if (filled.length === 0) faults.push(fault(null, null, 'holds no row but its header'));
  const columns = [...new Set(headers.filter((header) => header !== ''))];
  const rows = filled.map(({ number, cells }) => ({ number, cells: cellsBelow(headers, cells) }));
  return { columns, rows, format, faults, warnings: formulaWarnings(rows) };
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '');
}

/** Line breaks within a cell become LF, as a text layer takes them. */
function cellsBelow(headers: readonly string[], cells: readonly string[]): Map<string, Cell> {
  const row = new Map<string, Cell>();
  for (const [at, header] of headers.entries())
    if (header !== '' && !row.has(header)) row.set(header, (cells[at] ?? '').replaceAll(/\r\n?/g, '\n'));
  return row;
}

interface NumberedCells {
  number: number;
  cells: readonly string[];
}

/** A column without a header is no fault if nothing is in it, as spreadsheets write them at the end. */
function headerFaults(headers: readonly string[], rows: readonly NumberedCells[]): RowFault[] {
  return headers.flatMap((header, at) => {
    const used = rows.find(({ cells }) => (cells[at] ?? '').trim() !== '');
    if (header === '') {
      const message = `column ${letters(at)} has a value here and no header; name the layer, or begin its header with # to leave it out`;
      return used === undefined ? [] : [fault(used.number, null, message)];
    }
    const first = headers.indexOf(header);
    if (first === at) return [];
    return [fault(null, header, `columns ${letters(first)} and ${letters(at)} have this header; which one counts?`)];
  });
}

/** A delimiter in a text that is not in quotes parts it: what follows would land in the next column. */
function widthFaults(headers: readonly string[], rows: readonly NumberedCells[]): RowFault[] {
  return rows.flatMap(({ number, cells }) => {
    if (!isFilled(cells.slice(headers.length))) return [];
    const message = `has ${cells.length} cells, and the header has ${headers.length}; a text with a delimiter in it stands in quotes`;
    return [fault(number, null, message)];
  });
}

/** A spreadsheet that shows formulas in place of values exports them as well. */
function formulaWarnings(rows: readonly SheetRow[]): RowNote[] {
  return rows.flatMap(({ number, cells }) =>
    [...cells].flatMap(([column, cell]) =>
      typeof cell === 'string' && /^=\s*[\p{L}\d(]/u.test(cell)
        ? [{ row: number, column, message: `'${cell.slice(0, 40)}' looks like a formula; it is taken as a text` }]
        : [],
    ),
  );
}

function fault(row: number | null, column: string | null, message: string): RowFault {
  return { row, column, code: 'VALIDATION_ERROR', message };
}

/** The letters of a column, as spreadsheets name it: A, B, …, Z, AA. */
function letters(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest === 0 ? '' : letters(rest - 1)) + String.fromCharCode(65 + (at % 26));
}
