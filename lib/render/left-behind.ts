import { rm } from 'node:fs/promises';
import { findProcessesByArgument, killTree } from '../processes/tree.ts';
import { removeWorkFolder } from './work-folder.ts';

/** Ends the processes of an attempt whose thread or host is gone. `pid`: its renderer's, where that is known. */
export async function endProcesses(pid: number | null, workDir: string): Promise<void> {
  if (pid !== null) await killTree(pid);
  // The end may have come before the pid was told; the renderer's arguments name the folder.
  for (const other of await findProcessesByArgument(workDir)) await killTree(other);
}

/**
 * Removes the files of such an attempt, an output included that was published without anybody hearing of it. What is
 * `null` is kept.
 */
export async function removeFiles(files: { workDir: string | null; outputPath: string | null }): Promise<void> {
  const { workDir, outputPath } = files;
  if (workDir !== null) await removeWorkFolder(workDir);
  if (outputPath === null) return;
  for (const path of [outputPath, partOf(outputPath)]) await rm(path, { force: true });
}

/** Where an output is copied to, beside its place, before it is moved there. */
export function partOf(outputPath: string): string {
  return `${outputPath}.part`;
}
