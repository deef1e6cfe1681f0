import type { Entry, ZipFile } from 'yauzl';
import { codePageOf } from './code-page.ts';
import { ArchiveFault, quoted } from './fault.ts';
import { isNoise, nameFault, nameOf, pathOf } from './name.ts';

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
