/** The file that a `data:` URI carries. `extension` has no dot. */
export interface DataUri {
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
