import type { ErrorCode } from '../errors.ts';

/** Something of a sheet, and the place where it has to be mended. */
export interface RowNote {
  /** The number that a spreadsheet shows beside the row, or the line of a JSONL file; null: it is about no single row. */
  row: number | null;
  /** As the sheet calls it; null: it is about no single column. */
  column: string | null;
  message: string;
}

/** Why a row cannot be rendered. */
export interface RowFault extends RowNote {
  code: ErrorCode;
}

/** A fault or a warning with its place before it: `names.csv row 17, column photo: 'anna.jpg' is not there`. */
export function inWords(sheet: string, { row, column, message }: RowNote): string {
  const places = [
    ...(row === null ? [] : [`row ${row}`]),
    ...(column === null ? [] : [`column ${column.replaceAll(/\s+/g, ' ')}`]),
  ];
  return `${sheet}${places.length === 0 ? '' : ` ${places.join(', ')}`}: ${message}`;
}
