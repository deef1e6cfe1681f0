import type { NestedJob } from '../assets/asset.ts';
import type { TemplateType } from '../contract/library.ts';
import type { SourceLocator } from '../contract/source.ts';
import { EngineError, JobRefusedError } from '../errors.ts';
import type { TemplateModel } from '../template/model.ts';
import type { PlannerParts } from './planner.ts';
import type { JobCreation } from './request.ts';

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

export type KnownTemplate = Pick<ResolvedTemplate, 'id' | 'path' | 'type'>;

/**
 * Finds the templates of the jobs of one call. A template that many of them name is looked at once: within a call the
 * file counts as it was first seen.
 */
export class TemplateFinder {
  readonly #context: PlannerParts;
  readonly #locator: SourceLocator;
  readonly #resolved = new Map<string, Promise<ResolvedTemplate>>();

  constructor(context: PlannerParts, locator: SourceLocator) {
    this.#context = context;
    this.#locator = locator;
  }

  /**
   * `known`: where the template was when the job was created. A relative path in the job may lead elsewhere by now.
   *
   * Throws `JobRefusedError`.
   */
  async find({ template }: JobCreation | NestedJob, known: KnownTemplate | null): Promise<ResolvedTemplate> {
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
    const { store, templateCatalog: catalog } = this.#context;
    const known = id === undefined ? undefined : store.templates.get(id);
    if (src !== undefined) {
      const path = await this.#pathOf(src);
      const entry = await catalog.inspect(path);
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
    return { id, path, type, ...(await this.#context.templateCatalog.inspect(path, type)) };
  }
}

/** The contract's own words, to the letter. */
const NOT_FOUND = 'Template not found';
