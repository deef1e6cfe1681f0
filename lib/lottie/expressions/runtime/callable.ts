/** The members of an object's classes by name, those of the nearest class first. */
export function memberNames(target: object): string[] {
  const names = new Set<string>();
  let level: object | null = target;
  while (level !== null && level !== Object.prototype) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
    level = Object.getPrototypeOf(level);
  }
  names.delete('constructor');
  return [...names];
}

/** A method comes out with its object: in the expression language many stand alone. What a getter gives stays as it is. */
export function memberOf(target: object, name: string): unknown {
  let level: object | null = target;
  while (level !== null && !Object.hasOwn(level, name)) level = Object.getPrototypeOf(level);
  const member: unknown = Reflect.get(target, name);
  const gotten = level !== null && Object.getOwnPropertyDescriptor(level, name)?.get !== undefined;
  if (typeof member !== 'function' || gotten) return member;
  return (...args: unknown[]) => Reflect.apply(member, target, args);
}

/**
 * Layers, compositions and groups are objects that may be called as well: `effect('Slider')('Slider')`. What is in `more`
 * never hides what the object has. An expression cannot change it: another one finds the same.
 */
export function callable(
  target: object,
  call: (wanted: unknown) => unknown,
  more: readonly (readonly [name: string, get: () => unknown])[] = [],
): object {
  const made = (wanted: unknown) => call(wanted);
  const own = new Set(memberNames(target));
  for (const [name, get] of more)
    if (name !== '' && !own.has(name)) Object.defineProperty(made, name, { get, configurable: true });
  for (const name of own) Object.defineProperty(made, name, { get: () => memberOf(target, name), configurable: true });
  return Object.freeze(made);
}
