import { extname } from 'node:path';

/** What the first bytes of a file say that it is. */
export interface MediaKind {
  /** `unknown`: a form without a mark of its own, such as Targa or text. */
  kind: 'image' | 'video' | 'audio' | 'other' | 'unknown';
  /** A picture that may move, so that it can stand for a video as well. */
  moving: boolean;
  /** For people: `image/png`; null where it is not known. */
  mime: string | null;
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
