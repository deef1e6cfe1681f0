import { stat } from 'node:fs/promises';
import type { Asset } from '../assets/asset.ts';
import type { Fault } from '../assets/layers.ts';
import { parseDataUri } from '../contract/data-uri.ts';
import { readSource } from '../contract/source.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import { type MediaKind, mediaFault } from '../media/media-kind.ts';

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

  /** `folder`: that of the template, which relative paths start from. */
  async check(assets: readonly Asset[], folder: string): Promise<Fault[]> {
    const faults: Fault[] = [];
    for (const [index, asset] of assets.entries()) {
      if (!('src' in asset)) continue;
      const fault = await this.#fault(asset, folder);
      if (fault !== null) faults.push({ code: fault.code, message: `assets[${index}].src: ${fault.message}` });
    }
    return faults;
  }

  async #fault(asset: Asset & { src: string }, folder: string): Promise<Fault | null> {
    const source = readSource(asset.src, folder);
    if (source.kind === 'unsupported') {
      const message = `${source.scheme}: sources need the network, which this library does not use; give a path, a file: URL or a data: URI`;
      return { code: 'ASSET_SOURCE_UNSUPPORTED', message };
    }
    const facts = source.kind === 'file' ? await this.#file(source.path) : await this.#data(source.uri);
    if ('code' in facts) return facts;
    if (asset.type !== 'image' && asset.type !== 'video' && asset.type !== 'audio') return null;
    const reason = mediaFault(asset.type, facts.kind, facts.name);
    const what = source.kind === 'file' ? source.path : 'the data: URI';
    return reason === null ? null : { code: 'ASSET_INVALID', message: `${what} cannot be used: ${reason}` };
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
