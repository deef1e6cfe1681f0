import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** For the largest picture with effects; a machine that has less gives three quarters of what it has. */
const MOST_MIB = Math.min(6 * 1024, Math.floor((totalmem() * 0.75) / 2 ** 20));
const INTERVAL_MS = 250;
/** Linux counts memory in pages of this size on all that we build for. */
const PAGE_BYTES = 4096;

/**
 * Ends a process that takes more memory than it may, that of WebAssembly and native code included; `onExceeded` is called
 * before with the limit in MiB. Only Linux tells the memory of another process without starting a program for it.
 */
export function watchMemory(
  child: ChildProcess,
  onExceeded: (limitMib: number) => void,
  limitMib = MOST_MIB,
): NodeJS.Timeout {
  const timer = setInterval(() => {
    const mib = residentMib(child.pid);
    if (mib === null || mib <= limitMib) return;
    clearInterval(timer);
    onExceeded(limitMib);
    child.kill('SIGKILL');
  }, INTERVAL_MS);
  return timer;
}

function residentMib(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return (Number(pages) * PAGE_BYTES) / 2 ** 20;
  } catch {
    // It has just ended.
    return null;
  }
}
