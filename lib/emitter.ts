import { EventEmitter } from 'eventemitter3';
import type { EngineEvent, EngineEventName, EngineEvents } from './events.ts';

type Listener = (event: never) => unknown;

/** The engine's emitter: a listener that throws (or rejects) reaches `engine:error`, never the code that emitted. */
export class EngineEmitter {
  readonly #emitter = new EventEmitter<Record<EngineEventName, (event: unknown) => void>>();
  /** The guarded form of each listener, so that `off` finds it again. */
  readonly #guarded = new WeakMap<Listener, (event: unknown) => void>();
  /** Of listeners of `engine:error`: one that throws, at once or later, has nobody left to tell. */
  readonly #last = new WeakMap<Listener, (event: unknown) => void>();

  on<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.on(name, this.#guardOf(name, listener));
  }

  once<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.once(name, this.#guardOf(name, listener));
  }

  off<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): void {
    this.#emitter.off(name, this.#guardOf(name, listener));
  }

  emit<Name extends EngineEventName>(name: Name, event: EngineEvent<Name>): void {
    this.#emitter.emit(name, event);
  }

  /** Calls a function that the host gave with one call, as if it listened. */
  tell<Event>(listener: (event: Event) => unknown, event: Event): void {
    this.#guard(listener, this.#guarded, (error) => this.#report(error))(event);
  }

  #guardOf(name: EngineEventName, listener: Listener): (event: unknown) => void {
    if (name === 'engine:error') return this.#guard(listener, this.#last, () => {});
    return this.#guard(listener, this.#guarded, (error) => this.#report(error));
  }

  #guard(
    listener: Listener,
    known: WeakMap<Listener, (event: unknown) => void>,
    report: (error: unknown) => void,
  ): (event: unknown) => void {
    const before = known.get(listener);
    if (before !== undefined) return before;
    const guarded = async (event: unknown): Promise<void> => {
      try {
        await (listener as (event: unknown) => unknown)(event);
      } catch (error) {
        report(error);
      }
    };
    known.set(listener, guarded);
    return guarded;
  }

  #report(thrown: unknown): void {
    this.emit('engine:error', { error: thrown instanceof Error ? thrown : new Error(String(thrown)), paused: false });
  }
}
