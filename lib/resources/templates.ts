import { basename } from 'node:path';
import { ulid } from 'ulid';
import { compositionAnswers, iso, layerAnswers } from '../answers.ts';
import type { Composition, EssentialGraphicsField, Layer, Template } from '../contract/answers.ts';
import { type TemplatePage, templatePage } from '../contract/call-options.ts';
import { idsInWords, parseOptions, parseWith } from '../contract/faults.ts';
import { parseId } from '../contract/fields.ts';
import { type TemplateInput, templateSchema } from '../contract/library.ts';
import type { ResolveUrl } from '../contract/source.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { pathOfBody } from '../plan/check-sources.ts';
import type { TemplateRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { TemplateCatalog } from '../template/catalog.ts';
import type { TemplateModel } from '../template/model.ts';

function pageOf<Entry>(list: Entry[], page: TemplatePage | undefined): Entry[] {
  const { limit = list.length, offset } = parseOptions(templatePage, page);
  return list.slice(offset, offset + limit);
}

/**
 * The templates that jobs name by id. A template stays where it is, with the footage beside it; the engine keeps its
 * path, not a copy.
 */
export class Templates {
  readonly #gate: Gate;
  readonly #store: Store;
  readonly #catalog: TemplateCatalog;
  readonly #resolveUrl: ResolveUrl | undefined;

  /** @internal An engine makes it. */
  constructor(parts: { gate: Gate; store: Store; catalog: TemplateCatalog; resolve?: ResolveUrl | undefined }) {
    this.#gate = parts.gate;
    this.#store = parts.store;
    this.#catalog = parts.catalog;
    this.#resolveUrl = parts.resolve;
  }

  /**
   * Reads a template file and registers it, under a new id or the one that the cloud gave it. If `type` is left out, the
   * content of the file decides. The answer lists the names of its compositions and layers.
   *
   * @throws {ValidationError} The body is wrong.
   * @throws {EngineError} `TEMPLATE_NOT_FOUND`, `TEMPLATE_UNREADABLE`: nothing was registered.
   * @example
   * const { id, compositions, layers } = await engine.templates.add({ src: 'invitation.json' });
   * // The id of the cloud: the same jobs run here and there.
   * await engine.templates.add({ id: '01J9ZDK4V1TQ6N3W0Y5XGQ2H8R', src: 'invitation.aep', displayName: 'Invitation' });
   */
  async add(body: TemplateInput): Promise<Template> {
    this.#gate.requireOpen();
    const { id, type, src, displayName } = parseWith(templateSchema, body);
    const path = await pathOfBody(src, this.#resolveUrl);
    const { model, hash } = await this.#catalog.inspect(path, type);
    const now = this.#store.clock();
    this.#gate.requireOpen();
    const known = id === undefined ? undefined : this.#store.templates.get(id);
    const record: TemplateRecord = {
      id: id ?? ulid(now),
      type: model.type,
      displayName: displayName ?? basename(path),
      path,
      hash,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    };
    this.#store.templates.put(record);
    return answer(record, model);
  }

  /**
   * A registered template.
   *
   * @throws {NotFoundError} `TEMPLATE_NOT_FOUND`.
   * @example
   * const { compositions, layers } = await engine.templates.get(templateId);
   */
  async get(id: string): Promise<Template> {
    this.#gate.requireOpen();
    const record = this.#find(id);
    return answer(record, await this.#model(record));
  }

  /**
   * Everything that is known of a template, as it was when it was added: compositions with their sizes in pixels and times
   * in seconds, layers with their kinds, texts and fonts, footage. `complete` is false if a part could not be read.
   *
   * @throws {NotFoundError} `TEMPLATE_NOT_FOUND`.
   * @example
   * const { compositions } = await engine.templates.model(templateId);
   * for (const { name, duration, layers } of compositions) console.log(name, duration, layers.map((layer) => layer.name));
   */
  async model(id: string): Promise<TemplateModel> {
    this.#gate.requireOpen();
    const record = this.#find(id);
    return (await this.#model(record)) ?? (await this.#catalog.inspect(record.path, record.type)).model;
  }

  /**
   * The compositions of a template, in the shape of the API's v3.
   *
   * @throws {NotFoundError} `TEMPLATE_NOT_FOUND`. @throws {ValidationError} Wrong options.
   * @example
   * const [{ name, width, height }] = await engine.templates.compositions(templateId);
   */
  async compositions(id: string, page?: TemplatePage): Promise<Composition[]> {
    return pageOf(compositionAnswers(await this.model(id)), page);
  }

  /**
   * The layers of a template, in the shape of the API's v3.
   *
   * @throws {NotFoundError} `TEMPLATE_NOT_FOUND`. @throws {ValidationError} Wrong options.
   * @example
   * const layers = await engine.templates.layers(templateId, { limit: 300, offset: 0 });
   */
  async layers(id: string, page?: TemplatePage): Promise<Layer[]> {
    return pageOf(layerAnswers(await this.model(id)), page);
  }

  /**
   * The registered templates, the oldest first.
   *
   * @example
   * for (const { id, displayName } of await engine.templates.list()) console.log(id, displayName);
   */
  async list(): Promise<Template[]> {
    this.#gate.requireOpen();
    const answers: Template[] = [];
    for (const record of this.#store.templates.list()) answers.push(answer(record, await this.#model(record)));
    return answers;
  }

  /**
   * Forgets a template; its file stays. Jobs that have ended keep what they were rendered with.
   *
   * @throws {NotFoundError} `TEMPLATE_NOT_FOUND`. @throws {ConflictError} `IN_USE`: jobs of it have not ended.
   * @example
   * await engine.templates.remove(templateId);
   */
  async remove(id: string): Promise<void> {
    this.#gate.requireOpen();
    const record = this.#find(id);
    const using = this.#store.jobs.usingTemplate(record.id);
    if (using.length > 0) {
      throw new ConflictError(
        'IN_USE',
        `Template ${id} is used by jobs that have not ended: ${idsInWords(using)}. Wait for them, or cancel them.`,
      );
    }
    this.#store.templates.remove(record.id);
  }

  #find(id: string): TemplateRecord {
    const record = this.#store.templates.get(parseId('template', id));
    if (record === undefined) {
      throw new NotFoundError(
        'TEMPLATE_NOT_FOUND',
        `No template has the id ${id}. Look it up with templates.list(), or add the file.`,
      );
    }
    return record;
  }

  /** As it was when it was added: a template whose file is gone can still be looked at. */
  async #model({ hash }: TemplateRecord): Promise<TemplateModel | undefined> {
    return await this.#catalog.stored(hash);
  }
}

/** Without the property that a field changes, which only a script needs. */
function mainControls({ compositions, mainComposition }: TemplateModel): EssentialGraphicsField[] {
  const controls = compositions.find(({ name }) => name === mainComposition)?.controls ?? [];
  return controls.map(({ id: _id, path: _path, target: _target, ...shown }) => shown);
}

function answer(record: TemplateRecord, model: TemplateModel | undefined): Template {
  const compositions = model?.compositions ?? [];
  const layers = compositions.flatMap((composition) => composition.layers.map((layer) => layer.name));
  return {
    id: record.id,
    type: record.type,
    displayName: record.displayName,
    status: 'uploaded',
    createdAt: iso(record.createdAt),
    updatedAt: iso(record.updatedAt),
    compositions: compositions.map((composition) => composition.name),
    layers: [...new Set(layers)],
    ...(model?.type === 'mogrt' ? { mogrt: { essentialGraphics: mainControls(model) } } : {}),
    error: null,
  };
}
