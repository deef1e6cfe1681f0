import { stat } from 'node:fs/promises';
import type { TemplateType } from '../contract/template.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import type { Store } from '../store/store.ts';
import type { Inspection } from '../template/inspect.ts';

/** So many templates are kept in memory; one beyond is taken from the store again. */
const KEPT = 64;

/**
 * What is inside the templates. A file is looked at again only when its time or size has changed, and read only when no
 * file of the same content was ever read: what was found lasts in the store.
 */
export class TemplateCatalog {
  readonly #store: Store;
  readonly #thread: InspectionThread;
  readonly #kept = new Map<string, Promise<Inspection>>();

  constructor(store: Store, thread: InspectionThread) {
    this.#store = store;
    this.#thread = thread;
  }

  /** Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async inspect(path: string, type?: TemplateType): Promise<Inspection> {
    const key = await identityOf(path, type);
    const known = this.#kept.get(key);
    if (known !== undefined) return await known;
    const inspected = this.#look(path, type);
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

  async #look(path: string, type: TemplateType | undefined): Promise<Inspection> {
    const { templates } = this.#store;
    const hash = await this.#thread.hash(path);
    const stored = templates.model(hash);
    // The same bytes announced as something else are read again, and perhaps refused.
    if (stored !== undefined && (type === undefined || type === stored.type)) return { hash, model: stored };
    const inspection = await this.#thread.inspect(path, type);
    templates.saveModel(inspection.hash, inspection.model);
    return inspection;
  }
}

async function identityOf(path: string, type: TemplateType | undefined): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${path}\0${type ?? ''}\0${mtimeMs}\0${size}\0${ino}`;
  } catch {
    // Not there: the inspection says so in its own words.
    return `${path}\0${type ?? ''}`;
  }
}
