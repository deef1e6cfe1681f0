import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ownModule } from '../../lib/own-files.ts';

const PROCESS = ownModule('../../lib/media/poster-process', import.meta.url);

/** A report is not held up by a film that cannot be decoded. */
const LONGEST_WAIT_MS = 60_000;

/** Has a small picture made of each film while others render, in a process of its own. */
export class Posters implements Disposable {
  readonly #child: ChildProcess;
  readonly #posters = new Map<string, string | null>();
  readonly #wanted = new Set<string>();
  readonly #gone: Promise<void>;
  #heard: () => void = () => {};

  /** `ffmpeg`: a program that makes them; null: node-av. */
  constructor(ffmpeg: string | null) {
    const args = ffmpeg === null ? [] : [ffmpeg];
    this.#child = fork(fileURLToPath(PROCESS), args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    // With neither there are no posters: the report shows what the browser draws of each film.
    this.#gone = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', () => resolve());
    });
    this.#child.on('message', ({ path, poster }: { path: string; poster: string | null }) => {
      this.#posters.set(path, poster === null ? null : `data:image/jpeg;base64,${poster}`);
      this.#heard();
    });
  }

  want(path: string): void {
    if (this.#wanted.has(path) || !this.#child.connected) return;
    this.#wanted.add(path);
    this.#child.send({ path }, () => {}); // If it has gone, there is no poster.
  }

  /** Those that could be made, by the path of the film. */
  async all(): Promise<ReadonlyMap<string, string | null>> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#heard = () => {
      if (this.#posters.size >= this.#wanted.size) resolve();
    };
    this.#heard();
    const limit = new AbortController();
    await Promise.race([
      promise,
      this.#gone,
      delay(LONGEST_WAIT_MS, undefined, { signal: limit.signal, ref: false }).catch(() => {}),
    ]);
    limit.abort();
    return this.#posters;
  }

  [Symbol.dispose](): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
