import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** What a program took, with all the processes that it started. */
export interface Taken {
  /** Milliseconds. */
  wall: number;
  /** Milliseconds on all processors; null if the system does not say: only Linux tells of other processes. */
  cpu: number | null;
}

const SAMPLE_MS = 8;
/** `/proc` counts in hundredths of a second. */
const TICK_MS = 10;
const PARENT = 1;
const USER = 11;
const SYSTEM = 12;

/** Runs a program of Node to its end. What a process has used is read until it is gone: a few milliseconds are missed. */
export async function measured(args: readonly string[], cwd: string): Promise<Taken> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk;
  });
  const meter = new TreeMeter(child);
  const [code] = await once(child, 'exit');
  const wall = performance.now() - begun;
  const cpu = await meter.end();
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${words}`);
  return { wall, cpu };
}

/** Sums up what a process and its descendants use. */
class TreeMeter {
  readonly #known: Set<number>;
  readonly #used = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;

  constructor({ pid = 0 }: ChildProcess) {
    this.#known = new Set([pid]);
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  /** Waits for the descendants that outlive the process, as a keeper does for a moment. */
  async end(): Promise<number | null> {
    for (let rounds = 0; this.#sample() && rounds < 200; rounds += 1)
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    clearInterval(this.#timer);
    if (process.platform !== 'linux') return null;
    return [...this.#used.values()].reduce((sum, ticks) => sum + ticks * TICK_MS, 0);
  }

  /** Returns whether any of them runs. */
  #sample(): boolean {
    if (process.platform !== 'linux') return false;
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const fields = fieldsOf(name);
        return fields === null ? [] : [{ pid: Number(name), fields }];
      });
    for (let grown = true; grown; ) {
      const found = processes.filter(
        ({ pid, fields }) => !this.#known.has(pid) && this.#known.has(Number(fields[PARENT])),
      );
      for (const { pid } of found) this.#known.add(pid);
      grown = found.length > 0;
    }
    const running = processes.filter(({ pid }) => this.#known.has(pid));
    for (const { pid, fields } of running) this.#used.set(pid, Number(fields[USER]) + Number(fields[SYSTEM]));
    return running.some(({ fields }) => fields[0] !== 'Z');
  }
}

/** What stands after the name of a process, which may have spaces and brackets in it. Source: proc_pid_stat(5). */
function fieldsOf(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It has just ended.
    return null;
  }
}
