import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/**
 * Counts the users of an installed font: the jobs of this user share it, in several threads and processes, and the first
 * one that ends must not remove it. Every use and every removal is an empty file in one folder. A removal is noted before
 * it looks for uses, and a use before it looks for removals, so at least one of the two sees the other.
 */
type Note = 'used' | 'removed';

/** A removal takes milliseconds. If it takes longer than this, its thread was killed. */
const LONGEST_REMOVAL_MS = 10_000;
const LOOK_AGAIN_MS = 20;

/** Notes that a font is used, and waits until a removal of it has ended. Returns the name of the note. */
export async function claimFont(font: string, folder: string): Promise<string> {
  const claim = await write('used', font, folder);
  const until = performance.now() + LONGEST_REMOVAL_MS;
  while ((await isNoted('removed', font, folder)) && performance.now() < until) await setTimeout(LOOK_AGAIN_MS);
  return claim;
}

/** Returns whether the claim was still there. */
export async function releaseClaim(claim: string, folder: string): Promise<boolean> {
  try {
    await rm(join(folder, basename(claim)));
    return true;
  } catch {
    return false;
  }
}

/** Removes a font unless a job uses it. */
export async function ifUnused(font: string, folder: string, remove: () => Promise<void>): Promise<void> {
  const removal = await write('removed', font, folder);
  try {
    if (!(await isNoted('used', font, folder))) await remove();
  } finally {
    await releaseClaim(removal, folder);
  }
}

async function write(note: Note, font: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `${note}.${process.pid}.${randomUUID()}.${font}`;
  await writeFile(join(folder, name), '', { flag: 'wx' });
  return name;
}

/** Whether a living process noted it. The notes of a dead one are removed. */
async function isNoted(note: Note, font: string, folder: string): Promise<boolean> {
  let noted = false;
  for (const name of await readdir(folder)) {
    const [kind, pid, , ...rest] = name.split('.');
    if (kind !== note || rest.join('.') !== font) continue;
    if (isAlive(Number(pid))) noted = true;
    else await releaseClaim(name, folder);
  }
  return noted;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
