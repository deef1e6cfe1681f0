import vm from 'node:vm';
import { parse } from 'acorn';

/** No honest script passes values that are nested deeper. */
const MOST_DEPTH = 8;
const MOST_ELEMENTS = 1_000_000;

type HostMethod = (self: unknown, args: unknown[]) => unknown;

/** What the realm itself makes for us, so that nothing of ours is an object of the host's realm. */
interface RealmParts {
  makeFunction(call: HostMethod): object;
  makeClass(name: string, parent: unknown, construct: HostMethod): { prototype: object };
  makeInstance(prototype: object): object;
  makeArray(): unknown[];
  makeError(message: string): object;
}

/** Evaluated before any script, with the built-ins as they are then: a script may replace them later. */
const PARTS = `'use strict'; (() => {
  const { apply } = Reflect;
  const { slice } = Array.prototype;
  const { create, defineProperty } = Object;
  const RealmError = Error;
  const listOf = (values) => apply(slice, values, []);
  return {
    makeFunction: (call) => function () { return call(this, listOf(arguments)); },
    makeClass: (name, parent, construct) => {
      const type = function () { return construct(undefined, listOf(arguments)); };
      defineProperty(type, 'name', { value: name });
      if (parent) type.prototype = create(parent.prototype, { constructor: { value: type } });
      return type;
    },
    makeInstance: (prototype) => create(prototype),
    makeArray: () => [],
    makeError: (message) => new RealmError(message),
  };
})()`;

/**
 * A JavaScript realm of its own for scripts. They see our objects through proxies that live in the realm: only the
 * members that a class lists, only plain values and wrapped objects, and errors of the realm's own kind. Code cannot be
 * made from text in it.
 */
export class ScriptRealm {
  readonly #context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
  });
  readonly #parts = vm.runInContext(PARTS, this.#context) as RealmParts;
  readonly #outside = new WeakMap<object, object>();
  readonly #inside = new WeakMap<object, object>();
  readonly #classes = new Map<object, { prototype: object }>();
  readonly #methods = new WeakMap<object, object>();

  /** Defines a global: a plain value, an instance of a class that lists its members, or such a class. */
  define(name: string, value: unknown): void {
    Object.defineProperty(this.#context, name, { value: this.#enter(value, 0), enumerable: true });
  }

  defineFunction(name: string, call: (...args: unknown[]) => unknown): void {
    const value = this.#parts.makeFunction(this.#guarded((_self, args) => call(...args)));
    Object.defineProperty(this.#context, name, { value, enumerable: true });
  }

  /** A class that scripts may make instances of, with `new` or without, as in ExtendScript. */
  defineClass(name: string, type: object, make?: (args: unknown[]) => object): void {
    Object.defineProperty(this.#context, name, { value: this.#classFor(type, name, make), enumerable: true });
  }

  /** Runs a script. What it throws comes out as an `Error` of ours with the same message. */
  run(code: string, fileName: string, timeoutMs: number): unknown {
    try {
      refuseModules(code);
      return this.#leave(vm.runInContext(code, this.#context, { filename: fileName, timeout: timeoutMs }), 0);
    } catch (thrown) {
      throw new Error(messageOf(thrown));
    }
  }

  /** Ours → theirs. */
  #enter(value: unknown, depth: number): unknown {
    if (typeof value === 'function') throw new TypeError('a function cannot be given to a script');
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#inside.get(value);
    if (known !== undefined) return known;
    if (depth > MOST_DEPTH) throw new RangeError('a value is nested too deeply');
    if (Array.isArray(value)) {
      const array = this.#parts.makeArray();
      for (const [index, element] of value.entries()) put(array, index, this.#enter(element, depth + 1));
      return array;
    }
    return Object.getPrototypeOf(value) === Object.prototype ? this.#enterPlain(value, depth) : this.#wrap(value);
  }

  #enterPlain(value: object, depth: number): object {
    const copy = this.#parts.makeInstance(this.#context.Object.prototype);
    for (const [key, member] of Object.entries(value)) put(copy, key, this.#enter(member, depth + 1));
    return copy;
  }

  #wrap(host: object): object {
    const names = scriptNamesOf(host.constructor);
    const target = this.#parts.makeInstance(this.#classFor(host.constructor).prototype);
    const proxy = new Proxy(target, {
      get: (own, key) => {
        if (typeof key !== 'string' || !names.has(key)) return Reflect.get(own, key);
        return this.#guard(() => this.#member(host, key));
      },
      set: (_own, key, value) => {
        if (typeof key !== 'string' || !names.has(key)) return false;
        return this.#guard(() => Reflect.set(host, key, this.#leave(value, 0), host));
      },
      has: (own, key) => (typeof key === 'string' && names.has(key)) || Reflect.has(own, key),
      defineProperty: () => false,
      deleteProperty: () => false,
      setPrototypeOf: () => false,
    });
    this.#inside.set(host, proxy);
    this.#outside.set(proxy, host);
    return proxy;
  }

  #member(host: object, key: string): unknown {
    const member: unknown = Reflect.get(host, key, host);
    if (typeof member !== 'function') return this.#enter(member, 0);
    const known = this.#methods.get(member);
    if (known !== undefined) return known;
    const method = this.#parts.makeFunction(
      this.#guarded((self, args) => {
        const owner = typeof self === 'object' && self !== null ? this.#outside.get(self) : undefined;
        if (owner === undefined || Reflect.get(owner, key, owner) !== member)
          throw new TypeError(`${key} is called on a foreign object`);
        return Reflect.apply(member, owner, args);
      }),
    );
    this.#methods.set(member, method);
    return method;
  }

  #classFor(
    type: object,
    name = Reflect.get(type, 'name') as string,
    make?: (args: unknown[]) => object,
  ): { prototype: object } {
    const known = this.#classes.get(type);
    if (known !== undefined && make === undefined) return known;
    const above = Object.getPrototypeOf(type) as object;
    const parent = above === Function.prototype ? null : this.#classFor(above);
    const construct = this.#guarded((_self, args) => {
      if (make === undefined) throw new TypeError(`${name} cannot be made by a script`);
      return make(args);
    });
    const made = this.#parts.makeClass(name, parent, construct);
    this.#classes.set(type, made);
    return made;
  }

  /** A function for the realm: arguments come out, the result goes in. */
  #guarded(call: HostMethod): HostMethod {
    return (self, args) =>
      this.#guard(() =>
        this.#enter(
          call(
            self,
            // Not by a method of the array, which is the realm's.
            Array.from({ length: args.length }, (_, index) => this.#leave(args[index], 0)),
          ),
          0,
        ),
      );
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw this.#parts.makeError(messageOf(error));
    }
  }

  /** Theirs → ours: a wrapped object becomes what it wraps, an array a copy; of anything else only a plain value passes. */
  #leave(value: unknown, depth: number): unknown {
    if (typeof value === 'function') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    const host = this.#outside.get(value);
    if (host !== undefined) return host;
    if (!Array.isArray(value)) return undefined;
    if (depth > MOST_DEPTH || value.length > MOST_ELEMENTS) throw new RangeError('a value of the script is too large');
    return Array.from({ length: value.length }, (_, index) => this.#leave(value[index], depth + 1));
  }
}

/** Without a setter that a script may have put into a prototype. */
function put(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * Before a module is loaded, Node makes an error of its own realm, by which a script could get out; and what is `async`
 * goes on when the time of the script is over. The language of 2015 has neither, and more than ExtendScript.
 */
function refuseModules(code: string): void {
  try {
    parse(code, { ecmaVersion: 2015, sourceType: 'script' });
  } catch (error) {
    // The place is not the author's: a script of a job has a line of ours before it.
    throw new SyntaxError(messageOf(error).replace(/ \(\d+:\d+\)$/, ''), { cause: error });
  }
}

/** A script may throw anything, and an error of its own may have a `message` that is no text. */
function messageOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const message: unknown = Reflect.get(thrown, 'message');
  return typeof message === 'string' ? message : 'unknown error';
}

/**
 * The names that scripts may use on an instance, those of the classes above included: each class of the object model
 * lists them (`scriptNames`), and everything else of it stays outside of the script's reach.
 */
function scriptNamesOf(type: object): ReadonlySet<string> {
  const known = NAMES.get(type);
  if (known !== undefined) return known;
  const own: unknown = Object.hasOwn(type, 'scriptNames') ? Reflect.get(type, 'scriptNames') : [];
  const above = Object.getPrototypeOf(type) as object | null;
  const inherited = above === null || above === Function.prototype ? [] : scriptNamesOf(above);
  const names = new Set([...inherited, ...(own as string[])]);
  NAMES.set(type, names);
  return names;
}

const NAMES = new WeakMap<object, ReadonlySet<string>>();
