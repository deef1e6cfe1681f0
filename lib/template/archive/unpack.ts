import { access, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import { MOST_BYTES, openRegularFile, readHead } from '../../files.ts';
import { ArchiveFault, type ArchiveFile, filesOf, quoted } from './entries.ts';
import { openZip } from './reader.ts';

/** What an archive may unfold to: more than any real template, and less than any disk. */
export interface ArchiveLimits {
  /** Files, and the folders that they lie in. */
  files: number;
  bytes: number;
  /** Unpacked bytes for one packed byte; a project compresses well, a zip bomb by a thousand. */
  ratio: number;
}

const ENCRYPTED = 'it is encrypted; pack it without a password';

/** A ratio says nothing about a small file. */
const RATIO_FROM_BYTES = 2 ** 20;

export interface Unpacked {
  folder: string;
  /** All that are in it, in its order, with `/` between the parts. */
  files: string[];
  bytes: number;
}

/**
 * Unpacks one archive. All of it is read, so that what is damaged is known; only what is `wanted` is written. Throws
 * `ArchiveFault`; a full disk or a missing file is not the archive's fault.
 */
export async function unpack(
  file: string,
  folder: string,
  limits: ArchiveLimits,
  wanted: (path: string) => boolean,
): Promise<Unpacked> {
  await using source = await openRegularFile(file, { maxBytes: MOST_BYTES.archive });
  try {
    const zip = await openZip(source.handle);
    const files = await filesOf(zip, limits.files);
    let bytes = 0;
    for (const next of files) {
      const left = { ...limits, bytes: limits.bytes - bytes };
      bytes += wanted(next.path) ? await extract(zip, next, folder, left) : await check(zip, next, folder, left);
    }
    return { folder, files: files.map(({ path }) => path), bytes };
  } catch (cause) {
    if (cause instanceof ArchiveFault || isSystemError(cause)) throw cause;
    const reason = reasonOf(cause);
    // Strong encryption hides the list of names as well; yauzl refuses it by these words only.
    if (reason.includes('encryption')) throw new ArchiveFault(ENCRYPTED, { cause });
    throw new ArchiveFault(`it is damaged (${reason}); copy it or pack it again`, { cause });
  }
}

/** Whether a file starts as a zip does. */
export async function isZip(file: string): Promise<boolean> {
  const head = await readHead(file, 4, { maxBytes: MOST_BYTES.archive });
  return head.toString('latin1') === 'PK\u0003\u0004';
}

async function check(zip: ZipFile, file: ArchiveFile, folder: string, limits: ArchiveLimits): Promise<number> {
  try {
    // Whether the system takes the name: there is nothing of it yet, which is as it should be.
    await access(join(folder, file.path)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
    return await write(await zip.openReadStreamPromise(file.entry), NOWHERE, file, limits);
  } catch (cause) {
    throw faultOf(cause, file.path);
  }
}

interface Output {
  writeFile(chunk: Buffer): Promise<void>;
}

const NOWHERE: Output = { writeFile: async () => {} };

async function extract(zip: ZipFile, file: ArchiveFile, folder: string, limits: ArchiveLimits): Promise<number> {
  const { path, entry } = file;
  const target = join(folder, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    // Never over another file, nor through a link.
    const output = await open(target, 'wx');
    try {
      return await write(await zip.openReadStreamPromise(entry), output, file, limits);
    } finally {
      await output.close();
    }
  } catch (cause) {
    throw faultOf(cause, path);
  }
}

/** Counted as it unfolds: the size that the archive itself states may be a lie. */
async function write(
  content: AsyncIterable<Buffer>,
  output: Output,
  { path, entry }: ArchiveFile,
  limits: ArchiveLimits,
): Promise<number> {
  let written = 0;
  let checksum = 0;
  for await (const chunk of content) {
    written += chunk.length;
    if (written > limits.bytes || (written > RATIO_FROM_BYTES && written > entry.compressedSize * limits.ratio))
      throw new ArchiveFault(`${quoted(path)} unfolds to more than is allowed`);
    checksum = crc32(chunk, checksum);
    await output.writeFile(chunk);
  }
  // A project that is damaged without a sign of it would be rendered as it is.
  if (checksum !== entry.crc32) throw new Error('its checksum is wrong');
  return written;
}

/** The codes of the system that the names of an archive bring about. */
const NAME_FAULTS: Record<string, string> = {
  EEXIST: 'meets another name of the archive, which differs in case only: this system takes them for one',
  ENOTDIR: 'meets another name of the archive, which differs in case only: this system takes them for one',
  ENAMETOOLONG: 'is too long for this system',
};

function faultOf(cause: unknown, path: string): unknown {
  if (cause instanceof ArchiveFault) return cause;
  if (!isSystemError(cause))
    return new ArchiveFault(`${quoted(path)} is damaged (${reasonOf(cause)}); copy the archive or pack it again`, {
      cause,
    });
  const fault = NAME_FAULTS[cause.code ?? ''];
  return fault === undefined ? cause : new ArchiveFault(`the name ${quoted(path)} ${fault}`, { cause });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Some of yauzl's own words end in a full stop. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
