/**
 * What a script may see of the object model: each class lists the names of its members, and everything else of an
 * instance stays outside of the script's reach.
 */
export interface ScriptedClass {
  new (...parts: never[]): object;
  readonly scriptNames?: readonly string[];
}

/** The names that scripts may use on an instance, those of the classes above included. */
export function scriptNamesOf(type: object): ReadonlySet<string> {
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
