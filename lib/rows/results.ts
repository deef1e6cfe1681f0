import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { ValidationError } from '../errors.ts';

/** What became of a row. */
export interface RowOutcome {
  /** As a spreadsheet numbers it. */
  row: number;
  /** The cell of the key column; null without one. */
  key: string | null;
  /**
   * `unchanged`: its film was there already. `refused`: it was faulty, and no job was made of it. The others are the ends
   * of a job.
   */
  state: 'finished' | 'unchanged' | 'error' | 'cancelled' | 'refused';
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

const HEADER = ['row', 'key', 'state', 'file', 'error code', 'error', 'duration', 'warnings'];
const MARK = '\ufeff';

/**
 * A table of what became of the rows, which grows with each. Every line is on the disk before the next one: a crash leaves
 * a table that ends early. It has a byte order mark, by which spreadsheets know UTF-8, and a value that one would take
 * for a formula has a ' before it.
 */
export class ResultsFile implements Disposable {
  readonly #file: number;
  readonly #delimiter: string;

  /**
   * A file of earlier results is begun anew; any other one is left as it is.
   *
   * @throws {ValidationError}
   */
  constructor(path: string, { delimiter, sheet }: { delimiter: string; sheet: string }) {
    if (resolve(path) === resolve(sheet)) throw wrong(path, 'is the sheet itself');
    if (existsSync(path) && !isResults(path)) throw wrong(path, 'is there already, and holds no results');
    this.#delimiter = delimiter;
    try {
      this.#file = openSync(path, 'w');
    } catch (error) {
      throw wrong(path, `cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#write(MARK + this.#line(HEADER));
  }

  /** Writes the line of a row, and waits until it is on the disk. */
  add({ row, key, state, file, errorCode, error, duration, warnings }: RowOutcome): void {
    const seconds = duration === null ? '' : String(Math.round(duration * 100) / 100);
    const cells = [
      String(row),
      key ?? '',
      state,
      file ?? '',
      errorCode ?? '',
      error ?? '',
      seconds,
      warnings.join('\n'),
    ];
    this.#write(this.#line(cells));
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

/** Whether a file begins as this library writes it, whatever parts its cells. */
function isResults(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(Buffer.byteLength(MARK + HEADER.join(',')));
    const text = head.subarray(0, readSync(file, head)).toString();
    return text === '' || /^\ufeffrow(.)key\1state\1file\1error code\1error\1duration\1warnings$/.test(text);
  } finally {
    closeSync(file);
  }
}

function wrong(path: string, reason: string): ValidationError {
  const message = `The results cannot go to ${path}: it ${reason}; name another file`;
  return new ValidationError(message, [{ field: 'results', message }]);
}
