import { EventEmitter } from 'eventemitter3';
import { invalid, shorten, suggestNames } from '../contract/faults.ts';
import { toError } from '../errors.ts';
import { type EngineEventName, type EngineEvents, type EngineListener, EVENT_NAMES } from './events.ts';

type Guarded = (event: unknown) => void;

/** `once` of node:events listens for it beside the event that is waited for. The engine never emits it. */
const LISTENED_FOR_BY_NODE = 'error';

function check(name: unknown, listener: unknown): void {
  if (name !== LISTENED_FOR_BY_NODE && !(EVENT_NAMES as readonly unknown[]).includes(name))
    throw invalid('event', `there is no '${shorten(String(name))}'; ${suggestNames(String(name), EVENT_NAMES)}`);
  if (typeof listener !== 'function') throw invalid('listener', 'must be a function');
}

/** The engine's emitter: a listener that throws (or rejects) reaches `engine:error`, never the code that emitted. */
export class EngineEmitter {
  readonly #emitter = new EventEmitter<Record<EngineEventName, Guarded>>();
  /** The guarded form of each listener, so that `off` finds it again. */
  readonly #guarded = new WeakMap<object, Guarded>();
  /** Wrapped `engine:error` listeners: their own errors become warnings, or they would loop. */
  readonly #guardedLast = new WeakMap<object, Guarded>();
  /** Called with every event, after the listeners. */
  #tap: (name: EngineEventName, event: unknown) => void = () => {};

  /** @throws {ValidationError} A misspelt name would never be heard of. */
  on<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): void {
    check(name, listener);
    this.#emitter.on(name, this.#guardOf(name, listener));
  }

  /** @throws {ValidationError} */
  once<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): void {
    check(name, listener);
    this.#emitter.once(name, this.#guardOf(name, listener));
  }

  off<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): void {
    this.#emitter.off(name, this.#guardOf(name, listener));
  }

  /** Hands every event to the library's own reader, which does not count as a listener. */
  tap(reader: (name: EngineEventName, event: unknown) => void): void {
    this.#tap = reader;
  }

  /** Whether the host listens for this event. */
  hasListener(name: EngineEventName): boolean {
    return this.#emitter.listenerCount(name) > 0;
  }

  /** Whether the host listens for anything. */
  hasListeners(): boolean {
    return this.#emitter.eventNames().length > 0;
  }

  emit<Name extends EngineEventName>(name: Name, event: EngineEvents[Name]): void {
    this.#emitter.emit(name, event);
    this.#tap(name, event);
  }

  /** Reports a fault that belongs to no call. */
  report(thrown: unknown, { paused = false }: { paused?: boolean } = {}): void {
    const error = toError(thrown);
    if (this.hasListener('engine:error')) this.emit('engine:error', { error, paused });
    else process.emitWarning(error);
  }

  /** Calls a function that the host passed to one call, as if it were a listener. */
  callSafely<Event>(listener: (event: Event) => unknown, event: Event): void {
    this.#guard(listener, this.#guarded, (error) => this.report(error))(event);
  }

  #guardOf(name: EngineEventName, listener: (event: never) => unknown): Guarded {
    return name === 'engine:error'
      ? this.#guard(listener, this.#guardedLast, (error) => process.emitWarning(toError(error)))
      : this.#guard(listener, this.#guarded, (error) => this.report(error));
  }

  #guard(
    listener: (event: never) => unknown,
    known: WeakMap<object, Guarded>,
    report: (error: unknown) => void,
  ): Guarded {
    const before = known.get(listener);
    if (before !== undefined) return before;
    const guarded = async (event: unknown): Promise<void> => {
      try {
        await listener(event as never);
      } catch (error) {
        report(error);
      }
    };
    known.set(listener, guarded);
    return guarded;
  }
}
