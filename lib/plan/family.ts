import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NestedJob } from '../assets/asset.ts';
import type { Fault } from '../assets/layers.ts';
import type { ChildCreated, JobCreated } from '../contract/answers.ts';
import { JobRefusedError } from '../errors.ts';
import type { NewJob } from '../store/records.ts';
import { outputFormat } from './output.ts';
import { type JobPayload, parseJob } from './parse.ts';
import type { PlannerParts } from './planner.ts';
import { JobChecker } from './planner.ts';
import type { JobCreation } from './request.ts';

/** A job that was accepted. */
export interface PreparedJob {
  /** Itself first, then its descendants. */
  rows: NewJob[];
  /** Its entry in the answer. */
  created: JobCreated;
  /** Of itself and its descendants, each with the place of its field before it. */
  warnings: string[];
}

/** What the jobs of one call have in common. */
export class JobPreparation {
  readonly #context: PlannerParts;
  readonly #checker: JobChecker;
  readonly #newId: () => string;

  constructor(context: PlannerParts, newId: () => string) {
    this.#context = context;
    this.#checker = new JobChecker(context);
    this.#newId = newId;
  }

  /**
   * Everything that is decided about a job before it is stored. Throws `JobRefusedError` with the first fault's code and
   * the words of all, those of nested jobs included.
   */
  async prepare(value: unknown, index: number): Promise<PreparedJob> {
    const parsed = parseJob(value);
    if (!parsed.ok) throw new JobRefusedError(parsed.code, parsed.message);
    const family: Family = {
      index,
      upload: parsed.job.upload,
      priority: parsed.job.priority ?? 0,
      rows: [],
      faults: [],
      warnings: [],
    };
    const { created, children } = await this.#member(family, parsed.job, parsed.payload, {
      parentId: null,
      assetIndex: null,
      path: '',
      target: null,
    });
    refuse(family.faults);
    return {
      rows: family.rows,
      created: children.length === 0 ? created : { ...created, children },
      warnings: family.warnings,
    };
  }

  /** Adds a job and those that are nested in it to its family: their rows in this order, and all that was found. */
  async #member(family: Family, job: JobCreation | NestedJob, payload: JobPayload, place: Place): Promise<Member> {
    const id = this.#newId();
    const findings = await this.#checker.check(job);
    family.faults.push(...findings.faults.map(({ code, message }) => ({ code, message: place.path + message })));
    family.warnings.push(...findings.warnings.map((warning) => place.path + warning));
    const output = outputOf(this.#context, family.upload, id, outputFormat(job).extension);
    const nested = job.assets.some(({ type }) => type === 'job');
    const status = nested ? 'pending' : 'queued';
    const { template, fontNeeds, missingFonts, warnings } = findings;
    if (template !== null) {
      family.rows.push({
        id,
        parentId: place.parentId,
        index: family.index,
        assetIndex: place.assetIndex,
        status,
        priority: family.priority,
        templateId: template.id,
        templatePath: template.path,
        templateType: template.type,
        payload: JSON.stringify(payload),
        plan: null,
        tags: tagsOf(payload),
        totalAssets: job.assets.length,
        outputName: output.name,
        outputPath: output.path,
        outputUrl: output.url,
        place: place.target,
        renderer: findings.renderer,
        hasWebhook: 'webhook' in job && job.webhook !== undefined,
        missingFonts,
        fontNeeds,
        warnings,
      });
    }
    const created = {
      id,
      status,
      outputUrl: output.url,
      ...(missingFonts.length > 0 ? { missingFonts } : {}),
    } as const;
    return { created, children: nested ? await this.#children(family, job, payload, id, place) : [] };
  }

  async #children(
    family: Family,
    job: JobCreation | NestedJob,
    payload: JobPayload,
    parentId: string,
    place: Place,
  ): Promise<ChildCreated[]> {
    const children: ChildCreated[] = [];
    for (const [assetIndex, asset] of job.assets.entries()) {
      if (asset.type !== 'job') continue;
      const path = `${place.path}assets[${assetIndex}].`;
      const own = payload.assets?.[assetIndex] ?? {};
      const target = targetOf(asset, job.template.composition ?? null);
      children.push((await this.#member(family, asset, own, { parentId, assetIndex, path, target })).created);
    }
    return children;
  }
}

/** What a job and its descendants have in common, and what is gathered of them. */
interface Family {
  index: number;
  upload: JobCreation['upload'];
  priority: number;
  rows: NewJob[];
  faults: Fault[];
  warnings: string[];
}

interface Place {
  parentId: string | null;
  assetIndex: number | null;
  /** Before the names of fields in messages: `assets[2].`. */
  path: string;
  /** Where the output goes, in words; null for a top-level job. */
  target: string | null;
}

interface Member {
  created: ChildCreated;
  children: ChildCreated[];
}

function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  throw new JobRefusedError(first.code, faults.map(({ message }) => message).join('; '));
}

/** Where the output is published, and the URL that the answer gives for it. */
function outputOf(
  context: PlannerParts,
  upload: JobCreation['upload'],
  id: string,
  extension: string,
): { name: string; path: string; url: string } {
  const prefix = upload?.prefix ?? '';
  const file = `${id}.${extension}`;
  const name = join(prefix, file);
  const path = join(context.config.outputDir, name);
  const base = upload?.outputUrl;
  if (base === undefined) return { name, path, url: pathToFileURL(path).href };
  return { name, path, url: [base.replace(/\/+$/, ''), ...prefix.split('/').filter(Boolean), file].join('/') };
}

/** In words, for the message of a parent whose child has failed. */
function targetOf({ layerName, composition }: NestedJob, ofParent: string | null): string {
  const name = composition ?? ofParent;
  return `layer '${layerName}'${name === null ? '' : ` of composition '${name}'`}`;
}

/** `tags` is an array, or one text with commas, as the cloud takes it; every other form has none. */
function tagsOf(payload: unknown): string[] {
  const { tags } = payload as { tags?: unknown };
  const list = typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  const texts = list.filter((tag) => typeof tag === 'string').map((tag) => tag.trim());
  return [...new Set(texts.filter((tag) => tag !== ''))];
}
