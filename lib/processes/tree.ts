import { setTimeout as delay } from 'node:timers/promises';
import { canFollow, type ProcessEntry, readProcess, readProcesses } from './table.ts';

/** After Effects saves its preferences when it is asked to end; a process that needs longer is killed. */
const GRACE_MS = 3_000;
/** How long we look until a killed process is gone. */
const KILL_WAIT_MS = 3_000;
const POLL_MS = 20;

/** A process as it was noted when it started. */
export interface KnownProcess {
  pid: number;
  /** `ProcessEntry.startedAt`; `null` if it is not known. */
  startedAt: string | null;
  /** The earliest possible start, in the same form, if known. Asking Windows for the exact time costs a second. */
  notBefore?: string;
}

/** Whether the noted process is still alive, and no other one has its pid. Throws if the system does not answer. */
export async function isSameProcess(pid: number, startedAt: string | null): Promise<boolean> {
  const entry = await readProcess(pid);
  return entry !== undefined && (startedAt === null || entry.startedAt === startedAt);
}

/** The processes that have this text in their arguments; never this one. */
export async function findProcessesByArgument(text: string): Promise<KnownProcess[]> {
  const entries = await readProcesses();
  return entries
    .filter((entry) => entry.pid !== process.pid && entry.command.includes(text))
    .map(({ pid, startedAt }) => ({ pid, startedAt }));
}

/**
 * Kills a process and all its descendants, also those whose parent has ended. They are asked to end first (on Windows a
 * process without a window cannot be asked), and killed after three seconds. Returns the pids that are still alive.
 *
 * If the system does not list its processes, at least the process itself and its group are killed.
 */
export async function killTree(root: KnownProcess): Promise<number[]> {
  try {
    return await killListed(root);
  } catch {
    return await killUnlisted(root.pid);
  }
}

async function killListed(root: KnownProcess): Promise<number[]> {
  // The dead are remembered: on Windows their children are found by nothing else than their parent's pid.
  const known = new Map<number, KnownProcess>([[root.pid, root]]);
  const living = async () => {
    const members = treeOf([...known.values()], await readProcesses());
    for (const member of members) known.set(member.pid, member);
    return members;
  };
  if (process.platform !== 'win32') {
    signalAll(await living(), 'SIGTERM');
    if (await nobodyWithin(GRACE_MS, living)) return [];
  }
  const until = performance.now() + KILL_WAIT_MS;
  for (;;) {
    // Always those of a fresh table: a pid may have been reused since the last one.
    const members = await living();
    if (members.length === 0 || performance.now() > until) return members.map(({ pid }) => pid);
    signalAll(members, 'SIGKILL');
    await delay(POLL_MS);
  }
}

async function nobodyWithin(milliseconds: number, living: () => Promise<ProcessEntry[]>): Promise<boolean> {
  const until = performance.now() + milliseconds;
  for (;;) {
    if ((await living()).length === 0) return true;
    if (performance.now() > until) return false;
    await delay(POLL_MS);
  }
}

async function killUnlisted(pid: number): Promise<number[]> {
  const target = groupIsAlive(pid) ? -pid : pid;
  if (!signal(target, 'SIGTERM')) return [];
  const until = performance.now() + GRACE_MS;
  while (performance.now() < until) {
    if (!signal(target, 0)) return [];
    await delay(POLL_MS);
  }
  return signal(target, 'SIGKILL') ? [pid] : [];
}

/** Whether a process of this group is alive. Windows has no groups. */
export function groupIsAlive(leader: number): boolean {
  return process.platform !== 'win32' && signal(-leader, 0);
}

/** The processes themselves, all their descendants, and everybody in the groups that they lead; never this process. */
export function treeOf(roots: readonly KnownProcess[], entries: readonly ProcessEntry[]): ProcessEntry[] {
  const members = new Map<number, ProcessEntry>();
  const add = (entry: ProcessEntry) => {
    if (entry.pid === process.pid || members.has(entry.pid)) return;
    members.set(entry.pid, entry);
    addChildren(entry.pid, entry.startedAt);
  };
  // Windows never clears the pid of a parent: it may be that of a process which started long after the child.
  const addChildren = (pid: number, startedAt: string) => {
    for (const entry of entries) if (entry.parentPid === pid && canFollow(entry.startedAt, startedAt)) add(entry);
  };
  for (const { pid, startedAt, notBefore } of roots) {
    const earliest = startedAt ?? notBefore;
    const isOurs = (entry: ProcessEntry) => earliest === undefined || canFollow(entry.startedAt, earliest);
    const now = entries.find((entry) => entry.pid === pid);
    // Another process has the pid, so nobody of the group is left. What that one starts must not be taken for ours.
    if (now !== undefined && (startedAt !== null ? now.startedAt !== startedAt : !isOurs(now))) continue;
    for (const entry of entries) if ((entry.pid === pid || entry.group === pid) && isOurs(entry)) add(entry);
    // Windows keeps the pid of a parent that has ended; elsewhere such a child has become one of process 1.
    if (now === undefined && earliest !== undefined) addChildren(pid, earliest);
  }
  return [...members.values()];
}

function signalAll(members: readonly ProcessEntry[], name: NodeJS.Signals): void {
  for (const { pid } of members) signal(pid, name);
}

/** Returns whether somebody was there to get the signal. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
