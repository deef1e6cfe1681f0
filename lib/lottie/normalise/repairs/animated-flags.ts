import type { LottieDocument } from '../../document/index.ts';
import { isNode, type Node } from '../tree.ts';

/**
 * Whether a property moves is said twice: by its flag (`a`) and by the form of its value. Players go by the form; Skia
 * goes by the flag, and drops the whole property if they disagree. The form counts.
 */
export function repairAnimatedFlags(document: LottieDocument): LottieDocument {
  return repaired(document);
}

function repaired<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    // Long lists of numbers, as paths have them, hold no properties.
    if (typeof value[0] === 'number') return value;
    let changed = false;
    const list = value.map((entry) => {
      const made = repaired(entry);
      changed ||= made !== entry;
      return made;
    });
    return (changed ? list : value) as Value;
  }
  if (!isNode(value)) return value;
  if (value.a === 0 && hasKeys(value.k)) return { ...value, ...unflagged(value.k) } as Value;
  let made: Value = value;
  for (const key of Object.keys(value)) {
    const child = (value as Node)[key];
    if (typeof child !== 'object' || child === null) continue;
    const changed = repaired(child);
    if (changed !== child) made = { ...made, [key]: changed };
  }
  return made;
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
