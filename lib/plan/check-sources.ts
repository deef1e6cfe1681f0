import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Asset } from '../assets/asset.ts';
import type { Fault } from '../assets/asset-type.ts';
import { parseDataUri } from '../contract/data-uri.ts';
import { readSource } from '../contract/source.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import { type MediaKind, mediaFault, nameByContent } from '../media/media-kind.ts';
import type { PlannedFile } from './job-plan.ts';

/** Tells what the content of a file is. */
type MediaReader = Pick<InspectionThread, 'mediaKind'>;

/** Enough of a file to tell its type by. */
const HEAD_BYTES = 4_100;

/** What a source is: the kind of its content, and a name with its extension; or why it cannot be a source. */
type FileFacts = { kind: MediaKind; name: string } | Fault;

/**
 * Looks at the files that the assets of one call name. A file that many jobs name is looked at once: within a call it
 * counts as it was first seen.
 */
export class SourceChecker {
  readonly #thread: MediaReader;
  readonly #files = new Map<string, Promise<FileFacts>>();

  constructor(thread: MediaReader) {
    this.#thread = thread;
  }

  /** `folder`: that of the template, which relative paths start from. Answers a file for each asset that names one. */
  async check(assets: readonly Asset[], folder: string): Promise<{ faults: Fault[]; files: PlannedFile[] }> {
    const faults: Fault[] = [];
    const files: PlannedFile[] = [];
    for (const [index, asset] of assets.entries()) {
      if (!('src' in asset)) continue;
      const found = await this.#find(asset, index, folder);
      if ('code' in found) faults.push({ code: found.code, message: `assets[${index}].src: ${found.message}` });
      else files.push(found);
    }
    return { faults, files };
  }

  async #find(asset: Asset & { src: string }, index: number, folder: string): Promise<PlannedFile | Fault> {
    const source = readSource(asset.src, folder);
    if (source.kind === 'unsupported') {
      return { code: 'ASSET_SOURCE_UNSUPPORTED', message: source.reason };
    }
    const facts = source.kind === 'file' ? await this.#file(source.path) : await this.#data(source.uri);
    if ('code' in facts) return facts;
    if (isFootage(asset)) {
      const reason = mediaFault(asset.type, facts.kind, facts.name);
      const what = source.kind === 'file' ? source.path : 'the data: URI';
      if (reason !== null) return { code: 'ASSET_INVALID', message: `${what} cannot be used: ${reason}` };
    }
    return {
      ...(asset.type === 'static'
        ? { folder: 'project', name: asset.name }
        : {
            folder: 'assets',
            name: `${index}-${safeName(isFootage(asset) ? nameByContent(basename(facts.name), facts.kind) : facts.name)}`,
          }),
      source: source.kind === 'file' ? { path: source.path } : { payloadAsset: index },
      asset: index,
      ...(asset.type === 'script' ? { isScript: true } : {}),
    };
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

/** A name that is safe in a script and on every system. */
function safeName(path: string): string {
  return basename(path)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(-100);
}
