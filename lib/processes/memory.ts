import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { promisify } from 'node:util';

/** For the largest picture with effects; a machine that has less gives three quarters of what it has. */
const MOST_MIB = Math.min(6 * 1024, Math.floor((totalmem() * 0.75) / 2 ** 20));
/** Linux counts memory in pages of this size on all that we build for. */
const PAGE_BYTES = 4096;
/** Only Linux tells the memory of another process without a program that is started for it. */
const PAUSE_MS: Partial<Record<NodeJS.Platform, number>> = { linux: 250, win32: 2_000 };
const USUAL_PAUSE_MS = 1_000;
/** A machine without free memory answers slowly, and must not be given more to do. */
const ANSWER_LIMIT_MS = 20_000;

/** A watch that goes on until it is ended. */
export interface MemoryWatch {
  end(): void;
}

/**
 * Watches the memory of a process, that of WebAssembly and native code included. `onExceeded` is called once, with the
 * limit in MiB; it has to end the process.
 */
export function watchMemory(
  pid: number | undefined,
  onExceeded: (limitMib: number) => void,
  { limitMib = MOST_MIB, platform = process.platform }: { limitMib?: number; platform?: NodeJS.Platform } = {},
): MemoryWatch {
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const look = async () => {
    const mib = pid === undefined ? null : await residentMib(pid, platform);
    if (hasEnded) return;
    if (mib !== null && mib > limitMib) onExceeded(limitMib);
    else wait();
  };
  const wait = () => {
    timer = setTimeout(() => void look(), PAUSE_MS[platform] ?? USUAL_PAUSE_MS);
  };
  wait();
  return {
    end: () => {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}

/** The line of the log from which the job gets its error. */
export function memoryFault(limitMib: number): string {
  return `aerender ERROR: The renderer took more memory than ${limitMib} MiB.\n`;
}

/** How much memory a process holds; null if it has just ended, or the system does not say. */
export async function residentMib(pid: number, platform: NodeJS.Platform): Promise<number | null> {
  try {
    if (platform === 'linux') return pagesToMib(readFileSync(`/proc/${pid}/statm`, 'latin1'));
    if (platform === 'win32') return parseTasklist(await said(await tasklist(), tasklistArguments(pid)), pid);
    return parseResidentSize(await said('ps', ['-o', 'rss=', '-p', String(pid)]));
  } catch {
    // `ps` ends with 1 for a process that is gone.
    return null;
  }
}

const run = promisify(execFile);

async function said(file: string, args: string[]): Promise<string> {
  const { stdout } = await run(file, args, { timeout: ANSWER_LIMIT_MS, windowsHide: true, encoding: 'latin1' });
  return stdout;
}

/** Loaded only where it is needed: this program is to start quickly. */
async function tasklist(): Promise<string> {
  const { windowsProgram } = await import('./powershell.ts');
  return windowsProgram('tasklist.exe');
}

function tasklistArguments(pid: number): string[] {
  return ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'];
}

function pagesToMib(statm: string): number {
  const [, resident] = statm.split(' ');
  return (Number(resident) * PAGE_BYTES) / 2 ** 20;
}

/** What `ps -o rss=` prints: `  45128`, in KiB. */
export function parseResidentSize(output: string): number | null {
  const kib = Number.parseInt(output, 10);
  return Number.isNaN(kib) ? null : kib / 2 ** 10;
}

/**
 * What `tasklist` prints of a process: `"node.exe","4242","Console","1","45,128 K"`, in KiB. What stands between the
 * digits, and the unit, are those of the user's language; without such a process it prints a sentence.
 */
export function parseTasklist(output: string, pid: number): number | null {
  const fields = [...output.matchAll(/"([^"]*)"/g)].map(([, field = '']) => field);
  const digits = fields.at(-1)?.replaceAll(/\D/g, '') ?? '';
  return fields[1] !== String(pid) || digits === '' ? null : Number(digits) / 2 ** 10;
}
