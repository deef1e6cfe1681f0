import { isUtf8 } from 'node:buffer';
import { type Entry, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { shorten } from '../../contract/faults.ts';
import { unsafePathReason } from '../../contract/file-name.ts';
import { codePageOf, decoded, isVague } from './code-page.ts';

/** A file of an archive, and the path under which it is written. */
export interface ArchiveFile {
  path: string;
  entry: Entry;
}

/** The upper half of an entry's external attributes is a Unix mode; these bits of it say what the entry is. */
const KIND_BITS = 0o170000;
const LINK = 0o120000;
/** Nothing said, a file, a folder. */
const ORDINARY = [0, 0o100000, 0o040000];

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_SIZE = 30;

/** The files to unpack. Every entry is looked at before the first byte is written. */
export async function filesOf(zip: ZipFile, most: number): Promise<ArchiveFile[]> {
  if (zip.entryCount > most) throw new ArchiveFault(`it holds ${zip.entryCount} files; ${most} are allowed`);
  const files = new Map<string, ArchiveFile>();
  const folders = new Set<string>();
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const codePage = await codePageOf(zip, entries);
  for (const entry of entries) {
    const name = nameOf(entry, codePage);
    // Never written, so its name does no harm; Finder's `Icon\r` could not be a name on Windows.
    if (isNoise(name)) continue;
    const fault = nameFault(name);
    if (fault !== null) throw new ArchiveFault(`the name ${quoted(name)} in it ${fault}`);
    // Folders are made for the files in them.
    if (name.endsWith('/')) continue;
    const path = pathOf(name);
    refuseKind(entry, path);
    if (files.has(path)) throw new ArchiveFault(`${quoted(path)} is in it twice`);
    files.set(path, { path, entry });
    for (const folder of foldersAbove(path)) folders.add(folder);
    if (files.size + folders.size > most) throw new ArchiveFault(`it holds more than ${most} files and folders`);
  }
  for (const path of files.keys())
    if (folders.has(path)) throw new ArchiveFault(`${quoted(path)} is both a file and a folder in it`);
  refuseSharedData([...files.values()]);
  return [...files.values()];
}

function refuseKind(entry: Entry, path: string): void {
  const kind = (entry.externalFileAttributes >>> 16) & KIND_BITS;
  if (kind === LINK) throw new ArchiveFault(`${quoted(path)} is a link; pack the file that it leads to`);
  if (!ORDINARY.includes(kind)) throw new ArchiveFault(`${quoted(path)} is a device, not a file`);
  if (entry.isEncrypted()) throw new ArchiveFault(`${quoted(path)} is encrypted; pack it without a password`);
  const { compressionMethod: method } = entry;
  if (method !== STORED && method !== DEFLATED)
    throw new ArchiveFault(`${quoted(path)} is packed by method ${method}; pack it as an ordinary zip (Deflate)`);
}

/** `a/b/c` has `a` and `a/b` above. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** A zip bomb need not be dense where many entries point to the same bytes. */
function refuseSharedData(files: readonly ArchiveFile[]): void {
  let end = 0;
  for (const { path, entry } of files.toSorted((a, b) => startOf(a) - startOf(b))) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) throw new ArchiveFault(`${quoted(path)} shares its data with another file, as in a zip bomb`);
    end = start + LOCAL_HEADER_SIZE + entry.compressedSize;
  }
}

function startOf({ entry }: ArchiveFile): number {
  return entry.relativeOffsetOfLocalHeader;
}

const UTF8_FLAG = 0x800;

/** Longer than any system accepts. */
const LONGEST_NAME = 1_024;

/** What Finder leaves in an archive: resource forks, the look and the icon of a folder. No template needs them. */
const NOISE = /(^|\/)(__MACOSX\/|\._[^/]*$|\.DS_Store$|Icon\r$)/;

/**
 * The name of an entry, with `/` between its parts. Finder writes UTF-8 and does not say so, and Windows the code page of
 * its country: taken for the code page that the format falls back to, footage would not be found by the project.
 */
function nameOf(entry: Entry, codePage: string | null): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const inPage = codePage !== null && isVague(entry) ? decoded(fileNameRaw, codePage) : null;
  if (inPage !== null) return inPage;
  const flags = isUtf8(fileNameRaw) ? generalPurposeBitFlag | UTF8_FLAG : generalPurposeBitFlag;
  return getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
}

function isNoise(name: string): boolean {
  return NOISE.test(name);
}

/** `./a//b` is `a/b`: the path under which an entry is written. */
function pathOf(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Why an entry of this name must not be written, or null. What only Windows cannot hold is refused there only: a Mac's
 * `Logo: final?.png` is an ordinary file, and the project asks for it by that name.
 */
export function nameFault(name: string, system: NodeJS.Platform = process.platform): string | null {
  if (name.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`;
  if (name.includes('\0')) return 'holds a NUL';
  if (/^(\/|[a-z]:)/i.test(name)) return 'is an absolute path';
  if (name.split('/').includes('..')) return 'leads out of the folder';
  if (pathOf(name) === '') return 'is empty';
  return system === 'win32' ? unsafePathReason(pathOf(name)) : null;
}

/** What is wrong with an archive, to be put after its name. */
export class ArchiveFault extends Error {
  override name = 'ArchiveFault';
}

/** A name from an archive as a message can hold it: of any length, and with characters that a terminal would obey. */
export function quoted(name: string): string {
  const visible = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\p{Cc}\p{Cf}]/gu, escaped);
  return `"${shorten(visible)}"`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
