import { extname } from 'node:path';

/** What the first bytes of a file say that it is. */
export interface MediaKind {
  /** `unknown`: a form without a mark of its own, such as Targa or text. */
  kind: 'image' | 'video' | 'audio' | 'other' | 'unknown';
  /** A picture that may move, so that it can stand for a video as well. */
  moving: boolean;
  /** For people: `image/png`; null if it is not known. */
  mime: string | null;
  /** That of such a file, without the dot; null if it is not known. */
  extension: string | null;
}

/** These formats are always detected by their first bytes; other extensions are not checked. */
const MARKED = /^\.(png|jpe?g|gif|webp|psd|bmp|tiff?|exr|mp4|m4v|mov|webm|mkv|avi|wav|flac|ogg|m4a)$/i;

/** Why a file of this kind cannot be the source of an asset of this type; null if it can. */
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

/** Extensions that mean the same to who opens a file by them. */
const ALIKE: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe'],
  ['tif', 'tiff'],
  ['png', 'apng'],
  ['mp4', 'm4v', 'm4a'],
  ['ogg', 'oga', 'ogv', 'opus'],
  ['webm', 'mkv'],
];

/** By which After Effects knows more than the content tells: `.ai` is a PDF by its content, and a camera's file a TIFF. */
const TELLING =
  /^\.(ai|eps|pdf|psb|svg|tga|iff|hdr|dpx|cin|pic|sgi|rla|rpf|dng|cr2|cr3|crw|nef|arw|raf|rw2|orf|pef|srw|mxf|mts|m2ts|m2t|mpe?g|m2v|vob|3gp|wmv|wma|aiff?|aac|mp3|avif|hei[cf]|r3d|braw|ari|ogv|c4d|glb|gltf|obj)$/i;

/**
 * The name under which After Effects, which knows a format by its extension, takes a file for what it is. A name without
 * an extension that it knows gets one, and one that lies another.
 */
export function nameByContent(name: string, { extension: content }: MediaKind): string {
  const written = extname(name);
  if (content === null || TELLING.test(written)) return name;
  if (written.length > 1 && written !== '.bin' && !MARKED.test(written)) return `${name}.${extensionOf(content)}`;
  const plain = written.slice(1).toLowerCase();
  const isAlike = plain === content || ALIKE.some((group) => group.includes(plain) && group.includes(content));
  if (isAlike) return name;
  return `${name.slice(0, name.length - written.length)}.${extensionOf(content)}`;
}

function extensionOf(content: string): string {
  return content === 'apng' ? 'png' : content;
}
