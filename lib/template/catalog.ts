import { stat } from 'node:fs/promises';
import type { TemplateType } from '../contract/formats.ts';
import { EngineError, JobRefusedError } from '../errors.ts';
import { Turns } from '../gate.ts';
import type { Inspection } from './inspect.ts';
import type { TemplateModel } from './model.ts';
import { modelOf, type SharedTexts, sharedText } from './model-pieces.ts';

/** Where models last: by the hash of the file that they were read from. */
interface ModelStore {
  /** One piece of a model, the first is 0; undefined if it is not there. */
  modelPiece(hash: string, index: number): string | undefined;
  saveModelPiece(hash: string, index: number, json: string): void;
}

/** Reads the files of others; the engine's does it in a thread. */
interface TemplateReader {
  hash(path: string): Promise<string>;
  inspect(path: string, type?: TemplateType): Promise<{ hash: string; model: SharedTexts }>;
}

/** What is inside a template file, and by what it is known again. */
interface CatalogEntry extends Inspection {
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
}

/** So many templates are kept in memory; one beyond is taken from the store again. */
const KEPT = 64;

/**
 * What is inside the templates. A file is looked at again only when its time or size has changed, and read only when no
 * file of the same content was ever read: what was found lasts in the store.
 */
export class TemplateCatalog {
  readonly #models: ModelStore;
  readonly #reader: TemplateReader;
  readonly #kept = new Map<string, Promise<CatalogEntry>>();

  constructor(models: ModelStore, reader: TemplateReader) {
    this.#models = models;
    this.#reader = reader;
  }

  /** Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async inspect(path: string, type?: TemplateType): Promise<CatalogEntry> {
    const facts = await factsOf(path);
    const key = JSON.stringify([path, type, facts]);
    const known = this.#kept.get(key);
    if (known !== undefined) return await known;
    const inspected = this.#read(path, type).then((inspection) => ({ ...inspection, ...facts }));
    this.#kept.set(key, inspected);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT && !oldest.done) this.#kept.delete(oldest.value);
    try {
      return await inspected;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  /** What was once found in a file of this content; undefined if none was ever read. */
  async stored(hash: string): Promise<TemplateModel | undefined> {
    return await modelOf((index) => this.#models.modelPiece(hash, index));
  }

  async #read(path: string, type: TemplateType | undefined): Promise<Inspection> {
    const hash = await this.#reader.hash(path);
    const stored = await this.stored(hash);
    // The same bytes announced as something else are read again, and perhaps refused.
    if (stored !== undefined && (type === undefined || type === stored.type)) return { hash, model: stored };
    return await this.#take(await this.#reader.inspect(path, type));
  }

  async #take({ hash, model: texts }: { hash: string; model: SharedTexts }): Promise<Inspection> {
    const model = await modelOf((index) => sharedText(texts, index));
    if (model === undefined) throw new Error('a piece of the model was lost between two threads');
    const turns = new Turns();
    // The first piece is saved last: without it the others do not count.
    for (let index = texts.ends.length - 1; index >= 0; index -= 1) {
      await turns.rest();
      this.#models.saveModelPiece(hash, index, sharedText(texts, index) ?? '');
    }
    return { hash, model };
  }
}

/** Size and time of a file. The inspection reports a missing file in its own words. */
async function factsOf(path: string): Promise<{ size: number; modifiedAt: number }> {
  const facts = await stat(path).catch(() => null);
  return { size: facts?.size ?? 0, modifiedAt: facts?.mtimeMs ?? 0 };
}

/** Where a job's template lies and what it is. */
export interface ResolvedTemplate {
  id: string | null;
  path: string;
  type: TemplateType;
  model: TemplateModel;
  hash: string;
  size: number;
  modifiedAt: number;
}

/** Finds the file that a `src` names. */
interface FileLocator {
  locateFile(src: string): Promise<{ path: string } | { reason: string }>;
}

/** The templates that the engine keeps, by id. */
interface RegisteredTemplates {
  get(id: string): KnownTemplate | undefined;
}

export type KnownTemplate = Pick<ResolvedTemplate, 'id' | 'path' | 'type'>;

/**
 * Finds the templates of the jobs of one call. A template that many of them name is looked at once: within a call the
 * file counts as it was first seen.
 */
export class TemplateFinder {
  readonly #catalog: TemplateCatalog;
  readonly #registered: RegisteredTemplates;
  readonly #locator: FileLocator;
  readonly #resolved = new Map<string, Promise<ResolvedTemplate>>();

  constructor(catalog: TemplateCatalog, registered: RegisteredTemplates, locator: FileLocator) {
    this.#catalog = catalog;
    this.#registered = registered;
    this.#locator = locator;
  }

  /**
   * `known`: where the template was when the job was created. A relative path in the job may lead elsewhere by now.
   *
   * Throws `JobRefusedError`.
   */
  async find(
    template: { id?: string | undefined; src?: unknown },
    known: KnownTemplate | null,
  ): Promise<ResolvedTemplate> {
    const src = typeof template.src === 'string' ? template.src : undefined;
    const key = JSON.stringify(known ?? [template.id, src]);
    const resolved = this.#resolved.get(key) ?? (known === null ? this.#look(template.id, src) : this.#at(known));
    this.#resolved.set(key, resolved);
    try {
      return await resolved;
    } catch (error) {
      if (error instanceof EngineError && error.message !== NOT_FOUND) {
        throw new JobRefusedError(error.code, `template: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }

  async #look(id: string | undefined, src: string | undefined): Promise<ResolvedTemplate> {
    const known = id === undefined ? undefined : this.#registered.get(id);
    if (src !== undefined) {
      const path = await this.#pathOf(src);
      const entry = await this.#catalog.inspect(path);
      return { id: known?.id ?? null, path, type: entry.model.type, ...entry };
    }
    if (known === undefined) throw new JobRefusedError('TEMPLATE_NOT_FOUND', NOT_FOUND);
    return await this.#at(known);
  }

  async #pathOf(src: string): Promise<string> {
    const file = await this.#locator.locateFile(src);
    if ('path' in file) return file.path;
    throw new JobRefusedError('ASSET_SOURCE_UNSUPPORTED', `src: ${file.reason}.`);
  }

  async #at({ id, path, type }: KnownTemplate): Promise<ResolvedTemplate> {
    return { id, path, type, ...(await this.#catalog.inspect(path, type)) };
  }
}

/** The contract's own words, to the letter. */
const NOT_FOUND = 'Template not found';
