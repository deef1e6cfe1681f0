import { suggestNames } from '../contract/faults.ts';
import { type Fault, reasonOf } from '../errors.ts';
import { isOwnColumn, type OwnColumn, ownColumnFault } from './columns.ts';
import type { RowFault } from './faults.ts';
import type { RowOptions } from './jobs.ts';
import { type NamePattern, parseNamePattern } from './name-pattern.ts';
import type { Sheet } from './sheet.ts';
import type { AskedColumn } from './understanding.ts';

/** The headers of a sheet by what they stand for. */
export interface SheetColumns {
  /** Those that the template is asked about. */
  asked: AskedColumn[];
  /** By our name: the header. */
  own: Map<OwnColumn, string>;
  pattern: NamePattern | null;
  key: string | null;
  /** Headers whose cells decide something about the film. */
  meant: ReadonlySet<string>;
  faults: RowFault[];
}

/** Reads the headers of a sheet, with its mapping, the pattern of the outputs' names and the key. */
export function readColumns(sheet: Sheet, options: RowOptions): SheetColumns {
  const { columns: mapping = {}, name, key } = options;
  const faults: RowFault[] = [];
  const refuse = (column: string | null, { code, message }: Fault) =>
    void faults.push({ row: null, column, code, message });
  const wrong = (message: string): Fault => ({ code: 'VALIDATION_ERROR', message });
  for (const header of Object.keys(mapping)) {
    if (sheet.columns.includes(header)) continue;
    const names = suggestNames(header, sheet.columns);
    refuse(null, wrong(`the mapping names a column '${header}', which the sheet does not have; ${names}`));
  }
  let pattern: NamePattern | null = null;
  try {
    if (name !== undefined) pattern = parseNamePattern(name, sheet.columns);
  } catch (error) {
    refuse(null, wrong(`the name '${name}' ${reasonOf(error)}`));
  }
  if (key !== undefined && !sheet.columns.includes(key))
    refuse(null, wrong(`the key column '${key}' is not there; ${suggestNames(key, sheet.columns)}`));
  const named: readonly string[] = [...(pattern?.columns ?? []), ...(key === undefined ? [] : [key])];
  const own = new Map<OwnColumn, string>();
  const asked: AskedColumn[] = [];
  for (const column of sheet.columns) {
    const meaning = Object.hasOwn(mapping, column) ? mapping[column] : column;
    if (meaning === null || meaning === undefined) continue;
    if (isOwnColumn(meaning)) own.set(meaning, column);
    else if (meaning.startsWith('@')) refuse(column, ownColumnFault(meaning));
    else if (!meaning.startsWith('#')) asked.push({ column, meaning, optional: named.includes(column) });
  }
  if (options.template === undefined && !own.has('@template'))
    refuse(null, wrong('no template is named: give the option template, or a column @template'));
  const meant = new Set([...asked.map(({ column }) => column), ...own.values(), ...named]);
  const when = own.get('@when');
  if (when !== undefined) meant.delete(when);
  return { asked, own, pattern, key: key ?? null, meant, faults };
}
