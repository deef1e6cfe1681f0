/** SQLite reads JSON down to level 1,000; no asset of After Effects comes near this. */
const DEEPEST_LEVEL = 200;
/** In JSON, so many values are megabytes; in memory, one small object may stand in its own array a million times. */
const MOST_VALUES = 1_000_000;

/**
 * Why a value cannot be stored as JSON and read again; `null` where it can. A payload may be any object of the host's:
 * without an end, with one part in a thousand places, or with what JSON has no form for.
 */
export function jsonFault(value: unknown): string | null {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST_LEVEL) return `is nested more than ${DEEPEST_LEVEL} levels deep`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'bigint') return 'holds a BigInt, which JSON has no form for; give a number or a text';
      if (typeof item !== 'object' || item === null) continue;
      if (ArrayBuffer.isView(item)) return 'holds bytes, which JSON has no form for; give a path or a data: URI';
      const size = Array.isArray(item) ? item.length : Object.keys(item).length;
      count += size;
      if (count > MOST_VALUES) return `holds more than ${MOST_VALUES} values`;
      for (const part of Object.values(item)) next.push(part);
    }
    level = next;
  }
  return null;
}
