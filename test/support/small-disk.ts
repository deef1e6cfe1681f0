import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { afterAllElse } from './temporary-folder.ts';

/** For `{ skip }` of a test: false if this user may mount a disk, else why the test is skipped. */
export const skipWithoutDisks: string | false = mayMount()
  ? false
  : 'a small disk cannot be mounted here (Linux, root)';

/** A disk of a few megabytes, in memory. */
export interface SmallDisk {
  path: string;
  /** Takes the room that is left, to the last byte. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  makeReadOnly(): void;
  makeWritable(): void;
  /** Takes the disk away before the test ends. */
  remove(): void;
}

/** Mounts a disk at this place in a temporary folder; both are gone after the test. */
export async function smallDisk(
  t: TestContext,
  { megabytes, at }: { megabytes: number; at: string },
): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-disk-'));
  const path = join(folder, at);
  await mkdir(path, { recursive: true });
  mount(path, megabytes);
  let isMounted = true;
  const remove = () => {
    if (isMounted) unmount(path);
    isMounted = false;
  };
  afterAllElse(t, async () => {
    remove();
    await rm(folder, { recursive: true, force: true });
  });
  const ballast = join(path, 'ballast');
  const remount = (how: string) => execFileSync('mount', ['-o', `remount,${how}`, path], { stdio: 'pipe' });
  return {
    path,
    fill: () => fillWith(ballast),
    free: () => rmSync(ballast, { force: true }),
    makeReadOnly: () => remount('ro'),
    makeWritable: () => remount('rw'),
    remove,
  };
}

function mayMount(): boolean {
  if (process.platform !== 'linux') return false;
  const path = mkdtempSync(join(tmpdir(), 'aerender-batch-disk-'));
  try {
    mount(path, 1);
    unmount(path);
    return true;
  } catch {
    // Not root, or a container that may not.
    return false;
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function mount(path: string, megabytes: number): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'pipe' });
}

/** What is still open on the disk may be closed later. */
function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
}

function fillWith(file: string): void {
  const descriptor = openSync(file, 'a');
  try {
    for (const size of [2 ** 16, 2 ** 12, 1]) writeWhileThereIsRoom(descriptor, Buffer.alloc(size));
  } finally {
    closeSync(descriptor);
  }
}

function writeWhileThereIsRoom(descriptor: number, piece: Uint8Array): void {
  try {
    for (;;) writeSync(descriptor, piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
