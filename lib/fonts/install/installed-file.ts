import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** `aerender-batch-<16 of the SHA-256 of the font>-<its name>`. */
const OUR_NAME = /^(aerender-batch-[0-9a-f]{16})-[\w.-]*$/;

/** The name that marks a font as ours. Another font, even another version of the same one, gets another name. */
export function ourName(fileName: string, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const safe = fileName.replaceAll(/[^\w.-]/g, '_').slice(-100);
  return `aerender-batch-${hash}-${safe}`;
}

/** What marks a file as ours, without the name of the font; `null` for every other file. */
export function ourMark(path: string): string | null {
  return OUR_NAME.exec(basename(path))?.[1] ?? null;
}

/** Puts a file of ours in its place, whole or not at all; it is not written again if it is already there. */
export async function putFile(bytes: Uint8Array, path: string): Promise<void> {
  if (await holds(path, bytes)) return;
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // In the same folder, so that the rename stays in one file system; with an ending that no system takes for a font.
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // The first error says more than this one.
    // Windows does not replace a font that is loaded: another job may have put it there first.
    if (!(await holds(path, bytes))) throw error;
  }
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await readFile(path)).equals(bytes);
  } catch {
    return false;
  }
}
