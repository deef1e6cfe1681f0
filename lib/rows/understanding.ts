import { suggestNames } from '../contract/faults.ts';
import { EngineError, type Fault } from '../errors.ts';
import { compositionOf } from '../template/composition.ts';
import type { TemplateModel } from '../template/model.ts';
import { type ColumnUse, columnUse } from './columns.ts';
import type { RowFault } from './faults.ts';

/** A template by its content. */
export interface InspectedTemplate {
  model: TemplateModel;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
}

/** What the columns of a sheet are to one composition of one template. */
export interface UnderstoodColumns {
  /** The template file, absolute. */
  path: string;
  hash: string;
  /** The composition as rows name it; null: the template's main one. */
  composition: string | null;
  /** By the header of the sheet; those that do nothing to the template are not in it. */
  uses: ReadonlyMap<string, ColumnUse>;
  /** Whether every column is something to the template. */
  whole: boolean;
}

/** A column that is asked of the template: its header in the sheet, and the header that it stands for. */
export interface AskedColumn {
  column: string;
  meaning: string;
  /** It is the key or a part of the name of the output, so that it need be nothing of the template. */
  optional: boolean;
}

/** Asks the templates of a sheet what its columns are: each template, composition and column once. */
export class Understanding {
  readonly #inspect: (path: string) => Promise<InspectedTemplate>;
  readonly #columns: readonly AskedColumn[];
  readonly #templates = new Map<string, Promise<InspectedTemplate | Fault>>();
  readonly #understood = new Map<string, Promise<UnderstoodColumns | Fault>>();
  /** What is wrong with the headers. */
  readonly faults: RowFault[] = [];

  constructor(columns: readonly AskedColumn[], inspect: (path: string) => Promise<InspectedTemplate>) {
    this.#columns = columns;
    this.#inspect = inspect;
  }

  /** Answers a fault if the template or the composition cannot be used. */
  of(path: string, composition: string | null): Promise<UnderstoodColumns | Fault> {
    const key = JSON.stringify([path, composition]);
    const known = this.#understood.get(key) ?? this.#understand(path, composition);
    this.#understood.set(key, known);
    return known;
  }

  async #understand(path: string, composition: string | null): Promise<UnderstoodColumns | Fault> {
    const reading = this.#templates.get(path) ?? this.#read(path);
    this.#templates.set(path, reading);
    const template = await reading;
    if (!('model' in template)) return template;
    const { model, hash } = template;
    const missing = compositionFault(model, composition);
    if (missing !== null) return { code: 'COMPOSITION_NOT_FOUND', message: missing };
    const uses = new Map<string, ColumnUse>();
    let whole = true;
    for (const { column, meaning, optional } of this.#columns) {
      const use = columnUse(model, composition, meaning);
      if ('code' in use && optional && use.code === 'LAYER_NOT_FOUND') continue;
      if ('code' in use) {
        whole = false;
        this.faults.push({ row: null, column, code: use.code, message: use.message });
      } else uses.set(column, use);
    }
    return { path, hash, composition, uses, whole };
  }

  async #read(path: string): Promise<InspectedTemplate | Fault> {
    try {
      return await this.#inspect(path);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { code: error.code, message: error.message };
    }
  }
}

/** Only a .mogrt has one composition that is meant. */
function compositionFault(model: TemplateModel, composition: string | null): string | null {
  if (!model.complete) return null;
  const names = model.compositions.map(({ name }) => name);
  if (composition === null && model.type !== 'mogrt')
    return `no composition is named: give the option composition, or a column @composition; ${suggestNames('', names)}`;
  if (compositionOf(model, composition) !== undefined) return null;
  return `composition '${composition}' not found in the template; ${suggestNames(composition ?? '', names)}`;
}
