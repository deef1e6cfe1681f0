import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDataUri } from './data-uri.ts';

/** Where a `src` points: a file on this machine, bytes in the text itself, or somewhere that needs the network. */
export type Source =
  | { kind: 'file'; path: string }
  | { kind: 'data'; uri: string }
  | { kind: 'unsupported'; scheme: string };

/** A scheme has two letters at least, so that a Windows drive (`C:\…`) is none. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/**
 * Reads a `src`: a `file:` URL, an absolute path, a path relative to `folder` (that of the template), or a `data:` URI.
 * Whether the file is there is for others to see.
 */
export function readSource(src: string, folder: string): Source {
  if (isDataUri(src)) return { kind: 'data', uri: src };
  if (/^file:/i.test(src)) {
    try {
      return { kind: 'file', path: fileURLToPath(src) };
    } catch {
      // A file URL with a host, or with an encoded slash, names no file of this machine.
      return { kind: 'unsupported', scheme: 'file' };
    }
  }
  if (!isAbsolute(src)) {
    const scheme = SCHEME.exec(src)?.[1];
    if (scheme !== undefined) return { kind: 'unsupported', scheme: scheme.toLowerCase() };
  }
  return { kind: 'file', path: resolve(folder, src) };
}
