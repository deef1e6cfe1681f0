/** What the sources of one call point at, and whether that can be used: nothing here asks the network. */
import { stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Asset } from '../assets/asset.ts';
import { shorten } from '../contract/faults.ts';
import { nameOfCopy, type RendererKind, type TemplateType } from '../contract/formats.ts';
import { parseDataUri, type ResolveUrl, readSource, type Source } from '../contract/source.ts';
import { type Fault, reasonOf, ValidationError } from '../errors.ts';
import { foldedPath } from '../files.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import { type ImageSequence, isSequencePattern, sequenceInFolder, sequenceOfPattern } from '../media/image-sequence.ts';
import { type MediaKind, mediaFault, nameByContent } from '../media/media-kind.ts';
import type { PlannedFile } from './job-plan.ts';
import { findIncludes, levelsUp } from './script-includes.ts';

/**
 * Finds what the sources of one call point at. A URL is handed to the embedder's function, once however many jobs name
 * it: nothing here asks the network.
 */
export class SourceLocator {
  readonly #resolveUrl: ResolveUrl | undefined;
  readonly #resolved = new Map<string, Promise<Source>>();

  constructor(resolveUrl: ResolveUrl | undefined) {
    this.#resolveUrl = resolveUrl;
  }

  /** `folder`: relative paths start from it. */
  async locate(src: string, folder: string): Promise<Source> {
    const source = readSource(src, folder);
    if (source.kind !== 'unsupported' || !/^https?$/.test(source.scheme)) return source;
    if (this.#resolveUrl === undefined) {
      return { ...source, reason: `${source.reason}, or map URLs to files with the option resolve` };
    }
    const resolved = this.#resolved.get(src) ?? this.#ask(this.#resolveUrl, src, source.scheme);
    this.#resolved.set(src, resolved);
    return await resolved;
  }

  /** For what has to be a file; a relative path starts from the working directory. */
  async locateFile(src: string): Promise<{ path: string } | { reason: string }> {
    const source = await this.locate(src, process.cwd());
    if (source.kind === 'data') return { reason: 'must be a file, not a data: URI; give its path or a file: URL' };
    return source;
  }

  async #ask(resolveUrl: ResolveUrl, url: string, scheme: string): Promise<Source> {
    const refuse = (reason: string): Source => ({ kind: 'unsupported', scheme, reason });
    const shown = url.length > 200 ? `${url.slice(0, 200)}…` : url;
    let answer: unknown;
    try {
      answer = await resolveUrl(url);
    } catch (error) {
      return refuse(`the option resolve failed for ${shown}: ${reasonOf(error)}`);
    }
    if (answer === undefined || answer === null) {
      return refuse(`the option resolve names no file for ${shown}; this library does not use the network`);
    }
    const file = typeof answer === 'string' && answer !== '' ? readSource(answer, process.cwd()) : null;
    if (file !== null && file.kind !== 'unsupported') return file;
    return refuse(`the option resolve must return the path of a file for ${shown}, not ${JSON.stringify(answer)}`);
  }
}

/**
 * The path that the body of `templates.add` or `fonts.add` names.
 *
 * @throws {ValidationError}
 */
export async function pathOfBody(src: string, resolveUrl: ResolveUrl | undefined): Promise<string> {
  const file = await new SourceLocator(resolveUrl).locateFile(src);
  if ('path' in file) return file.path;
  throw new ValidationError(`src: ${file.reason}`, [{ field: 'src', message: file.reason }]);
}

/** Tells what the content of a file is. */
type MediaReader = Pick<InspectionThread, 'mediaKind'>;

/** The first bytes are enough to recognise a type. */
const HEAD_BYTES = 4_100;

/** Each picture is a layer there: a sequence of more than ten minutes is a film. */
const MOST_DRAWN = 20_000;

/** What a source is: the kind of its content, and a name with its extension; or why it cannot be a source. */
type FileFacts = { kind: MediaKind; name: string } | Fault;

/**
 * Looks at the files that the assets of one call name. A file that many jobs name is looked at once: within a call it
 * counts as it was first seen.
 */
export class SourceChecker {
  readonly #thread: MediaReader;
  readonly #locator: SourceLocator;
  readonly #files = new Map<string, Promise<FileFacts>>();

  constructor(thread: MediaReader, locator: SourceLocator) {
    this.#thread = thread;
    this.#locator = locator;
  }

  /**
   * `folder`: that of the template, which relative paths start from. Returns the files that the assets bring: of each, the
   * first is the one that its step is carried out with.
   */
  async check(
    assets: readonly Asset[],
    { folder, type, renderer }: { folder: string; type: TemplateType; renderer: RendererKind },
  ): Promise<{ faults: Fault[]; files: PlannedFile[] }> {
    const faults = placeFaults(assets, type);
    const files: PlannedFile[] = [];
    for (const [index, asset] of assets.entries()) {
      if (!('src' in asset)) continue;
      const found = await this.#find({ asset, index, renderer }, folder);
      if ('code' in found) faults.push({ code: found.code, message: `assets[${index}].src: ${found.message}` });
      else files.push(...found);
    }
    return { faults, files };
  }

  async #find(search: SourceSearch, folder: string): Promise<PlannedFile[] | Fault> {
    const { asset, index } = search;
    const source = await this.#locator.locate(asset.src, folder);
    if (source.kind === 'unsupported') return { code: 'ASSET_SOURCE_UNSUPPORTED', message: source.reason };
    if (source.kind === 'file' && isFootage(asset) && asset.type !== 'audio') {
      const sequence = await sequenceAt(source.path);
      if (sequence !== null) return await this.#sequence(search, sequence);
    }
    const facts = source.kind === 'file' ? await this.#file(source.path) : await this.#data(source.uri);
    if ('code' in facts) return facts;
    if (isFootage(asset)) {
      const reason = mediaFault(asset.type, facts.kind, facts.name);
      const what = source.kind === 'file' ? source.path : 'the data: URI';
      if (reason !== null) return { code: 'ASSET_INVALID', message: `${what} cannot be used: ${reason}` };
    }
    if (asset.type === 'script' && source.kind === 'file') return await scriptFiles(search, source.path);
    const name = isFootage(asset) ? nameByContent(basename(facts.name), facts.kind) : facts.name;
    const file: PlannedFile = {
      ...(asset.type === 'static'
        ? { folder: 'project', name: asset.name }
        : { folder: 'assets', name: `${index}-${safeName(name)}` }),
      source: source.kind === 'file' ? { path: source.path } : { payloadAsset: index },
      asset: index,
      ...(asset.type === 'script' ? { isScript: true } : {}),
    };
    return [file];
  }

  /** Numbered pictures, in a folder of their own: After Effects takes all that are there for one sequence. */
  async #sequence(
    { index, renderer }: SourceSearch,
    sequence: ImageSequence | { missing: string },
  ): Promise<PlannedFile[] | Fault> {
    if ('missing' in sequence)
      return { code: 'ASSET_NOT_FOUND', message: `the file ${sequence.missing} of the sequence is not there` };
    const { folder, names } = sequence;
    if (renderer === 'bundled' && names.length > MOST_DRAWN) {
      const message = `the sequence has ${names.length} pictures, and the bundled renderer draws up to ${MOST_DRAWN} of one; give it as a video`;
      return { code: 'ASSET_TYPE_UNSUPPORTED', message };
    }
    const [first = ''] = names;
    const facts = await this.#file(join(folder, first));
    if ('code' in facts) return facts;
    const reason = mediaFault('image', facts.kind, facts.name);
    if (reason !== null) return { code: 'ASSET_INVALID', message: `${facts.name} cannot be used: ${reason}` };
    const name = `${index}/${nameByContent(first, facts.kind)}`;
    return [{ folder: 'assets', name, source: { path: folder }, sequence: names, asset: index }];
  }

  #file(path: string): Promise<FileFacts> {
    const known = this.#files.get(path) ?? this.#look(path);
    this.#files.set(path, known);
    return known;
  }

  async #look(path: string): Promise<FileFacts> {
    try {
      const facts = await stat(path);
      if (!facts.isFile()) return { code: 'ASSET_INVALID', message: `${path} is not a file` };
      if (facts.size === 0) return { code: 'ASSET_INVALID', message: `${path} is empty` };
    } catch {
      // Whatever keeps us from seeing the file would keep the renderer from it.
      return { code: 'ASSET_NOT_FOUND', message: `the file ${path} is not there` };
    }
    const kind = await this.#thread.mediaKind({ path });
    return kind === null ? { code: 'ASSET_INVALID', message: `${path} cannot be read` } : { kind, name: path };
  }

  async #data(uri: string): Promise<FileFacts> {
    const data = parseDataUri(uri);
    if (data === null) return { code: 'ASSET_INVALID', message: 'is not a well-formed data: URI' };
    if (data.bytes.length === 0) return { code: 'ASSET_INVALID', message: 'the data: URI is empty' };
    const kind = await this.#thread.mediaKind({ bytes: Uint8Array.from(data.bytes.subarray(0, HEAD_BYTES)) });
    return kind === null
      ? { code: 'ASSET_INVALID', message: 'the data: URI cannot be read' }
      : { kind, name: `data.${data.extension}` };
  }
}

function isFootage(asset: Asset): asset is Asset & { type: 'image' | 'video' | 'audio' } {
  return asset.type === 'image' || asset.type === 'video' || asset.type === 'audio';
}

/**
 * Static files that would take each other's place, or that of the project. Upper and lower case, and ways to compose a
 * letter, are one on Windows and macOS; a job means the same everywhere.
 */
function placeFaults(assets: readonly Asset[], type: TemplateType): Fault[] {
  const faults: Fault[] = [];
  const project = nameOfCopy(type);
  const taken = new Map(project === null ? [] : [[foldedPath(project), 'the project itself']]);
  for (const [index, asset] of assets.entries()) {
    if (asset.type !== 'static') continue;
    const place = foldedPath(asset.name);
    const other = [...taken].find(
      ([at]) => at === place || at.startsWith(`${place}/`) || place.startsWith(`${at}/`),
    )?.[1];
    if (other !== undefined) {
      const message = `assets[${index}].name: '${shorten(asset.name)}' is the place of ${other}, since upper and lower case are one on Windows and macOS; choose another name`;
      faults.push({ code: 'VALIDATION_ERROR', message });
    } else taken.set(place, `assets[${index}]`);
  }
  return faults;
}

interface SourceSearch {
  asset: Asset & { src: string };
  index: number;
  renderer: RendererKind;
}

/** The sequence that a path stands for: a pattern, or a folder with the pictures of one; null if it is neither. */
async function sequenceAt(path: string): Promise<ImageSequence | { missing: string } | null> {
  const facts = await stat(path).catch(() => null); // Not there is the answer, not a fault.
  if (facts?.isDirectory()) return await sequenceInFolder(path);
  return facts === null && isSequencePattern(path) ? await sequenceOfPattern(path) : null;
}

/** A script with the files that it includes, which are where it looks for them. */
async function scriptFiles({ index, renderer }: SourceSearch, path: string): Promise<PlannedFile[] | Fault> {
  const { found, missing } = await findIncludes(path);
  if (missing.length > 0) {
    const names = missing.map((name) => `'${shorten(name)}'`).join(', ');
    return { code: 'ASSET_NOT_FOUND', message: `the script includes ${names}, which is not there` };
  }
  if (found.length > 0 && renderer === 'bundled') {
    const names = found.map(({ to }) => `'${to}'`).join(', ');
    const message = `the script includes ${names}; the bundled renderer takes scripts of one file alone`;
    return { code: 'ASSET_TYPE_UNSUPPORTED', message };
  }
  const script = { folder: 'assets', source: { path }, asset: index, isScript: true } as const;
  if (found.length === 0) return [{ ...script, name: `${index}-${safeName(path)}` }];
  const root = posix.join(String(index), ...Array<string>(levelsUp(found)).fill('inside'));
  return [
    { ...script, name: posix.join(root, safeName(path)) },
    ...found.map(
      ({ from, to }): PlannedFile => ({
        ...{ folder: 'assets', name: posix.join(root, to), source: { path: from }, asset: index },
      }),
    ),
  ];
}

/** A name that is safe in a script and on every system. */
function safeName(path: string): string {
  return basename(path)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(-100);
}
