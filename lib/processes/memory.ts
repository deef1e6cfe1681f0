import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** For the largest picture with effects; a machine that has less gives three quarters of what it has. */
const MOST_MIB = Math.min(6 * 1024, Math.floor((totalmem() * 0.75) / 2 ** 20));
const INTERVAL_MS = 250;
/** Linux counts memory in pages of this size on all that we build for. */
const PAGE_BYTES = 4096;

/**
 * Watches the memory of a process, that of WebAssembly and native code included. `onExceeded` is called once, with the
 * limit in MiB; it has to end the process. Only Linux tells the memory of another process without starting a program.
 */
export function watchMemory(
  pid: number | undefined,
  onExceeded: (limitMib: number) => void,
  limitMib = MOST_MIB,
): NodeJS.Timeout {
  const timer = setInterval(() => {
    const mib = residentMib(pid);
    if (mib === null || mib <= limitMib) return;
    clearInterval(timer);
    onExceeded(limitMib);
  }, INTERVAL_MS);
  return timer;
}

/** The line of the log from which the job gets its error. */
export function memoryFault(limitMib: number): string {
  return `aerender ERROR: The renderer took more memory than ${limitMib} MiB.\n`;
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
