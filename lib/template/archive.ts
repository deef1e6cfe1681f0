import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, extname, join, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { EngineError } from '../errors.ts';

/** What an archive may unfold to: more than any real template, and less than any disk. */
export interface ArchiveLimits {
  files: number;
  bytes: number;
  /** Unpacked bytes for one packed byte; a project compresses well, a zip bomb by a thousand. */
  ratio: number;
}

const LIMITS: ArchiveLimits = { files: 20_000, bytes: 8 * 2 ** 30, ratio: 500 };
/** A ratio says nothing about a small file. */
const RATIO_FROM_BYTES = 2 ** 20;

export type ArchiveType = 'mogrt' | 'zip' | 'lottie';

/**
 * Unpacks a template into a folder and says which file in it is the project. Nothing is written outside of the folder,
 * links are refused. Throws `TEMPLATE_UNREADABLE`.
 */
export async function unpackTemplate(
  file: string,
  type: ArchiveType,
  into: string,
  limits = LIMITS,
): Promise<{ project: string; files: string[] }> {
  let files = await unpack(file, into, limits);
  if (type === 'mogrt') {
    const inner = files.find((name) => name.toLowerCase().endsWith('project.aegraphic'));
    if (inner === undefined) {
      throw unreadable(
        file,
        'it holds no project.aegraphic: a .mogrt made by Premiere Pro has no After Effects project inside',
      );
    }
    files = await unpack(join(into, inner), into, limits);
  }
  return { project: join(into, projectAmong(files, type, file)), files };
}

const PROJECT_EXTENSIONS: Record<ArchiveType, readonly string[]> = {
  mogrt: ['.aep', '.aepx'],
  zip: ['.aep', '.aepx', '.json'],
  lottie: ['.json'],
};

function projectAmong(files: readonly string[], type: ArchiveType, archive: string): string {
  const depth = (name: string) => name.split('/').length;
  const candidates = files
    .filter(
      (name) =>
        PROJECT_EXTENSIONS[type].includes(extname(name).toLowerCase()) &&
        !/(^|\/)(manifest\.json$|__MACOSX\/|\._)/.test(name),
    )
    .filter((name) => type !== 'lottie' || /^(animations|a)\//.test(name))
    .sort((a, b) => rank(a, type) - rank(b, type) || depth(a) - depth(b) || (a < b ? -1 : 1));
  const [project] = candidates;
  if (project === undefined) throw unreadable(archive, `it holds no ${PROJECT_EXTENSIONS[type].join(' or ')} file`);
  return project;
}

function rank(name: string, type: ArchiveType): number {
  return PROJECT_EXTENSIONS[type].indexOf(extname(name).toLowerCase());
}

async function unpack(file: string, into: string, limits: ArchiveLimits): Promise<string[]> {
  try {
    const zip = await openPromise(file, { strictFileNames: false, validateEntrySizes: true });
    try {
      return await extractAll(zip, into, limits, file);
    } finally {
      zip.close();
    }
  } catch (cause) {
    if (cause instanceof EngineError || isSystemError(cause)) throw cause;
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A full disk or a missing file is not the archive's fault. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function extractAll(zip: ZipFile, into: string, limits: ArchiveLimits, file: string): Promise<string[]> {
  if (zip.entryCount > limits.files)
    throw unreadable(file, `it holds ${zip.entryCount} files; ${limits.files} are allowed`);
  const files: string[] = [];
  let left = limits.bytes;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replaceAll('\\', '/');
    if (name.endsWith('/')) continue;
    const target = join(into, name);
    if (!target.startsWith(into + sep)) throw unreadable(file, `the name ${name} leads out of the folder`);
    if (isLink(entry)) throw unreadable(file, `${name} is a link`);
    left -= await extract(zip, entry, target, { bytes: left, ratio: limits.ratio }, file);
    files.push(name);
  }
  return files;
}

/** The upper half of the external attributes holds the Unix mode of the file. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  target: string,
  limits: Pick<ArchiveLimits, 'bytes' | 'ratio'>,
  file: string,
): Promise<number> {
  await mkdir(dirname(target), { recursive: true });
  let written = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      // Counted as it unfolds: the size that the archive itself states may be a lie.
      const tooDense = written > RATIO_FROM_BYTES && written > entry.compressedSize * limits.ratio;
      if (written > limits.bytes || tooDense)
        done(unreadable(file, `${entry.fileName} unfolds to more than is allowed`));
      else done(null, chunk);
    },
  });
  await pipeline(await zip.openReadStreamPromise(entry), count, createWriteStream(target));
  return written;
}

function unreadable(file: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('TEMPLATE_UNREADABLE', `The archive ${file} cannot be read: ${reason}.`, { cause });
}
