import type { LottieDocument } from '../../document/index.ts';
import { isNode, mapProperties, type Node } from '../tree.ts';

/**
 * Whether a property moves is said twice: by its flag (`a`) and by the form of its value. Players go by the form; Skia
 * goes by the flag, and drops the whole property if they disagree. The form counts.
 */
export function repairAnimatedFlags(document: LottieDocument): LottieDocument {
  return mapProperties(document, repaired);
}

function repaired(property: Node): Node {
  return property.a === 0 && hasKeys(property.k) ? { ...property, ...unflagged(property.k) } : property;
}

function hasKeys(k: unknown): k is Node[] {
  if (!Array.isArray(k) || !isNode(k[0]) || !('t' in k[0])) return false;
  const { s } = k[0];
  // A text's document is written so as well.
  return typeof s === 'number' || Array.isArray(s);
}

/** One key stands still; its value may lack the list around it. */
function unflagged(k: Node[]): Node {
  const [{ s } = {}] = k;
  return k.length === 1 ? { k: Array.isArray(s) && s.length === 1 ? s[0] : s } : { a: 1 };
}
