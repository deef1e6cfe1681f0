import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { type ProcessEntry, readProcess, readProcesses } from './table.ts';

/** After Effects saves its preferences when it is asked to end; longer than this it is not waited for. */
const GRACE_MS = 3_000;
const POLL_MS = 20;

/** Tells a process from a later one of the same pid; null where it does not live. */
export async function processStartedAt(pid: number): Promise<string | null> {
  return (await readProcess(pid))?.startedAt ?? null;
}

/** Whether the process that was noted still lives, and no other one has got its pid. */
export async function isSameProcess(pid: number, startedAt: string | null): Promise<boolean> {
  const entry = await readProcess(pid);
  return entry !== undefined && (startedAt === null || entry.startedAt === startedAt);
}

/** The processes that were started with this text among their arguments; never this one. */
export async function findProcessesByArgument(text: string): Promise<number[]> {
  const entries = await readProcesses();
  return entries.filter((entry) => entry.pid !== process.pid && entry.command.includes(text)).map((entry) => entry.pid);
}

/**
 * Ends a process with all its descendants, also those whose parent has ended already, and resolves when none is left.
 * It is asked first, and ended by force after a grace time.
 */
export async function killTree(pid: number): Promise<void> {
  const members = treeOf(pid, await readProcesses());
  if (members.length === 0) return;
  if (process.platform === 'win32') {
    // Not by force: a process without a window does not answer, so this is the only way that ends.
    for (const member of members) await execa('taskkill', ['/pid', String(member.pid), '/t', '/f'], { reject: false });
    return;
  }
  signalAll(members, 'SIGTERM');
  if (await allEnded(pid, members, GRACE_MS)) return;
  const left = treeOf(pid, await readProcesses());
  signalAll([...members, ...left], 'SIGKILL');
  await allEnded(pid, [...members, ...left], GRACE_MS);
}

/** Ends what a process that has ended left behind. */
export async function killOrphans(pid: number): Promise<void> {
  // Nearly always nothing is left, and the system tells so at once.
  if (process.platform !== 'win32' && !groupLives(pid)) return;
  await killTree(pid);
}

function groupLives(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    // No such group.
    return false;
  }
}

/** The process, its descendants, and everybody in the group that it leads. */
export function treeOf(pid: number, entries: readonly ProcessEntry[]): ProcessEntry[] {
  const members = new Map<number, ProcessEntry>();
  const add = (entry: ProcessEntry) => {
    if (entry.pid === process.pid || members.has(entry.pid)) return;
    members.set(entry.pid, entry);
    for (const child of entries) if (child.parentPid === entry.pid) add(child);
  };
  for (const entry of entries) if (entry.pid === pid || entry.group === pid) add(entry);
  return [...members.values()];
}

function signalAll(members: readonly ProcessEntry[], signal: NodeJS.Signals): void {
  for (const { pid } of members) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

async function allEnded(pid: number, members: readonly ProcessEntry[], withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  const known = new Set(members.map((member) => `${member.pid} ${member.startedAt}`));
  for (;;) {
    const entries = await readProcesses();
    const left =
      entries.some((entry) => known.has(`${entry.pid} ${entry.startedAt}`)) || treeOf(pid, entries).length > 0;
    if (!left) return true;
    if (performance.now() > until) return false;
    await delay(POLL_MS);
  }
}
