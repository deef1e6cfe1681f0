import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The file of a font in the engine's library: in a folder of its own, under the name that it was added with. */
export function libraryFontPath(library: string, { id, fileName }: { id: string; fileName: string }): string {
  return join(library, id, fileName);
}

/** The SHA-256 of a font file, in hexadecimal. */
export async function fontHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Copies a font into the library, whole and flushed: a row must not name a file that a power cut left half-written. */
export async function putFontFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  await copyFile(from, partial);
  await using file = await open(partial, 'r+');
  await file.sync();
  await rename(partial, to);
}

/** Removes a font's file, and the folder that it had to itself. */
export async function removeFontFile(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
}
