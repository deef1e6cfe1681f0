import { stat } from 'node:fs/promises';
import type { TemplateType } from '../contract/template.ts';
import { TemplateInspector } from '../template/inspection-thread.ts';
import type { TemplateModel } from '../template/model.ts';

/** A template as it lies on the disk now. */
export interface InspectedTemplate {
  model: TemplateModel;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
}

/** So many templates are kept in memory; one beyond is read again when it is asked for. */
const KEPT = 64;

/**
 * What is inside the templates. A file is read once, in a thread of its own, and again only when its time or size has
 * changed.
 */
export class TemplateCatalog {
  readonly #inspector = new TemplateInspector();
  readonly #kept = new Map<string, Promise<InspectedTemplate>>();

  /** Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async inspect(path: string, type?: TemplateType): Promise<InspectedTemplate> {
    const key = await this.#identity(path, type);
    const known = this.#kept.get(key);
    if (known !== undefined) return await known;
    const inspected = this.#inspector.inspect(path, type);
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

  async close(): Promise<void> {
    await this.#inspector.close();
  }

  async #identity(path: string, type: TemplateType | undefined): Promise<string> {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      return `${path}\0${type ?? ''}\0${mtimeMs}\0${size}\0${ino}`;
    } catch {
      // Not there: the inspector says so in its own words.
      return `${path}\0${type ?? ''}`;
    }
  }
}
