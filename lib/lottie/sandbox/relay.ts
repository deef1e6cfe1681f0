import { type Guest, type GuestKind, type GuestListener, spawnGuest } from './guest.ts';
import { parentPort } from './launcher.ts';

/**
 * The renderer's own process may not start another one: it asks the process that started it, which starts a guest with
 * the permissions that it has chosen itself, and passes on what the two say to each other.
 */
export type RelayRequest =
  | { type: 'start'; guest: number; kind: GuestKind; memoryMb: number }
  | { type: 'send'; guest: number; message: unknown }
  | { type: 'answer'; guest: number; line: string }
  | { type: 'kill'; guest: number };

type RelayEvent =
  | { type: 'message'; guest: number; message: unknown }
  | { type: 'question'; guest: number; line: string }
  | { type: 'ended'; guest: number };

/** More at a time are not needed; a script that broke out of the sandbox could ask for any number. */
const MOST_GUESTS = 4;
const MOST_MEMORY_MB = 2_048;

/** The side of the process that starts guests. */
export class GuestRelay {
  readonly #guests = new Map<number, Guest>();
  readonly #read: readonly string[];
  readonly #emit: (event: RelayEvent) => void;

  /** `read`: what the script of a job may read besides the package. */
  constructor(read: readonly string[], emit: (event: RelayEvent) => void) {
    this.#read = read;
    this.#emit = emit;
  }

  take(request: RelayRequest): void {
    const guest = this.#guests.get(request.guest);
    if (request.type === 'start') this.#start(request);
    else if (request.type === 'send') guest?.send(request.message);
    else if (request.type === 'answer') guest?.answer(request.line);
    else guest?.kill();
  }

  close(): void {
    for (const guest of this.#guests.values()) guest.kill();
  }

  #start({ guest: id, kind, memoryMb }: RelayRequest & { type: 'start' }): void {
    if (this.#guests.size >= MOST_GUESTS || this.#guests.has(id)) {
      this.#emit({ type: 'ended', guest: id });
      return;
    }
    // Expressions see the document only, which they are sent.
    const read = kind === 'script' ? this.#read : [];
    const guest = spawnGuest(
      kind,
      { memoryMb: Math.min(memoryMb, MOST_MEMORY_MB), read },
      {
        message: (message) => this.#emit({ type: 'message', guest: id, message }),
        question: (line) => this.#emit({ type: 'question', guest: id, line }),
        ended: () => {
          this.#guests.delete(id);
          this.#emit({ type: 'ended', guest: id });
        },
      },
    );
    this.#guests.set(id, guest);
  }
}

/** The side of the renderer. */
class RelayedGuests {
  readonly #listeners = new Map<number, GuestListener>();
  #next = 1;

  constructor() {
    process.on('message', (event: RelayEvent) => this.#take(event));
  }

  start(kind: GuestKind, memoryMb: number, listener: GuestListener): Guest {
    const id = this.#next;
    this.#next += 1;
    this.#listeners.set(id, listener);
    request({ type: 'start', guest: id, kind, memoryMb });
    return {
      send: (message) => request({ type: 'send', guest: id, message }),
      answer: (line) => request({ type: 'answer', guest: id, line }),
      kill: () => request({ type: 'kill', guest: id }),
    };
  }

  #take(event: RelayEvent): void {
    const listener = this.#listeners.get(event.guest);
    if (event.type === 'message') listener?.message(event.message);
    else if (event.type === 'question') listener?.question(event.line);
    else if (this.#listeners.delete(event.guest)) listener?.ended();
  }
}

function request(message: RelayRequest): void {
  process.send?.(message);
}

let relayed: RelayedGuests | undefined;

/**
 * Starts a guest: as a child of this process, or of the one that started it where this one may not. Throws in a utility
 * process of Electron, whose own program would open the app again.
 */
export function startGuest(
  kind: GuestKind,
  { memoryMb, read }: { memoryMb: number; read: readonly string[] },
  listener: GuestListener,
): Guest {
  if (parentPort() !== null)
    throw new Error('scripts and expressions run in a Node program, which is not there (the option bundled.spawn)');
  if (!isConfined()) return spawnGuest(kind, { memoryMb, read }, listener);
  relayed ??= new RelayedGuests();
  return relayed.start(kind, memoryMb, listener);
}

function isConfined(): boolean {
  // Missing where the permission model is off, which the typings do not say.
  const { permission } = process as { permission?: { has(scope: string): boolean } };
  return permission !== undefined && !permission.has('child');
}
