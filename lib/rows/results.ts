import { closeSync, existsSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { reasonOf, ValidationError } from '../errors.ts';
import { isMissing, readHeadSync } from '../files.ts';

/** What became of a row, or of a job that was made of none. */
export interface RowOutcome {
  /** The name of its sheet; null for a job of a batch file. */
  sheet: string | null;
  /** As a spreadsheet numbers it; null for a job of a batch file. */
  row: number | null;
  /** The cell of the key column; null without one. */
  key: string | null;
  /** The batch that its job is in; null if no job was made of it. */
  batchId: string | null;
  /** The place of its job in the batch, from 0; null if no job was made of it. */
  index: number | null;
  jobId: string | null;
  /**
   * `unchanged`: its film was there already. `refused`: it was faulty, and no job was made of it. `waiting`: the program
   * was stopped before its job came to an end. The others are the ends of a job.
   */
  state: 'finished' | 'unchanged' | 'error' | 'cancelled' | 'refused' | 'waiting';
  /** The film, absolute; null if there is none. */
  file: string | null;
  errorCode: string | null;
  error: string | null;
  /** Seconds of the render; null if there was none. */
  duration: number | null;
  warnings: readonly string[];
  /** The renderer's words, for the report; null if there was no render. */
  log: string | null;
}

/** What a person calls each of these outcomes: `row 17`, `job 3`, with the sheet or the batch if there are several. */
export function namesOf(outcomes: readonly RowOutcome[]): (outcome: RowOutcome) => string {
  const sheets = new Set(outcomes.filter(({ row }) => row !== null).map(({ sheet }) => sheet));
  const batches = new Set(outcomes.filter(({ row }) => row === null).map(({ batchId }) => batchId));
  return ({ sheet, row, batchId, index }) => {
    if (row !== null) return sheets.size > 1 ? `${sheet} row ${row}` : `row ${row}`;
    return batches.size > 1 ? `batch ${batchId} job ${index}` : `job ${index}`;
  };
}

const HEADER = [
  ...['row', 'key', 'state', 'file', 'error code', 'error', 'duration', 'warnings'],
  ...['batch', 'job', 'job id'],
];
const MARK = '\ufeff';

/** How a file of results begins, whatever character parts its cells. */
const BEGIN = new RegExp(`^${MARK}${HEADER.join('\\1').replace('\\1', '(.)')}$`);

/**
 * A table of what became of the rows, which grows with each. Every line is on the disk before the next one: a crash leaves
 * a table that ends early. It has a byte order mark, by which spreadsheets know UTF-8, and a value that one would take
 * for a formula has a ' before it.
 */
export class ResultsFile implements Disposable {
  readonly #file: number;
  readonly #delimiter: string;

  /**
   * A file of earlier results is begun anew; any other one is left as it is. Without a `delimiter`, the cells are parted as
   * they were there, or by commas. `sheet` is a file that is not to be replaced.
   *
   * @throws {ValidationError}
   */
  constructor(path: string, { delimiter, sheet }: { delimiter?: string; sheet?: string } = {}) {
    if (sheet !== undefined && resolve(path) === resolve(sheet)) throw wrong(path, 'is the sheet itself');
    const earlier = requireResults(path);
    this.#delimiter = delimiter ?? earlier ?? ',';
    try {
      this.#file = openSync(path, 'w');
    } catch (error) {
      throw wrong(
        path,
        isMissing(error) ? 'is in a folder that is not there' : `cannot be written: ${reasonOf(error)}`,
      );
    }
    this.#write(MARK + this.#line(HEADER));
  }

  /** Writes the line of a row, and waits until it is on the disk. */
  add(outcome: RowOutcome): void {
    this.#write(this.#lineOf(outcome));
  }

  /** Writes the lines of many rows at once, and waits until they are on the disk. */
  addAll(outcomes: readonly RowOutcome[]): void {
    if (outcomes.length > 0) this.#write(outcomes.map((outcome) => this.#lineOf(outcome)).join(''));
  }

  #lineOf(outcome: RowOutcome): string {
    const { row, key, state, file, errorCode, error, duration, warnings, batchId, index, jobId } = outcome;
    const seconds = duration === null ? '' : String(Math.round(duration * 100) / 100);
    const cells = [
      String(row ?? ''),
      key ?? '',
      state,
      file ?? '',
      errorCode ?? '',
      error ?? '',
      seconds,
      warnings.join('\n'),
      batchId ?? '',
      String(index ?? ''),
      jobId ?? '',
    ];
    return this.#line(cells);
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    closeSync(this.#file);
  }

  #line(cells: readonly string[]): string {
    return stringify([[...cells]], {
      delimiter: this.#delimiter,
      escape_formulas: true,
      record_delimiter: '\r\n',
      quoted_match: /[\r\n]/,
    });
  }

  #write(text: string): void {
    writeSync(this.#file, text);
    fsyncSync(this.#file);
  }
}

/**
 * Checks that results can be written there: nothing is there yet, or earlier results, of which it returns the delimiter.
 *
 * @throws {ValidationError}
 */
export function requireResults(path: string): string | null {
  if (!existsSync(path)) return null;
  const bytes = Buffer.byteLength(MARK + HEADER.join(','));
  const head = statSync(path).isFile() ? readHeadSync(path, bytes).toString() : null;
  if (head === '') return null;
  const [, delimiter] = BEGIN.exec(head ?? '') ?? [];
  if (delimiter !== undefined) return delimiter;
  throw wrong(path, 'is there already, and holds no results');
}

function wrong(path: string, reason: string): ValidationError {
  const message = `The results cannot go to ${path}: it ${reason}; name another file`;
  return new ValidationError(message, [{ field: 'results', message }]);
}
