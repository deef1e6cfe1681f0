import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDataUri } from './data-uri.ts';

/** Where a `src` points: a file on this machine, bytes in the text itself, or somewhere that needs the network. */
export type Source =
  | { kind: 'file'; path: string }
  | { kind: 'data'; uri: string }
  /** `reason` says in a sentence why it is none of ours, and what is. */
  | { kind: 'unsupported'; scheme: string; reason: string };

/** A scheme has two letters at least, so that a Windows drive (`C:\…`) is none. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/**
 * Reads a `src`: a `file:` URL, an absolute path, a path relative to `folder` (that of the template), or a `data:` URI.
 * Whether the file is there is for others to see.
 */
export function readSource(src: string, folder: string): Source {
  if (isDataUri(src)) return { kind: 'data', uri: src };
  if (/^file:/i.test(src)) {
    return fileOf(src);
  }
  if (!isAbsolute(src)) {
    const scheme = SCHEME.exec(src)?.[1];
    if (scheme !== undefined)
      return { kind: 'unsupported', scheme: scheme.toLowerCase(), reason: needsNetwork(scheme) };
  }
  return { kind: 'file', path: resolve(folder, src) };
}

function needsNetwork(scheme: string): string {
  return `${scheme.toLowerCase()}: sources need the network, which this library does not use; give a path, a file: URL or a data: URI`;
}

/** In a URL of a file, `#` and `?` are letters of its name: people write them as they are. */
function fileOf(url: string): Source {
  try {
    return { kind: 'file', path: fileURLToPath(url.replaceAll('#', '%23').replaceAll('?', '%3F')) };
  } catch {
    const host = /^file:\/\/([^/]+)/i.exec(url)?.[1];
    const reason =
      host === undefined
        ? `${url.slice(0, 200)} names no file of this machine; give its path`
        : `file://${host.slice(0, 100)}/… names a file of another machine, which only Windows reaches by such a URL; mount its folder, and give the path here`;
    return { kind: 'unsupported', scheme: 'file', reason };
  }
}
