import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyRegularFile, MOST_BYTES, readRegularFile } from '../files.ts';

/** The file of a font in the engine's library: in a folder of its own, under the name that it was added with. */
export function libraryFontPath(library: string, { id, fileName }: { id: string; fileName: string }): string {
  return join(library, id, fileName);
}

/** The SHA-256 of a font file, in hexadecimal. */
export async function fontHash(path: string): Promise<string> {
  const bytes = await readRegularFile(path, { maxBytes: MOST_BYTES.font });
  return createHash('sha256').update(bytes).digest('hex');
}

/** Copies a font into the library, whole and flushed: a row must not name a file that a power cut left half-written. */
export async function putFontFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  await copyRegularFile(from, partial, { maxBytes: MOST_BYTES.font });
  await using file = await open(partial, 'r+');
  await file.sync();
  await rename(partial, to);
  // The names on the way to it are data of their folders; that of the library may be new itself.
  const folder = dirname(to);
  for (const one of [folder, dirname(folder), dirname(dirname(folder))]) await flushFolder(one);
}

/** Windows opens no folder as a file, and its file system keeps names in a journal. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** Removes a font's file, and the folder that it had to itself. */
export async function removeFontFile(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
}
