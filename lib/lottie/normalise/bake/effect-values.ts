import { isNode, type Node } from '../tree.ts';

/** The property of an effect's parameter, by its place from 0. */
export function effectValue(effect: Node, place: number): unknown {
  const control = Array.isArray(effect.ef) ? (effect.ef as unknown[])[place] : undefined;
  return isNode(control) ? control.v : undefined;
}

/** The value of a parameter that stands still; 0 of any other. */
export function effectNumber(effect: Node, place: number): number {
  const value = effectValue(effect, place);
  return isNode(value) && typeof value.k === 'number' ? value.k : 0;
}
