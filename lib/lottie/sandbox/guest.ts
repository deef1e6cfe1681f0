import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ownModule } from '../../own-files.ts';
import { confinedArguments, confinedEnvironment, packageFolders } from './permissions.ts';

/** Code of others runs in a process of its own, which has no native code: the script of a job, or expressions. */
export type GuestKind = 'script' | 'expressions';

interface GuestOptions {
  memoryMb: number;
  /** What it may read besides the package. It may write nothing. */
  read: readonly string[];
}

/** What a guest says. */
export interface GuestListener {
  message: (message: unknown) => void;
  /** It asks for one line, and waits until it is answered. */
  question: (line: string) => void;
  /** It has ended, and nothing more comes from it. */
  ended: () => void;
}

export interface Guest {
  send(message: unknown): void;
  answer(line: string): void;
  /** Ends it; calling it again does no harm. */
  kill(): void;
}

const ENTRIES: Record<GuestKind, string> = {
  script: '../script/script-process',
  expressions: '../expressions/evaluation-process',
};

/** Where the code of each lies: that of expressions imports nothing from outside of its folder. */
const CODE: Record<GuestKind, () => string[]> = {
  script: packageFolders,
  expressions: () => [dirname(fileURLToPath(ownModule(ENTRIES.expressions, import.meta.url)))],
};

/** Starts a guest as a child of this process. Throws where this process may not start any. */
export function spawnGuest(kind: GuestKind, { memoryMb, read }: GuestOptions, listener: GuestListener): Guest {
  const entry = ownModule(ENTRIES[kind], import.meta.url);
  const child = spawn(
    process.execPath,
    // Code cannot be made from text either, but for what a realm of node:vm allows itself.
    [
      '--disallow-code-generation-from-strings',
      ...confinedArguments(entry, { read: [...CODE[kind](), ...read], write: [], memoryMb }),
    ],
    { stdio: ['pipe', 'pipe', 'ignore', 'ipc'], env: confinedEnvironment(), windowsHide: true },
    // The typings know no channel beside pipes.
  ) as ChildProcessByStdio<Writable, Readable, null>;
  let ended = false;
  const end = () => {
    if (!ended) listener.ended();
    ended = true;
  };
  child.on('message', listener.message);
  child.once('error', end);
  // Not when it exits: what it said last may still be on the way.
  child.once('disconnect', end);
  child.stdin.on('error', () => {}); // It ended while it was answered; `ended` says so.
  createInterface({ input: child.stdout }).on('line', listener.question);
  return {
    send: (message) => child.send(message as object, () => {}),
    answer: (line) => child.stdin.write(`${line}\n`),
    kill: () => child.kill('SIGKILL'),
  };
}
