import { dirname, resolve } from 'node:path';
import type { AssetInput } from '../assets/asset.ts';
import { FilesBeside } from '../assets/files-beside.ts';
import { safeFileName } from '../contract/file-name.ts';
import type { Fault } from '../errors.ts';
import { fileNameKey } from '../files.ts';
import type { JobCreationInput } from '../plan/request.ts';
import { assetOf } from './cell-asset.ts';
import type { RowFault, RowNote } from './faults.ts';
import { fileMark, hashOf, identityOf } from './identity.ts';
import type { RowJob, RowMetadata, RowOptions } from './jobs.ts';
import type { Cell, Sheet, SheetRow } from './sheet.ts';
import type { SheetColumns } from './sheet-columns.ts';
import type { UnderstoodColumns } from './understanding.ts';

type Refuse = (column: string | null, fault: Fault) => void;

/** The template of a row. */
interface TemplatePlace {
  path: string;
  composition: string | null;
  /** The column that names it; null if the options do. */
  column: string | null;
}

/** Makes the jobs of the rows of one sheet, and remembers what must not be there twice. */
export class JobMaker {
  readonly #sheet: Sheet;
  readonly #options: RowOptions;
  readonly #columns: SheetColumns;
  readonly #files: FilesBeside;
  readonly #settings: string;
  /** The row that has a name or a key first. */
  readonly #names = new Map<string, number>();
  readonly #keys = new Map<string, number>();
  readonly #empty = new Map<string, number[]>();

  constructor(sheet: Sheet, options: RowOptions, columns: SheetColumns) {
    this.#sheet = sheet;
    this.#options = options;
    this.#columns = columns;
    this.#files = new FilesBeside(sheet.folder);
    this.#settings = hashOf({ ...options.job, local: { ...options.job?.local, metadata: null } });
  }

  /** The template and composition that a row names, or all rows do. */
  templateOf({ cells }: SheetRow): TemplatePlace | (Fault & { column: string | null }) {
    const textOf = (column: string | undefined) => (column === undefined ? '' : String(cells.get(column) ?? '').trim());
    const { own } = this.#columns;
    const [templates, compositions] = [own.get('@template'), own.get('@composition')];
    const file = textOf(templates);
    const named = textOf(compositions);
    const composition = (named || this.#options.composition) ?? null;
    const { template } = this.#options;
    if (file !== '' && templates !== undefined)
      return { path: resolve(this.#sheet.folder, file), composition, column: templates };
    const column = named === '' ? null : (compositions ?? null);
    if (template !== undefined) return { path: resolve(template), composition, column };
    return { code: 'VALIDATION_ERROR', message: 'names no template', column: templates ?? null };
  }

  /** The job is without the cells that are at fault. `understood` is null if the template could not be read: no job then. */
  make(row: SheetRow, understood: UnderstoodColumns | null): { job: RowJob | null; faults: RowFault[] } {
    const faults: RowFault[] = [];
    const refuse: Refuse = (column, { code, message }) => void faults.push({ row: row.number, column, code, message });
    const key = this.#keyOf(row, refuse);
    const fileName = this.#fileNameOf(row, refuse);
    if (understood === null) return { job: null, faults };
    const { assets, assetColumns, files } = this.#assetsOf(row, understood, refuse);
    const identity = identityOf({
      values: this.#valuesOf(row),
      template: understood.hash,
      composition: understood.composition,
      settings: this.#settings,
      files,
    });
    const metadata: RowMetadata = { sheet: this.#sheet.name, row: row.number, key, ...identity };
    const job = this.#jobOf(row, { understood, assets, fileName, metadata });
    return { job: { row: row.number, job, metadata, assetColumns }, faults };
  }

  #assetsOf(
    row: SheetRow,
    { path, uses }: UnderstoodColumns,
    refuse: Refuse,
  ): Pick<RowJob, 'assetColumns'> & { assets: AssetInput[]; files: Record<string, string> } {
    const own = this.#options.job?.assets ?? [];
    const assets: AssetInput[] = [...own];
    const assetColumns: (string | null)[] = own.map(() => null);
    const files: Record<string, string> = {};
    const style = { decimalComma: this.#sheet.format.delimiter === ';' };
    for (const [column, use] of uses) {
      const cell = row.cells.get(column);
      if (cell === undefined) continue;
      const made = assetOf(use, cell, { template: path, files: this.#files, style });
      if ('code' in made) refuse(column, made);
      else if ('asset' in made) {
        assets.push(made.asset);
        assetColumns.push(column);
        if (made.file !== undefined) files[column] = fileMark(resolve(dirname(path), made.file));
      } else if (use.kind === 'file') this.#empty.set(column, [...(this.#empty.get(column) ?? []), row.number]);
    }
    return { assets, assetColumns, files };
  }

  /** One warning for each column of pictures in which cells are empty: the template's own picture would be in the film. */
  emptyFiles(): RowNote[] {
    return [...this.#empty].map(([column, rows]) => {
      const shown = rows.slice(0, 5).join(', ') + (rows.length > 5 ? ` and ${rows.length - 5} more` : '');
      const where = rows.length === 1 ? `row ${shown}` : `rows ${shown}`;
      return { row: null, column, message: `is empty in ${where}: the template's own file stays there` };
    });
  }

  #jobOf(
    row: SheetRow,
    made: { understood: UnderstoodColumns; assets: AssetInput[]; fileName: string | null; metadata: RowMetadata },
  ): JobCreationInput {
    const { understood, assets, fileName, metadata } = made;
    const base = this.#options.job ?? {};
    const { composition } = understood;
    return {
      ...base,
      template: { ...base.template, src: understood.path, ...(composition === null ? {} : { composition }) },
      assets,
      ...this.#tagsOf(row),
      local: {
        ...base.local,
        ...(fileName === null ? {} : { fileName }),
        metadata: { ...(base.local?.metadata as object | undefined), ...metadata },
      },
    };
  }

  #tagsOf({ cells }: SheetRow): { tags?: string[] } {
    const column = this.#columns.own.get('@tags');
    const { tags = [] } = this.#options.job ?? {};
    const cell = column === undefined ? '' : (cells.get(column) ?? '');
    const list = [tags, Array.isArray(cell) ? cell.map(String) : String(cell)].flatMap((part) =>
      typeof part === 'string' ? part.split(',') : part,
    );
    const all = [...new Set(list.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
    return all.length === 0 ? {} : { tags: all };
  }

  #valuesOf({ cells }: SheetRow): Record<string, Cell> {
    return Object.fromEntries([...cells].filter(([column]) => this.#columns.meant.has(column)));
  }

  #keyOf(row: SheetRow, refuse: Refuse): string | null {
    const { key } = this.#columns;
    if (key === null || !this.#sheet.columns.includes(key)) return null;
    const value = String(row.cells.get(key) ?? '').trim();
    const first = this.#keys.get(value);
    if (value === '') refuse(key, { code: 'VALIDATION_ERROR', message: 'is empty, and the row is known by it' });
    else if (first !== undefined)
      refuse(key, { code: 'VALIDATION_ERROR', message: `'${value}' is the key of row ${first} as well` });
    else this.#keys.set(value, row.number);
    return value;
  }

  /** Null: the output is named by the id of its job. */
  #fileNameOf(row: SheetRow, refuse: Refuse): string | null {
    const textOf = (column: string) => String(row.cells.get(column) ?? '').trim();
    const column = this.#columns.own.get('@file') ?? null;
    const named = column === null ? '' : textOf(column);
    const { pattern } = this.#columns;
    if (named === '' && pattern === null) return null;
    const wanted = named === '' && pattern !== null ? pattern.nameFor(row.number, textOf) : named;
    const at = named === '' ? null : column;
    const name = safeFileName(wanted);
    if (name === '') {
      refuse(at, { code: 'VALIDATION_ERROR', message: `'${wanted}' holds nothing that a file can be named by` });
      return null;
    }
    const first = this.#names.get(fileNameKey(name));
    if (first !== undefined) {
      refuse(at, { code: 'OUTPUT_EXISTS', message: `the file name '${name}' is that of row ${first} as well` });
      return null;
    }
    this.#names.set(fileNameKey(name), row.number);
    return name;
  }
}
