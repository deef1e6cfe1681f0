/** What holds memory outside of the heap's limit, or runs code after an expression has ended. */
export function forbiddenNames(): string[] {
  const buffers = ['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'WebAssembly'];
  const numbers = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'BigInt64', 'BigUint64'];
  const arrays = [...numbers, 'Float16', 'Float32', 'Float64'].map((name) => `${name}Array`);
  return [...buffers, ...arrays, 'Promise', 'WeakRef', 'FinalizationRegistry', 'console', 'eval'];
}

/** One expression of a document is not to change what another one finds. */
export function harden(target: Record<string, unknown>, classes: readonly object[], keepEval: boolean): void {
  for (const name of forbiddenNames()) if (name !== 'eval' || !keepEval) delete target[name];
  Reflect.deleteProperty(Array, 'fromAsync');
  const roots = Object.getOwnPropertyNames(target).map((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    return descriptor !== undefined && 'value' in descriptor && name !== 'globalThis' ? descriptor.value : null;
  });
  const generator = function* (): Generator<never> {};
  const iterators = [[][Symbol.iterator](), new Map().entries(), new Set().values(), ''.matchAll(/x/g)];
  freezeAll([...roots, ...classes, generator, ...iterators]);
  Object.preventExtensions(target);
}

/** With what each one holds and comes from. */
export function freezeAll(roots: readonly unknown[]): void {
  const open = [...roots];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const next = open.pop();
    if ((typeof next !== 'object' && typeof next !== 'function') || next === null || seen.has(next)) continue;
    seen.add(next);
    open.push(Object.getPrototypeOf(next));
    for (const key of Reflect.ownKeys(next)) {
      const descriptor = Object.getOwnPropertyDescriptor(next, key);
      open.push(descriptor?.value, descriptor?.get, descriptor?.set);
    }
    Object.freeze(next);
  }
}
