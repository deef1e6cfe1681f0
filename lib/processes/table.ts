import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** One process of this machine. */
export interface ProcessEntry {
  pid: number;
  parentPid: number;
  /** The process group; `null` on Windows, which has none. */
  group: number | null;
  /** Tells the process from a later one of the same pid. Comparable, not a date. */
  startedAt: string;
  /** Its arguments, in one line. */
  command: string;
}

/** Every process that lives (a dead one that waits to be reaped does not). */
export async function readProcesses(platform: NodeJS.Platform = process.platform): Promise<ProcessEntry[]> {
  if (platform === 'linux') return await readProc();
  if (platform === 'win32') return parseCim(await outputOf('powershell.exe', ['-NoProfile', '-Command', CIM_QUERY]));
  return parsePs(await outputOf('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart=,command=']));
}

/** One process, or undefined where it does not live. */
export async function readProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): Promise<ProcessEntry | undefined> {
  if (platform === 'linux') return await readProcEntry(pid, await bootId());
  return (await readProcesses(platform)).find((entry) => entry.pid === pid);
}

async function outputOf(file: string, args: string[]): Promise<string> {
  const { stdout } = await execa(file, args, { windowsHide: true });
  return stdout;
}

let boot: Promise<string> | undefined;

/** Start times in `/proc` count from the start of the machine. */
function bootId(): Promise<string> {
  boot ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (id) => id.trim(),
    () => '', // Some containers hide it; the ticks alone then tell processes apart.
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

/** `  501     1   501 Ss  Mon Nov 23 10:12:44 2026 /Applications/…`. */
export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line);
    if (match === null || match[4]?.startsWith('Z')) return [];
    const [, pid, parentPid, group, , startedAt = '', command = ''] = match;
    return [{ pid: Number(pid), parentPid: Number(parentPid), group: Number(group), startedAt, command }];
  });
}

const CIM_QUERY =
  'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine,@{n="Started";e={$_.CreationDate.Ticks}} | ConvertTo-Json -Compress';

/** PowerShell gives one object where there is one, else a list. */
export function parseCim(output: string): ProcessEntry[] {
  const parsed: unknown = JSON.parse(output);
  const list = (Array.isArray(parsed) ? parsed : [parsed]) as {
    ProcessId: number;
    ParentProcessId: number;
    CommandLine: string | null;
    Started: number | null;
  }[];
  return list.map(({ ProcessId, ParentProcessId, CommandLine, Started }) => ({
    pid: ProcessId,
    parentPid: ParentProcessId,
    group: null,
    startedAt: String(Started),
    command: CommandLine ?? '',
  }));
}
