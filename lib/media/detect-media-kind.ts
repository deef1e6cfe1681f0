import type { FileTypeResult } from 'file-type';
import { MOST_BYTES, readHead } from '../files.ts';
import type { MediaKind } from './media-kind.ts';
import { isPlaylist } from './playlist.ts';

const UNKNOWN: MediaKind = { kind: 'unknown', moving: false, mime: null, extension: null };
/** It names other files, and shows nothing itself. */
const PLAYLIST: MediaKind = { kind: 'other', moving: false, mime: 'application/playlist', extension: null };
const HEAD_BYTES = 4_096;
const MOVING: ReadonlySet<string> = new Set(['image/gif', 'image/apng', 'image/webp', 'image/avif']);
/** The kinds of MIME types whose name does not say it. */
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
  if (isPlaylist(await readHead(path, HEAD_BYTES, { maxBytes: MOST_BYTES.footage }))) return PLAYLIST;
  return kindOf(await (await fileTypes()).fileTypeFromFile(path));
}

export async function mediaKindOfBytes(bytes: Uint8Array): Promise<MediaKind> {
  return isPlaylist(bytes) ? PLAYLIST : kindOf(await (await fileTypes()).fileTypeFromBuffer(bytes));
}

/** Loaded for the first file: most jobs bring none. */
function fileTypes() {
  return import('file-type');
}

function kindOf(found: FileTypeResult | undefined): MediaKind {
  if (found === undefined) return UNKNOWN;
  const { mime, ext: extension } = found;
  const [family = ''] = mime.split('/');
  const named = family === 'image' || family === 'video' || family === 'audio' ? family : 'other';
  return { kind: KINDS.get(mime) ?? named, moving: MOVING.has(mime), mime, extension };
}
