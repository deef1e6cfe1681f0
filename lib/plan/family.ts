import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { incrementBase32, TIME_LEN, ulid } from 'ulid';
import type { NestedJob } from '../assets/asset.ts';
import type { ChildCreated, JobCreated } from '../contract/answers.ts';
import { type Fault, JobRefusedError } from '../errors.ts';
import { makeOutputFolder } from '../render/work-folder.ts';
import type { NewJob } from '../store/records.ts';
import { longPathWarning } from './output.ts';
import { AlikeJobs, type JobPayload, type KeyFindings, parseJob } from './parse.ts';
import type { Planner, Planning } from './planner.ts';
import type { JobCreation } from './request.ts';

/** A job that was accepted. */
interface PlannedFamily {
  /** Itself first, then its descendants. */
  rows: NewJob[];
  /** Its entry in the answer. */
  created: JobCreated;
  /** The warnings of the job and its descendants, each prefixed with the path of its field. */
  warnings: string[];
}

/**
 * Ids of one moment (milliseconds since 1970), each after the one before. The library's own factory writes the time anew
 * for each.
 */
export function idsOf(moment: number): () => string {
  const first = ulid(moment);
  const time = first.slice(0, TIME_LEN);
  let random = first.slice(TIME_LEN);
  return () => {
    random = incrementBase32(random);
    return time + random;
  };
}

/** Plans the jobs of one call, each with those that are nested in them, each of which becomes a job of its own. */
export class FamilyPlanner {
  readonly #planning: Planning;
  readonly #newId: () => string;
  readonly #dryRun: boolean;
  readonly #alike = new AlikeJobs();
  readonly #warned = new Set<string>();
  readonly #folders = new Map<string, OutputFolder>();

  /** `dryRun`: nothing is stored or rendered. */
  constructor(planner: Planner, newId: () => string, { dryRun = false }: { dryRun?: boolean } = {}) {
    this.#planning = planner.begin();
    this.#newId = newId;
    this.#dryRun = dryRun;
  }

  /**
   * Decides everything about a job before it is stored. Throws `JobRefusedError` with the first fault's code and the
   * messages of all, those of nested jobs included.
   */
  async plan(value: unknown, index: number): Promise<PlannedFamily> {
    const parsed = parseJob(value, this.#alike);
    if (!parsed.ok) throw new JobRefusedError(parsed.code, parsed.message);
    const family: NestedJobs = {
      index,
      upload: parsed.job.upload,
      priority: parsed.job.priority ?? 0,
      rows: [],
      faults: [],
      warnings: this.#unknownKeys(parsed.unknownKeys),
    };
    const { created, children } = await this.#member(family, parsed.job, parsed, {
      parentId: null,
      assetIndex: null,
      path: '',
      target: null,
    });
    throwIfFaulty(family.faults);
    return {
      rows: family.rows,
      created: children.length === 0 ? created : { ...created, children },
      warnings: family.warnings,
    };
  }

  /** Makes the output folder before jobs are stored that could not be rendered without it. @throws {EngineError} */
  async makeOutputFolder(): Promise<void> {
    await makeOutputFolder(this.#planning.outputDir);
  }

  /** Most jobs of a call share one folder. */
  #outputFolder(upload: JobCreation['upload']): OutputFolder {
    const key = JSON.stringify([upload?.prefix, upload?.outputUrl]);
    const known = this.#folders.get(key) ?? outputFolder(this.#planning.outputDir, upload);
    this.#folders.set(key, known);
    return known;
  }

  /** One warning for each key of a call: the jobs of a batch are most often alike. */
  #unknownKeys(unknown: KeyFindings['unknown']): string[] {
    const sentences = unknown.map(
      ({ of, key }) => `'${key}' is no key of ${of}; it is kept with the job, and does nothing.`,
    );
    const fresh = [...new Set(sentences)].filter((sentence) => !this.#warned.has(sentence));
    for (const sentence of fresh) this.#warned.add(sentence);
    return fresh;
  }

  /** Adds a job and those that are nested in it to its family: their rows in this order, and all that was found. */
  async #member(
    family: NestedJobs,
    job: JobCreation | NestedJob,
    { payload, json }: StoredJob,
    at: FieldPath,
  ): Promise<CreatedFamily> {
    const id = this.#newId();
    const planned = await (this.#dryRun ? this.#planning.check(job) : this.#planning.plan(job));
    const folder = this.#outputFolder(family.upload);
    const file = `${planned.fileName ?? id}.${planned.extension}`;
    const path = folder.path + file;
    const output = { name: folder.name + file, path, url: folder.urlOf(file) };
    const places = { outputDir: this.#planning.outputDir, outputPath: output.path };
    const longPath = planned.plan === null ? null : longPathWarning(planned.plan, places);
    if (longPath !== null) planned.warnings.push(longPath);
    family.faults.push(...planned.faults.map(({ code, message }) => ({ code, message: at.path + message })));
    family.warnings.push(...planned.warnings.map((warning) => at.path + warning));
    const overwrite = job.local?.overwrite === true;
    const taken =
      planned.fileName === null
        ? null
        : this.#planning.names.give({ ...output, overwrite }, `job ${family.index} of this call`);
    if (taken !== null) family.faults.push({ code: taken.code, message: at.path + taken.message });
    const nested = job.assets.some(({ type }) => type === 'job');
    const status = nested ? 'pending' : 'queued';
    const { template, plan, wantedFonts, missingFonts, warnings } = planned;
    if (template !== null && plan !== null) {
      family.rows.push({
        id,
        parentId: at.parentId,
        index: family.index,
        assetIndex: at.assetIndex,
        status,
        priority: family.priority,
        templateId: template.id,
        templatePath: template.path,
        templateType: template.type,
        payload: json,
        plan: JSON.stringify(plan),
        tags: tagsOf(payload),
        totalAssets: job.assets.length,
        outputName: output.name,
        outputPath: output.path,
        outputUrl: output.url,
        place: at.target,
        renderer: plan.renderer.kind === 'bundled' ? 'bundled' : plan.renderer.engine,
        hasWebhook: plan.webhook !== null,
        missingFonts,
        fontNeeds: wantedFonts,
        warnings,
        metadata: job.local?.metadata === undefined ? null : JSON.stringify(job.local.metadata),
      });
    }
    const created = {
      id,
      status,
      outputUrl: output.url,
      ...(missingFonts.length > 0 ? { missingFonts } : {}),
    } as const;
    return { created, children: nested ? await this.#children(family, job, payload, id, at) : [] };
  }

  async #children(
    family: NestedJobs,
    job: JobCreation | NestedJob,
    payload: JobPayload,
    parentId: string,
    at: FieldPath,
  ): Promise<ChildCreated[]> {
    const children: ChildCreated[] = [];
    for (const [assetIndex, asset] of job.assets.entries()) {
      if (asset.type !== 'job') continue;
      const path = `${at.path}assets[${assetIndex}].`;
      const own = payload.assets?.[assetIndex] ?? {};
      const stored = { payload: own, json: JSON.stringify(own) };
      const target = targetOf(asset, job.template.composition ?? null);
      children.push((await this.#member(family, asset, stored, { parentId, assetIndex, path, target })).created);
    }
    return children;
  }
}

/** A job as it is stored, and the same as text. */
interface StoredJob {
  payload: JobPayload;
  json: string;
}

/** What a job and its descendants have in common, and what is gathered of them. */
interface NestedJobs {
  index: number;
  upload: JobCreation['upload'];
  priority: number;
  rows: NewJob[];
  faults: Fault[];
  warnings: string[];
}

interface FieldPath {
  parentId: string | null;
  assetIndex: number | null;
  /** Before the names of fields in messages: `assets[2].`. */
  path: string;
  /** Where the output goes, in words; null for a top-level job. */
  target: string | null;
}

interface CreatedFamily {
  created: ChildCreated;
  children: ChildCreated[];
}

function throwIfFaulty(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const message = faults.map((fault) => fault.message).join('; ');
  throw new JobRefusedError(first.code, message, { faults: [...faults] });
}

/** A folder of outputs, below the output folder and whole, each up to the name of a file; and the URL of a file in it. */
interface OutputFolder {
  name: string;
  path: string;
  urlOf(file: string): string;
}

/** Stands for the name of a file. */
const ANY = 'x';

function outputFolder(outputDir: string, upload: JobCreation['upload']): OutputFolder {
  const prefix = upload?.prefix ?? '';
  const path = join(outputDir, prefix, ANY);
  const base = upload?.outputUrl;
  const upTo = (text: string) => text.slice(0, -ANY.length);
  const folder = upTo(path);
  const start =
    base === undefined ? '' : [base.replace(/\/+$/, ''), ...prefix.split('/').filter(Boolean), ''].join('/');
  return {
    name: upTo(join(prefix, ANY)),
    path: folder,
    urlOf: (file) => (base === undefined ? pathToFileURL(folder + file).href : start + encodeURIComponent(file)),
  };
}

/** In words, for the message of a parent whose child has failed. */
function targetOf({ layerName, composition }: NestedJob, ofParent: string | null): string {
  const name = composition ?? ofParent;
  return `layer '${layerName}'${name === null ? '' : ` of composition '${name}'`}`;
}

/** `tags` is an array, or one text with commas, as the cloud takes it; every other form has none. */
function tagsOf(payload: unknown): string[] {
  const { tags } = payload as { tags?: unknown };
  if (tags === undefined) return [];
  const list = typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  const texts = list.filter((tag) => typeof tag === 'string').map((tag) => tag.trim());
  return [...new Set(texts.filter((tag) => tag !== ''))];
}
