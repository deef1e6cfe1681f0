import { isAnimated, valueAt } from '../../document/index.ts';
import { isNode } from '../tree.ts';

/** The numbers of a property at a frame; `fallback` if the document has none. */
export function numbersAt(property: unknown, frame: number, fallback: readonly number[]): number[] {
  if (isNode(property) && property.s === true)
    return [property.x, property.y].flatMap((part, axis) => numbersAt(part, frame, [fallback[axis] ?? 0]).slice(0, 1));
  if (!isAnimated(property)) return [...fallback];
  const value = valueAt(property, frame);
  const list = Array.isArray(value) ? value : [value];
  return list.length >= fallback.length ? list : [...list, ...fallback.slice(list.length)];
}

export function numberAt(property: unknown, frame: number, fallback: number): number {
  return numbersAt(property, frame, [fallback])[0] ?? fallback;
}
