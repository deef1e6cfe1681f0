import { closeSync, constants, fstatSync, openSync, readSync, type Stats, writeFileSync } from 'node:fs';
import { copyFile, type FileHandle, open, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** The system lacks something for a moment: open files, processes, memory, or a program is just being replaced. */
const SHORTAGES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETXTBSY']);

/**
 * The code of an error of the system. Not asked of `instanceof Error`: jest runs a program in a realm of its own, whose
 * `Error` is not that of Node's modules.
 */
export function codeOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function isOtherFileSystem(error: unknown): boolean {
  return codeOf(error) === 'EXDEV';
}

/** Whether the same call may succeed in a moment. */
export function isShortage(error: unknown): boolean {
  return isShortageCode(codeOf(error) ?? '');
}

export function isShortageCode(code: string): boolean {
  return SHORTAGES.has(code);
}

/** Whether the system refused a call; any other unexpected error is a bug. */
export function isSystemError(error: unknown): boolean {
  return codeOf(error) !== undefined && 'syscall' in (error as object);
}

/** Pauses between attempts grow up to this. */
const LONGEST_PAUSE_MS = 1_000;
const HELD_LIMIT_MS = 60_000;

interface HeldOptions {
  signal?: AbortSignal;
  platform?: NodeJS.Platform;
  limitMs?: number;
}

/**
 * Does something with a file, again while another program holds it: on Windows an antivirus, an indexer, a sync client
 * or a player keeps a new file open for a moment (the rule of `graceful-fs`: for up to a minute, with growing pauses).
 * Rejects with the error of the system.
 */
export async function whileHeld<Result>(
  work: () => Promise<Result>,
  { signal, platform = process.platform, limitMs = HELD_LIMIT_MS }: HeldOptions = {},
): Promise<Result> {
  const until = performance.now() + limitMs;
  for (let pause = 10; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (platform !== 'win32' || !isHeld(error) || performance.now() > until) throw error;
      await delay(pause, undefined, signal === undefined ? {} : { signal });
    }
  }
}

export function isHeld(error: unknown): boolean {
  return ['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '');
}

/** Windows has no O_NONBLOCK, and no named pipes among its files. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** How large a file of each use may be: more than any real one, and less than what fills the memory or the disk. */
export const MOST_BYTES = {
  /** A project is parsed in memory. */
  project: 2 ** 30,
  archive: 16 * 2 ** 30,
  font: 512 * 2 ** 20,
  script: 16 * 2 ** 20,
  batch: 256 * 2 ** 20,
  footage: 2 ** 40,
} as const;

/** A path leads to something that is not read: a folder, a named pipe, a device, a socket, or a file that is too large. */
export class FileRefused extends Error {
  override name = 'FileRefused';
}

interface OpenRegularOptions {
  maxBytes: number;
}

interface RegularFile extends AsyncDisposable {
  handle: FileHandle;
  /** When it was opened. */
  facts: Stats;
}

/**
 * Opens a regular file for reading, and nothing else. To open a named pipe waits for its writer, for ever and in one of
 * the four threads in which Node reads files; a device has no end. So the path is looked at first, and what was opened
 * is looked at again, since it may have been replaced meanwhile; without blocking, the open itself returns at once.
 *
 * Throws `FileRefused`, or the error of the system.
 */
export async function openRegularFile(path: string, { maxBytes }: OpenRegularOptions): Promise<RegularFile> {
  refuse(await stat(path), maxBytes);
  const handle = await open(path, READ_ONLY);
  try {
    const facts = await handle.stat();
    refuse(facts, maxBytes);
    return { handle, facts, [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Rejects with `FileRefused`, or the error of the system. */
export async function readRegularFile(path: string, options: OpenRegularOptions): Promise<Buffer> {
  await using file = await openRegularFile(path, options);
  return await readUpTo(file, file.facts.size);
}

/** The first bytes of a file. */
export async function readHead(path: string, bytes: number, options: OpenRegularOptions): Promise<Buffer> {
  await using file = await openRegularFile(path, options);
  return await readUpTo(file, Math.min(bytes, file.facts.size));
}

/** The first bytes of a regular file that is small or on this machine's own disk: the thread waits for them. */
export function readHeadSync(path: string, bytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(bytes);
    return head.subarray(0, readSync(file, head, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}

/** The content in pieces, up to the size that the file had when it was opened: one that grows has no end. */
export async function* chunksOf({ handle, facts }: RegularFile, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < facts.size; ) {
    signal?.throwIfAborted();
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, facts.size - at));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    // Shorter than the system said, or cut meanwhile.
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

const CHUNK_BYTES = 2 ** 20;

async function readUpTo({ handle }: RegularFile, bytes: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(bytes);
  let at = 0;
  while (at < bytes) {
    const { bytesRead } = await handle.read(content, at, bytes - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return content.subarray(0, at);
}

interface CopyOptions extends OpenRegularOptions {
  /** Stops the copy between two pieces; what was written of it is removed. */
  signal?: AbortSignal | undefined;
  /** Called after each piece. */
  alive?: () => void;
  /**
   * Small files are copied at once, while nothing else runs in this thread: to hand each of ten calls to another thread
   * and wait takes longer than the calls. Not for the host's thread.
   */
  blocking?: boolean;
}

/**
 * Copies a regular file: as a clone where the file system can, else in pieces up to its end. (Node's own `copyFile` never
 * returns where a file is cut while it is copied, or is shorter than the system says.)
 */
export async function copyRegularFile(from: string, to: string, options: CopyOptions): Promise<void> {
  const { maxBytes, signal, alive, blocking = false } = options;
  if (blocking) {
    // Not blocking: a share that has gone away does not answer.
    const facts = await stat(from);
    refuse(facts, maxBytes);
    if (facts.size < CLONED_FROM_BYTES) {
      copySmallFile(from, to, maxBytes);
      return;
    }
  }
  await using file = await openRegularFile(from, { maxBytes });
  signal?.throwIfAborted();
  if (await cloned(from, file, to)) return;
  try {
    await using target = await open(to, 'w');
    for await (const chunk of chunksOf(file, signal)) {
      await target.writeFile(chunk);
      alive?.();
    }
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
}

function copySmallFile(from: string, to: string, maxBytes: number): void {
  const file = openSync(from, READ_ONLY);
  try {
    const facts = fstatSync(file);
    refuse(facts, maxBytes);
    const content = Buffer.allocUnsafe(facts.size);
    let length = 0;
    while (length < content.length) {
      const bytesRead = readSync(file, content, length, content.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    writeFileSync(to, content.subarray(0, length));
  } finally {
    closeSync(file);
  }
}

/** Small files are as fast in pieces. */
const CLONED_FROM_BYTES = 2 ** 20;

async function cloned(path: string, { handle, facts }: RegularFile, to: string): Promise<boolean> {
  if (facts.size < CLONED_FROM_BYTES) return false;
  // Linux names the open file itself, so that the path cannot be replaced in between.
  const from = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path;
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    // This file system cannot, or the two are not the same one: then in pieces, which says what is wrong.
    return false;
  }
}

function refuse(facts: Stats, maxBytes: number): void {
  const kind = kindOf(facts);
  if (kind !== null) throw new FileRefused(`it is ${kind}, not a file`);
  if (facts.size > maxBytes)
    throw new FileRefused(`it has ${mebibytes(facts.size)} MiB, and ${mebibytes(maxBytes)} MiB are allowed`);
}

function mebibytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en-US');
}

/** What stands at a path, in words; null for a regular file. */
function kindOf(facts: Stats): string | null {
  if (facts.isFile()) return null;
  if (facts.isDirectory()) return 'a folder';
  if (facts.isFIFO()) return 'a named pipe';
  if (facts.isSocket()) return 'a socket';
  return 'a device';
}

/** Null if nothing is there, or something that is neither. */
export async function whatIsAt(path: string): Promise<'file' | 'folder' | null> {
  const facts = await stat(path).catch(() => null); // Not there is the answer, not a fault.
  if (facts === null) return null;
  return facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : null;
}

/** When a file was last written, or a folder last got or lost an entry, in milliseconds since 1970; null if it is not there. */
export async function changedAtOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? null;
}

/** Two names with the same key are the same file on macOS or Windows, which ignore case and how accents are written. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** The same for relative paths. */
export function foldedPath(path: string): string {
  return fileNameKey(
    path
      .split('/')
      .filter((part) => part !== '')
      .join('/'),
  );
}
