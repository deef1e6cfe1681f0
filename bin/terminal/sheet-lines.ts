import { inWords, type RowFault, type RowNote } from '../../lib/rows/faults.ts';
import { plain, print, style } from './print.ts';
import { asOnCommandLine } from './words.ts';

/** What is about the whole sheet first, then row by row. */
export function inOrder(faults: readonly RowFault[]): RowFault[] {
  return faults.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
}

/** Prints every fault of a sheet with the place of its cell. */
export function printRowFaults(sheet: string, faults: readonly RowFault[]): void {
  for (const fault of faults) {
    const words = inWords(sheet, fault)
      .replace('local.fileName: ', '')
      .replace('set local.overwrite to replace it', 'replace it with --overwrite, or leave it with --resume');
    print(`  ${style('red', '✗')} ${plain(asOnCommandLine(words))} [${fault.code}]`);
  }
}

/** Prints the warnings of a sheet; one that many rows share is one line. */
export function printNotes(sheet: string, notes: readonly RowNote[]): void {
  const rowsOf = new Map<string, RowNote[]>();
  for (const note of notes) {
    const key = JSON.stringify([note.column, note.message]);
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), note]);
  }
  for (const alike of rowsOf.values()) {
    const [first] = alike;
    if (first === undefined) continue;
    const rows = [...new Set(alike.map(({ row }) => row))];
    const words = inWords(sheet, rows.length === 1 ? first : { ...first, row: null });
    const many = rows.length === 1 ? '' : ` (${rows.length} rows)`;
    print(`  ${style('yellow', '!')} ${plain(asOnCommandLine(words))}${many}`);
  }
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
