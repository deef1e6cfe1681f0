import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { isNode, mapped, type Node, withValue } from '../tree.ts';
import { opaqueText } from './color-alpha.ts';

/** Where After Effects begins a new line, as Unicode does: LF, VT, FF, NEL, LS, PS; and U+0003 is its soft return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0003 is what After Effects writes
const LINE_ENDS = /\r\n|[\n\v\f\u0003\u0085\u2028\u2029]/g;
/** After Effects sets a tab as white space; Skia has no glyph for it. */
const TAB = /\t/g;
/**
 * What has no picture of its own, and Skia would draw as a box: control characters but for CR, the soft hyphen, the byte
 * order mark, annotations. The marks of direction and of joining stay: they shape a text.
 */
const INVISIBLE = /(?!\r)\p{Cc}|[\u00ad\ufeff\ufff9-\ufffb]/gu;

/**
 * Skia draws nothing of a text whose first line is higher than its box, by the ascent that the document gives its font:
 * exports measure it, and are off by so much of the size.
 */
const SPARE = 0.01;

/** After Effects' automatic leading. */
const LEADING = 1.2;

/**
 * Skia reads a text as After Effects does only if its lines end in CR, its leading is written and its alignment as well:
 * else it draws boxes, one line, or nothing.
 */
export function withPlainText(layer: LottieLayer): LottieLayer {
  if (layer.ty !== LAYER_TYPE.text || !isNode(layer.t) || !isNode(layer.t.d) || !Array.isArray(layer.t.d.k))
    return layer;
  const keys = mapped(layer.t.d.k as unknown[], (key) =>
    isNode(key) && isNode(key.s) ? withValue(key, 's', readable(key.s)) : key,
  );
  return withValue(layer, 't', withValue(layer.t, 'd', withValue(layer.t.d, 'k', keys)));
}

/** `j`: higher ones are justified, by what is done with the last line. */
const CENTRED = 2;

function readable(document: Node): Node {
  let made = opaqueText(document);
  if (typeof made.t === 'number') made = { ...made, t: String(made.t) };
  if (typeof made.t === 'string') made = withValue(made, 't', drawnText(made.t));
  if (typeof made.lh !== 'number' && typeof made.s === 'number') made = { ...made, lh: made.s * LEADING };
  // Only what is in a box can be justified to both of its sides.
  if (typeof made.j !== 'number' || (made.j > CENTRED && made.sz === undefined)) made = { ...made, j: 0 };
  if (isSize(made.sz) && typeof made.s === 'number') made = { ...made, sz: [made.sz[0], made.sz[1] + made.s * SPARE] };
  return made;
}

export function drawnText(text: string): string {
  return text.replace(LINE_ENDS, '\r').replace(TAB, ' ').replace(INVISIBLE, '');
}

function isSize(size: unknown): size is [number, number] {
  return Array.isArray(size) && size.length === 2 && size.every((part) => typeof part === 'number');
}
