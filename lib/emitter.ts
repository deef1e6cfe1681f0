import { EventEmitter } from 'eventemitter3';
import type { EngineEvent, EngineEventName, EngineEvents } from './events.ts';

type Listener = (event: never) => unknown;

/** The engine's emitter: a listener that throws (or rejects) reaches `engine:error`, never the code that emitted. */
export class EngineEmitter {
  readonly #emitter = new EventEmitter<Record<EngineEventName, (event: unknown) => void>>();
  /** The guarded form of each listener, so that `off` finds it again. */
  readonly #guarded = new WeakMap<Listener, (event: unknown) => void>();
  #reporting = false;

  on<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.on(name, this.#guard(listener));
  }

  once<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.once(name, this.#guard(listener));
  }

  off<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.off(name, this.#guard(listener));
  }

  emit<Name extends EngineEventName>(name: Name, event: EngineEvent<Name>): void {
    this.#emitter.emit(name, event);
  }

  /** Calls a function that the host gave with one call, as if it listened. */
  tell<Event>(listener: (event: Event) => unknown, event: Event): void {
    this.#guard(listener)(event);
  }

  #guard(listener: Listener): (event: unknown) => void {
    const known = this.#guarded.get(listener);
    if (known !== undefined) return known;
    const guarded = async (event: unknown): Promise<void> => {
      try {
        await (listener as (event: unknown) => unknown)(event);
      } catch (error) {
        this.#report(error);
      }
    };
    this.#guarded.set(listener, guarded);
    return guarded;
  }

  #report(thrown: unknown): void {
    // A listener of `engine:error` that throws has nobody left to tell.
    if (this.#reporting) return;
    this.#reporting = true;
    try {
      this.emit('engine:error', { error: thrown instanceof Error ? thrown : new Error(String(thrown)), paused: false });
    } finally {
      this.#reporting = false;
    }
  }
}
