import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a `src` points: a file on this machine, bytes in the text itself, or somewhere that needs the network. */
export type Source =
  | { kind: 'file'; path: string }
  | { kind: 'data'; uri: string }
  /** `reason` says in a sentence why it is none of ours, and what is. */
  | { kind: 'unsupported'; scheme: string; reason: string };

/** What the option `resolve` is: the path, `file:` URL or `data:` URI that stands for a URL; nothing if there is none. */
export type ResolveUrl = (url: string) => string | null | undefined | Promise<string | null | undefined>;

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

/** The file that a `data:` URI carries. `extension` has no dot. */
interface DataUri {
  mediaType: string;
  extension: string;
  bytes: Buffer;
}

const HEAD = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[\w.+-]+=[\w.+-]+)*)(;base64)?,/i;

/** After Effects recognises a format by its extension, so each type that it can import has one. */
const EXTENSIONS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'application/json': 'json',
};

export function isDataUri(source: string): boolean {
  return /^data:/i.test(source);
}

/** Reads a `data:` URI (RFC 2397); null if the text is none, or is not well-formed. */
export function parseDataUri(source: string): DataUri | null {
  // The head is short: a pattern over a body of megabytes would be slow for nothing.
  const head = HEAD.exec(source.slice(0, 500));
  if (head === null) return null;
  const mediaType = (head[1] ?? 'text/plain').toLowerCase();
  const body = source.slice(head[0].length);
  const extension = EXTENSIONS[mediaType] ?? 'bin';
  if (head[3] !== undefined) return { mediaType, extension, bytes: Buffer.from(body, 'base64') };
  try {
    return { mediaType, extension, bytes: Buffer.from(decodeURIComponent(body), 'utf8') };
  } catch {
    // A stray per cent sign: not a URI.
    return null;
  }
}
