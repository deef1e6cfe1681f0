import { extname } from 'node:path';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';

/** What the first bytes of a file say that it is. */
export interface MediaKind {
  /** `unknown`: a form without a mark of its own, such as Targa or text. */
  kind: 'image' | 'video' | 'audio' | 'other' | 'unknown';
  /** A picture that may move, so that it can stand for a video as well. */
  moving: boolean;
  /** For people: `image/png`; null where it is not known. */
  mime: string | null;
}

const UNKNOWN: MediaKind = { kind: 'unknown', moving: false, mime: null };
const MOVING: ReadonlySet<string> = new Set(['image/gif', 'image/apng', 'image/webp', 'image/avif']);
/** Of types that are not named after what they are. */
const KINDS: ReadonlyMap<string, MediaKind['kind']> = new Map([
  ['application/pdf', 'image'],
  ['application/postscript', 'image'],
  ['application/eps', 'image'],
  ['application/mxf', 'video'],
  ['application/ogg', 'video'],
  ['application/vnd.ms-asf', 'video'],
  ['application/vnd.rn-realmedia', 'video'],
]);

/** Rejects where the file cannot be read. */
export async function mediaKindOfFile(path: string): Promise<MediaKind> {
  return kindOf((await fileTypeFromFile(path))?.mime);
}

export async function mediaKindOfBytes(bytes: Uint8Array): Promise<MediaKind> {
  return kindOf((await fileTypeFromBuffer(bytes))?.mime);
}

function kindOf(mime: string | undefined): MediaKind {
  if (mime === undefined) return UNKNOWN;
  const [family = ''] = mime.split('/');
  const named = family === 'image' || family === 'video' || family === 'audio' ? family : 'other';
  return { kind: KINDS.get(mime) ?? named, moving: MOVING.has(mime), mime };
}

/** Files with these extensions have a mark that is always found; the others may be what they please. */
const MARKED = /^\.(png|jpe?g|gif|webp|psd|bmp|tiff?|exr|mp4|m4v|mov|webm|mkv|avi|wav|flac|ogg|m4a)$/i;

/** Why a file of this kind cannot be the source of an asset of this type; null where it can. */
export function mediaFault(
  type: 'image' | 'video' | 'audio',
  { kind, moving, mime }: MediaKind,
  name: string,
): string | null {
  if (kind === 'unknown') {
    const extension = extname(name);
    return MARKED.test(extension) ? `its content is not that of a ${extension} file` : null;
  }
  const fits = kind === type || (type === 'video' && moving) || (type === 'audio' && kind === 'video');
  return fits ? null : `it is of type ${mime}, and the asset is of type ${type}`;
}
