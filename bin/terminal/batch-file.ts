import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { FilesBeside, isRelativePath } from '../../lib/assets/files-beside.ts';
import type { BatchCreation } from '../../lib/contract/answers.ts';
import { nearestName } from '../../lib/contract/faults.ts';
import { ValidationError } from '../../lib/errors.ts';
import { isMissing, MOST_BYTES, readRegularFile } from '../../lib/files.ts';
import type { BatchInput } from '../../lib/plan/request.ts';
import { decodeText } from '../../lib/text-encoding.ts';
import { JsonFault, parseJsonText } from './json-text.ts';

/** The name by which a command reads from standard input. */
const STDIN = '-';

/** Files that are templates by their names, and are given as a batch by mistake. */
const TEMPLATE_EXTENSIONS = new Set(['.aep', '.aepx', '.mogrt', '.lottie', '.zip', '.ffx', '.aet']);

export interface BatchFile {
  /** What it is called in reports. */
  title: string;
  body: BatchInput;
  /** The answer of `create` with every place where a missing file was looked for. */
  explain(created: BatchCreation): BatchCreation;
}

/**
 * Reads a batch file, or standard input for `-`. Relative paths start from the folder of the batch file (the working
 * folder for standard input), so that a folder with a batch and its templates can be rendered from anywhere. The files
 * of assets are looked for beside their template first, as the API does it.
 */
export async function readBatchFile(file: string): Promise<BatchFile> {
  const name = file === STDIN ? 'The batch from standard input' : `The batch file ${file}`;
  const fault = (message: string) => new ValidationError(`${name} ${message}`, [{ field: '', message }]);
  if (TEMPLATE_EXTENSIONS.has(extname(file).toLowerCase())) throw fault(templateWords(file));
  const text = await readText(file).catch((cause: unknown) => {
    const near = new FilesBeside('.').near(resolve(file));
    if (isMissing(cause)) throw fault(`is not there${near === null ? '' : `; did you mean '${near}'?`}`);
    throw fault(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  let batch: unknown;
  try {
    batch = parseJsonText(text);
  } catch (cause) {
    if (!(cause instanceof JsonFault)) throw cause;
    throw fault(`is not JSON: ${cause.message}`);
  }
  if (isLottie(batch)) throw fault(templateWords(file));
  const form = formFault(batch);
  if (form !== null) throw fault(form);
  const paths = new BatchPaths(file === STDIN ? process.cwd() : dirname(resolve(file)));
  const title = file === STDIN ? 'standard input' : basename(file);
  return { title, body: paths.resolveIn(batch) as BatchInput, explain: (created) => paths.explain(created) };
}

async function readText(file: string): Promise<string> {
  return decodeText(
    file === STDIN ? await buffer(process.stdin) : await readRegularFile(file, { maxBytes: MOST_BYTES.batch }),
  );
}

function templateWords(file: string): string {
  return `is a template, not a batch. Write a batch for it with: aerender-batch init ${file === STDIN ? '<template>' : file}`;
}

function isLottie(value: unknown): boolean {
  return isObject(value) && Array.isArray(value.layers) && !('jobs' in value) && ('fr' in value || 'ip' in value);
}

/** What is wrong with the outermost form of a batch, in the words of somebody who looks at the file; null for none. */
function formFault(batch: unknown): string | null {
  if (Array.isArray(batch)) return 'is an array; put it into an object: { "jobs": [ … ] }';
  if (!isObject(batch)) return 'holds no object; a batch is { "jobs": [ … ] }';
  if (!('jobs' in batch)) {
    return 'template' in batch
      ? 'is a single job; put it into a batch: { "jobs": [ { "template": … } ] }'
      : `has no jobs${keysOf(batch)}`;
  }
  return Array.isArray(batch.jobs) ? null : 'has jobs that are no array; a batch is { "jobs": [ … ] }';
}

function keysOf(batch: object): string {
  const keys = Object.keys(batch).slice(0, 5);
  const meant = keys.find((key) => nearestName(key, ['jobs']) !== undefined);
  if (meant !== undefined) return ` but '${meant}'; did you mean 'jobs'?`;
  const shown = keys.length === 0 ? '' : ` but ${keys.map((key) => `'${key.slice(0, 40)}'`).join(', ')}`;
  return `${shown}; a batch is { "jobs": [ … ] }`;
}

/** The paths of one batch file: relative ones become absolute, and those that lead nowhere are remembered. */
class BatchPaths {
  readonly #folder: string;
  readonly #files: FilesBeside;
  /** By the path beside the template, which the engine reports: the path beside the batch file. */
  readonly #missing = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = new FilesBeside(folder);
  }

  resolveIn(batch: unknown): unknown {
    // What is not in the form of a batch is left for the engine to refuse.
    if (!isObject(batch) || !Array.isArray(batch.jobs)) return batch;
    return { ...batch, jobs: batch.jobs.map((job) => this.#job(job)) };
  }

  explain(created: BatchCreation): BatchCreation {
    if (created.errors === undefined) return created;
    const errors = created.errors.map(({ local, ...refused }) => ({
      ...refused,
      error: this.#withPlaces(refused.error),
      local: { faults: local.faults.map((fault) => ({ ...fault, message: this.#withPlaces(fault.message) })) },
    }));
    return { ...created, errors };
  }

  #withPlaces(message: string): string {
    return message
      .replace(/the file (.+?) is not there/g, (words, path: string) => this.#whereMissing(path) ?? words)
      .replace(/(The template file (.+?) is not there)\./g, (words, fault: string, path: string) => {
        const near = this.#files.near(path);
        return near === null ? words : `${fault}; did you mean '${near}'?`;
      });
  }

  #whereMissing(path: string): string | null {
    const besideBatch = this.#missing.get(path) ?? path;
    const near =
      [...new Set([path, besideBatch])].map((missing) => this.#files.near(missing)).find((name) => name !== null) ??
      null;
    const suggestion = near === null ? '' : `; did you mean '${near}'?`;
    if (besideBatch === path) return near === null ? null : `the file ${path} is not there${suggestion}`;
    return `the file is neither beside the template (${path}) nor beside the batch file (${besideBatch})${suggestion}`;
  }

  #job(job: unknown): unknown {
    if (!isObject(job)) return job;
    const template = isObject(job.template) ? this.#template(job.template) : job.template;
    const src =
      isObject(template) && typeof template.src === 'string' && isAbsolute(template.src) ? template.src : null;
    const assets = Array.isArray(job.assets)
      ? job.assets.map((asset) => this.#asset(asset, src === null ? null : dirname(src)))
      : job.assets;
    return { ...job, ...('template' in job ? { template } : {}), ...('assets' in job ? { assets } : {}) };
  }

  #template(template: Record<string, unknown>): Record<string, unknown> {
    return isRelativePath(template.src) ? { ...template, src: resolve(this.#folder, template.src) } : template;
  }

  #asset(asset: unknown, templateFolder: string | null): unknown {
    if (!isObject(asset)) return asset;
    if (asset.type === 'job') return this.#job(asset);
    if (!isRelativePath(asset.src)) return asset;
    const found = this.#files.find(asset.src, templateFolder);
    if ('src' in found) return { ...asset, src: found.src };
    const { besideTemplate, besideSheet } = found.missing;
    if (besideTemplate !== null) this.#missing.set(besideTemplate, besideSheet);
    return asset;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
