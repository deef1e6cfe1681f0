import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChildCreated, JobCreated } from '../contract/answers.ts';
import type { Asset, NestedJob } from '../contract/asset.ts';
import { parseDataUri } from '../contract/data-uri.ts';
import type { JobCreation } from '../contract/job.ts';
import { outputFormat } from '../contract/output-format.ts';
import { parseJob } from '../contract/parse.ts';
import { readSource } from '../contract/source.ts';
import { type EngineError, JobRefusedError } from '../errors.ts';
import type { NewJob } from '../store/records.ts';
import { checkJob } from '../template/checks.ts';
import type { EngineContext } from './context.ts';
import type { TemplateResolver } from './template-resolver.ts';

/** A job that was accepted: its rows (itself first, then its descendants), and its entry in the answer. */
export interface PreparedJob {
  rows: NewJob[];
  created: JobCreated;
}

/**
 * Everything that is decided about a job before it is stored, in the order: form, template, renderer, composition and
 * layers, sources, nested jobs. Throws `JobRefusedError` with the first fault's code and the words of all.
 */
export async function prepareJob(call: CreateCall, value: unknown, index: number): Promise<PreparedJob> {
  const parsed = parseJob(value);
  if (!parsed.ok) throw new JobRefusedError(parsed.code, parsed.message);
  const family: Family = { ...call, index, upload: parsed.job.upload, priority: parsed.job.priority ?? 0 };
  const { rows, created, children } = await prepareMember(family, parsed.job, value, {
    parentId: null,
    assetIndex: null,
    path: '',
  });
  return { rows, created: children.length === 0 ? created : { ...created, children } };
}

/** What the jobs of one call have in common. */
export interface CreateCall {
  context: EngineContext;
  templates: TemplateResolver;
  newId: () => string;
}

/** What a job and its descendants have in common. */
interface Family extends CreateCall {
  index: number;
  upload: JobCreation['upload'];
  priority: number;
}

interface Place {
  parentId: string | null;
  assetIndex: number | null;
  /** Before the names of fields in messages: `assets[2].`. */
  path: string;
}

interface PreparedMember {
  rows: NewJob[];
  created: ChildCreated;
  children: ChildCreated[];
}

async function prepareMember(
  family: Family,
  job: JobCreation | NestedJob,
  payload: unknown,
  place: Place,
): Promise<PreparedMember> {
  const { context, newId } = family;
  refuseUnsupported(job, place);
  const template = await family.templates.resolve(job, place.path);
  const renderer = context.renderers.for(template.type, job.settings.engine);
  if (renderer.kind === 'lottie') refuseSound(job, place);
  const faults = [
    ...checkJob(template.model, {
      composition: job.template.composition ?? null,
      assets: job.assets,
      frames: outputFormat(job).frames,
    }),
    ...(await checkSources(job.assets, dirname(template.path))),
  ];
  refuse(faults, place);

  const id = newId();
  const output = outputOf(context, family.upload, id, outputFormat(job).extension);
  const descendants: NewJob[] = [];
  const children: ChildCreated[] = [];
  for (const [assetIndex, asset] of job.assets.entries()) {
    if (asset.type !== 'job') continue;
    const inner: Place = { parentId: id, assetIndex, path: `${place.path}assets[${assetIndex}].` };
    const child = await prepareMember(family, asset, asset, inner);
    descendants.push(...child.rows);
    children.push(child.created);
  }
  const status = children.length === 0 ? 'queued' : 'pending';
  const row: NewJob = {
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
    totalAssets: job.assets.length,
    outputPath: output.path,
    outputUrl: output.url,
    missingFonts: [],
  };
  return { rows: [row, ...descendants], created: { id, status, outputUrl: output.url }, children };
}

function refuse(faults: { code: EngineError['code']; message: string }[], place: Place): void {
  const [first] = faults;
  if (first === undefined) return;
  throw new JobRefusedError(first.code, faults.map((fault) => place.path + fault.message).join('; '));
}

/** What the contract knows and this library cannot do: said at once, not found out by a render. */
function refuseUnsupported(job: JobCreation | NestedJob, place: Place): void {
  if (job.settings.type === 'aep') {
    throw new JobRefusedError(
      'SETTINGS_UNSUPPORTED',
      `${place.path}settings.type: 'aep' (the project as output) cannot be made here; ask for video or image.`,
    );
  }
  if ('upload' in job && job.upload?.params !== undefined) {
    throw new JobRefusedError(
      'UPLOAD_UNSUPPORTED',
      'upload.params: an upload needs the network, which this library does not use. Leave it out, and take the file from outputDir.',
    );
  }
  for (const [index, asset] of job.assets.entries()) {
    if (UNSUPPORTED.has(asset.type)) {
      throw new JobRefusedError(
        'ASSET_TYPE_UNSUPPORTED',
        `${place.path}assets[${index}].type: '${asset.type}' assets cannot be rendered by this version.`,
      );
    }
  }
}

function refuseSound(job: JobCreation | NestedJob, place: Place): void {
  const index = job.assets.findIndex((asset) => asset.type === 'audio');
  if (index === -1) return;
  throw new JobRefusedError(
    'ASSET_TYPE_UNSUPPORTED',
    `${place.path}assets[${index}].type: the bundled renderer renders no sound; leave the asset out, or use an After Effects project.`,
  );
}

const UNSUPPORTED: ReadonlySet<Asset['type']> = new Set(['essential', 'script', 'function'] as const);

async function checkSources(
  assets: readonly Asset[],
  folder: string,
): Promise<{ code: EngineError['code']; message: string }[]> {
  const faults: { code: EngineError['code']; message: string }[] = [];
  for (const [index, asset] of assets.entries()) {
    if (!('src' in asset)) continue;
    const fault = await sourceFault(asset.src, folder);
    if (fault !== null) faults.push({ code: fault.code, message: `assets[${index}].src: ${fault.message}` });
  }
  return faults;
}

async function sourceFault(
  src: string,
  folder: string,
): Promise<{ code: EngineError['code']; message: string } | null> {
  const source = readSource(src, folder);
  if (source.kind === 'unsupported') {
    return {
      code: 'ASSET_SOURCE_UNSUPPORTED',
      message: `${source.scheme}: sources need the network, which this library does not use; give a path, a file: URL or a data: URI`,
    };
  }
  if (source.kind === 'data') {
    const data = parseDataUri(source.uri);
    if (data === null) return { code: 'ASSET_INVALID', message: 'is not a well-formed data: URI' };
    return data.bytes.length === 0 ? { code: 'ASSET_INVALID', message: 'the data: URI is empty' } : null;
  }
  try {
    const facts = await stat(source.path);
    if (!facts.isFile()) return { code: 'ASSET_INVALID', message: `${source.path} is not a file` };
    return facts.size === 0 ? { code: 'ASSET_INVALID', message: `${source.path} is empty` } : null;
  } catch {
    // Whatever keeps us from seeing the file would keep the renderer from it.
    return { code: 'ASSET_NOT_FOUND', message: `the file ${source.path} is not there` };
  }
}

/** Where the output is published, and the URL that the answer gives for it. */
function outputOf(
  context: EngineContext,
  upload: JobCreation['upload'],
  id: string,
  extension: string,
): { path: string; url: string } {
  const prefix = upload?.prefix ?? '';
  const name = `${id}.${extension}`;
  const path = join(context.config.outputDir, prefix, name);
  const base = upload?.outputUrl;
  if (base === undefined) return { path, url: pathToFileURL(path).href };
  return { path, url: [base.replace(/\/+$/, ''), ...prefix.split('/').filter(Boolean), name].join('/') };
}
