import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { runPowerShell } from './powershell.ts';

/** One process of this machine. */
export interface ProcessEntry {
  pid: number;
  parentPid: number;
  /** The process group; `null` on Windows, which has none. */
  group: number | null;
  /** With the pid it identifies the process: a later process of the same pid has another value. `canFollow` compares two. */
  startedAt: string;
  /** Its arguments, in one line. */
  command: string;
}

/**
 * Every living process (a dead one that waits to be reaped is left out).
 *
 * We read the table ourselves: `ps-list` and `pidtree` give neither groups nor exact start times, and on Windows no
 * command line, and without these a reused pid cannot be told from our own process.
 *
 * @throws {Error} The table cannot be read. An empty one counts as unreadable: this process is in it.
 */
export async function readProcesses(platform: NodeJS.Platform = process.platform): Promise<ProcessEntry[]> {
  const entries = await readTable(platform);
  if (entries.length === 0) throw new Error('the list of processes is empty, so it cannot be right');
  return entries;
}

async function readTable(platform: NodeJS.Platform): Promise<ProcessEntry[]> {
  if (platform === 'linux') return await readProc();
  if (platform === 'win32') return parseCim(await runPowerShell(cimQuery()));
  return parsePs(await runPs(['-ax']));
}

/** One process, or undefined if it is not alive. Throws if the system does not answer. */
export async function readProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): Promise<ProcessEntry | undefined> {
  if (platform === 'linux') return await readProcEntry(pid, await bootId());
  if (platform === 'win32') return parseCim(await runPowerShell(cimQuery(pid))).at(0);
  return parsePs(await runPs(['-p', String(pid)])).at(0);
}

const PS_COLUMNS = 'pid=,ppid=,pgid=,stat=,lstart=,command=';
const PS_TIMEOUT_MS = 10_000;

async function runPs(which: string[]): Promise<string> {
  const { stdout, stderr, failed, exitCode, shortMessage } = await execa('ps', [...which, '-o', PS_COLUMNS], {
    // `lstart` is a date in the user's language and time zone. A changed zone must not change who a process is.
    env: { LC_ALL: 'C', TZ: 'UTC' },
    timeout: PS_TIMEOUT_MS,
    reject: false,
  });
  // Exit code 1 without a word: no process matches.
  if (failed && !(exitCode === 1 && stderr === '')) throw new Error(shortMessage);
  return stdout;
}

let boot: Promise<string> | undefined;

/** Start times in `/proc` count from the start of the machine. */
function bootId(): Promise<string> {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (id) => id.trim(),
    () => '', // Some containers hide it; the ticks alone then identify a process.
  );
  return boot;
}

async function readProc(): Promise<ProcessEntry[]> {
  const id = await bootId();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const entries = await Promise.all(pids.map((pid) => readProcEntry(pid, id)));
  return entries.filter((entry) => entry !== undefined);
}

async function readProcEntry(pid: number, id: string): Promise<ProcessEntry | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    return parseProcStat(stat, command, id);
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

/**
 * When a process started, as `ProcessEntry.startedAt`; null if it is not alive or the system does not answer. On Linux it
 * is read at once: `/proc` is memory, and a thread that only reads it would take longer to wake.
 */
export async function readStartedAt(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  try {
    if (platform !== 'linux') return (await readProcess(pid, platform))?.startedAt ?? null;
    const id = await bootId();
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'), '', id)?.startedAt ?? null;
  } catch {
    // It ended while we looked.
    return null;
  }
}

/** `pid (name) state ppid pgrp … starttime`: the name may hold spaces and brackets. Source: proc(5). */
export function parseProcStat(stat: string, command: string, boot: string): ProcessEntry | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid, group] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid: Number.parseInt(stat, 10),
    parentPid: Number(parentPid),
    group: Number(group),
    startedAt: `${boot}:${fields[19]}`,
    command: command.replaceAll('\0', ' ').trim(),
  };
}

/** `  501     1   501 Ss  Mon Nov 23 10:12:44 2026 /Applications/…`, as `ps` prints it with `LC_ALL=C`. */
export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line);
    if (match === null || match[4]?.startsWith('Z')) return [];
    const [, pid, parentPid, group, , startedAt = '', command = ''] = match;
    return [{ pid: Number(pid), parentPid: Number(parentPid), group: Number(group), startedAt, command }];
  });
}

/** UTC ticks: local time changes the identity of a process twice a year. As text: they have more digits than a double. */
function cimQuery(pid?: number): string {
  const filter = pid === undefined ? '' : ` -Filter 'ProcessId=${pid}'`;
  return (
    `@(Get-CimInstance Win32_Process${filter} -Property ProcessId,ParentProcessId,CommandLine,CreationDate | ` +
    'ForEach-Object { @{ ProcessId = $_.ProcessId; ParentProcessId = $_.ParentProcessId; CommandLine = $_.CommandLine; ' +
    'Started = $(if ($_.CreationDate) { [string]$_.CreationDate.ToUniversalTime().Ticks }) } }) | ConvertTo-Json -Compress'
  );
}

interface CimProcess {
  ProcessId: number;
  ParentProcessId: number;
  CommandLine: string | null;
  /** Ticks of 100 ns; `null` of the system's own processes. */
  Started: string | number | null;
}

/** PowerShell prints nothing for no process, an object for one, and a list for more. */
export function parseCim(output: string): ProcessEntry[] {
  if (output.trim() === '') return [];
  const parsed = JSON.parse(output) as CimProcess | CimProcess[];
  return [parsed].flat().map(({ ProcessId, ParentProcessId, CommandLine, Started }) => ({
    pid: ProcessId,
    parentPid: ParentProcessId,
    group: null,
    startedAt: String(Started),
    command: CommandLine ?? '',
  }));
}

/** The ticks of Windows for a time of `Date.now()`: 100 ns each, since the year 1. */
export function windowsTicks(milliseconds: number): string {
  return String((BigInt(Math.floor(milliseconds)) + 62_135_596_800_000n) * 10_000n);
}

/**
 * Whether a process of the one start time can be a child of a process of the other: it started at the same time or
 * later, since the same start of the machine. True if the system hides one of the times.
 */
export function canFollow(startedAt: string, earlier: string): boolean {
  const child = timeOf(startedAt);
  const parent = timeOf(earlier);
  if (child === null || parent === null) return true;
  return child.boot === parent.boot && child.time >= parent.time;
}

/** `boot:ticks` of Linux, ticks of Windows, or the date of `ps`. */
function timeOf(startedAt: string): { boot: string; time: number } | null {
  const ticks = /^(?:(.*):)?(\d+)$/.exec(startedAt);
  if (ticks !== null) return { boot: ticks[1] ?? '', time: Number(ticks[2]) };
  const time = Date.parse(`${startedAt} UTC`);
  return Number.isNaN(time) ? null : { boot: '', time };
}
