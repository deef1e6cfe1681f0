import {
  expressionLabel,
  expressionsOf,
  frameCountOf,
  isAnimated,
  keyframesOf,
  LAYER_TYPE,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
  type LottieProperty,
  lottieProperties,
  syntaxFault,
} from '../document/index.ts';
import { effectValue } from './bake/effect-values.ts';
import { isPathItem } from './bake/shape-path.ts';
import { isLostEffect, isSoundEffect, styleName } from './known-effects.ts';
import { hasLostFaintMask } from './skia/faint-masks.ts';
import { isNode, type Node, nodesIn } from './tree.ts';

/** Something of a layer that the bundled renderer draws otherwise than After Effects does. */
export interface Difference {
  /** The rest of a sentence about the layer: `the effect Mosaic is not drawn`. */
  what: string;
  /** `dropped`: nothing of it is drawn. `approximated`: something is, and it does not look the same. */
  outcome: 'dropped' | 'approximated';
  /** Whether the picture is visibly wrong because of it. False of sound, and of what is nearly right. */
  visible: boolean;
  /** Seconds of the composition in which it shows, the end is exclusive; null if that is all of it. */
  time: { from: number; to: number } | null;
}

type Finding = Omit<Difference, 'time'>;

const RULES: readonly ((layer: LottieLayer, document: LottieDocument) => Finding[])[] = [
  layerKind,
  effects,
  styles,
  masks,
  shapes,
  textAnimators,
  picture,
];

/** All that is known of a layer before it is drawn; of one that is never seen only what its expressions give others. */
export function differencesOf(
  document: LottieDocument,
  composition: LottieComposition,
  layer: LottieLayer,
): Difference[] {
  const isSeen = layer.hd !== true || layer.td !== undefined;
  // What is not seen may still move what is.
  const findings = [...(isSeen ? RULES.flatMap((rule) => rule(layer, document)) : []), ...expressions(layer)];
  if (findings.length === 0) return [];
  const length = frameCountOf(composition);
  const first = Math.max(0, (layer.ip ?? composition.first) - composition.first);
  const end = Math.min(length, (layer.op ?? composition.end) - composition.first);
  if (first >= end) return [];
  const time = first <= 0 && end >= length ? null : { from: first / document.fr, to: end / document.fr };
  const byText = new Map(findings.map((finding) => [finding.what, { ...finding, time }]));
  return [...byText.values()];
}

function dropped(what: string): Finding {
  return { what, outcome: 'dropped', visible: true };
}

function approximated(what: string): Finding {
  return { what, outcome: 'approximated', visible: false };
}

const IMAGE_SEQUENCE = 8;

function layerKind(layer: LottieLayer): Finding[] {
  if (layer.ty === LAYER_TYPE.audio) return [{ ...dropped('its sound is left out'), visible: false }];
  if (layer.ty === LAYER_TYPE.light) return [dropped('a light does not light anything')];
  if (layer.ty === IMAGE_SEQUENCE) return [dropped('its sequence of pictures is not drawn')];
  return [];
}

function effects(layer: LottieLayer): Finding[] {
  // A null and the effects on it are invisible; our own converter writes an adjustment layer as one.
  if (layer.ty === LAYER_TYPE.null && layer.ae?.adjustment !== true) return [];
  if (layer.ty === LAYER_TYPE.camera) return [];
  return nodesIn(layer.ef).flatMap((effect) => effectFinding(layer, effect) ?? []);
}

/** What is not drawn of an effect, by its layer with masks and mattes; null if that is nothing. */
export function effectFinding(layer: LottieLayer, effect: Node): Finding | null {
  if (effect.en === 0 || effect.en === false) return null;
  const name = nameOf(effect, 'without a name');
  if (effect.mn === 'ADBE Bulge' && sinks(effect))
    return { what: `the effect ${name} repeats its layer where it sinks in`, outcome: 'approximated', visible: true };
  if (!isLostEffect(layer, effect)) return null;
  if (isSoundEffect(effect)) return { ...dropped(`the sound effect ${name} is left out`), visible: false };
  return dropped(`the effect ${name} is not drawn`);
}

/** The value of a Bulge that says how far it stands out, by its place. Source: Bodymovin's exports. */
const BULGE_HEIGHT = 3;

/** Skia takes what lies beyond the edge of a layer from the other edge, where After Effects has nothing. */
function sinks(effect: Node): boolean {
  const height = effectValue(effect, BULGE_HEIGHT);
  if (!isAnimated(height)) return false;
  const keys = keyframesOf(height);
  const values = keys.length > 0 ? keys.flatMap(({ s, e }) => [s, e].flat()) : [height.k];
  return values.some((value) => typeof value === 'number' && value < 0);
}

function styles(layer: LottieLayer): Finding[] {
  return nodesIn(layer.sy).flatMap((style) => {
    const name = styleName(style);
    return name === null ? [] : [dropped(`the layer style ${name} is not drawn`)];
  });
}

/** Lighten and Darken are drawn as Add and Intersect, which is the same for opaque masks. */
function masks(layer: LottieLayer): Finding[] {
  const list = nodesIn(layer.masksProperties);
  const isMixed =
    list.some(({ mode }) => mode === 'l' || mode === 'd') && list.some(({ o }) => isAnimated(o) && o.k !== 100);
  return [
    ...(isMixed ? [approximated('masks that lighten or darken are blended as if they added or intersected')] : []),
    ...(hasLostFaintMask(layer) ? [{ ...approximated(FAINT), visible: true }] : []),
  ];
}

const FAINT = 'a mask after others that subtracts with less than its full opacity takes away too much';

/** `ty` of shape items that nothing draws. */
const UNKNOWN_SHAPES: Readonly<Record<string, string>> = {
  tw: 'the shape modifier Twist is not drawn',
  wp: 'the shape modifier Wiggle Paths is not drawn',
  wt: 'the shape modifier Wiggle Transform is not drawn',
};

function shapes(layer: LottieLayer): Finding[] {
  const found: Finding[] = [];
  const visit = (items: readonly Node[]): void => {
    found.push(...outOfOrder(items), ...trimmedApart(items));
    for (const item of items) {
      if (item.hd === true) continue;
      const what = typeof item.ty === 'string' ? UNKNOWN_SHAPES[item.ty] : undefined;
      if (what !== undefined) found.push(dropped(what));
      visit(nodesIn(item.it));
    }
  };
  visit(nodesIn(layer.shapes));
  return found;
}

/** Baked before what Skia applies to the same paths: their names by `ty`. */
const BAKED_MODIFIERS: Readonly<Record<string, string>> = { rd: 'Round Corners', zz: 'Zig Zag', op: 'Offset Paths' };
const SKIAS_MODIFIERS: Readonly<Record<string, string>> = {
  tm: 'Trim Paths',
  mm: 'Merge Paths',
  pb: 'Pucker & Bloat',
  rp: 'Repeater',
};
/** `mm` of Merge Paths that leaves every path as it is. */
const MERGE = 1;

/** After Effects applies modifiers from the top of a group down. */
function outOfOrder(items: readonly Node[]): Finding[] {
  const shown = items.filter(({ hd }) => hd !== true);
  return shown.flatMap((item, place) => {
    const name = BAKED_MODIFIERS[String(item.ty)];
    const above = name === undefined ? undefined : shown.slice(0, place).find(changesPaths);
    const other = SKIAS_MODIFIERS[String(above?.ty)];
    if (above === undefined || other === undefined) return [];
    const what = `the shape modifier ${name} is applied before ${other}, which stands above it`;
    return [{ what, outcome: 'approximated', visible: true }];
  });
}

/** `m` of Trim Paths that goes along one path after the other. */
const INDIVIDUALLY = 2;

/** Skia goes along the paths of each group by themselves. */
function trimmedApart(items: readonly Node[]): Finding[] {
  const shown = items.filter(({ hd }) => hd !== true);
  const trim = shown.findIndex(({ ty, m }) => ty === 'tm' && m === INDIVIDUALLY);
  const above = trim === -1 ? [] : shown.slice(0, trim);
  const groups = above.filter(({ it }) => nodesIn(it).some(holdsPaths));
  if (groups.length === 0 || groups.length + above.filter(isPathItem).length < 2) return [];
  const what = 'Trim Paths goes along the paths of each group by themselves, and not along one after the other';
  return [{ what, outcome: 'approximated', visible: true }];
}

function holdsPaths(item: Node): boolean {
  return isPathItem(item) || nodesIn(item.it).some(holdsPaths);
}

function changesPaths({ ty, mm, tr }: Node): boolean {
  if (ty === 'mm') return mm !== MERGE;
  // Copies of one size are the same, whether they are changed before or after.
  if (ty === 'rp') return isNode(tr) && isAnimated(tr.s) && JSON.stringify(tr.s.k) !== '[100,100]';
  return SKIAS_MODIFIERS[String(ty)] !== undefined;
}

/** Properties of a text animator that nothing draws, by their keys. Source: the Lottie specification, "Text style". */
const UNKNOWN_ANIMATED: Readonly<Record<string, string>> = {
  sk: 'Skew',
  fh: 'Fill Hue',
  fs: 'Fill Saturation',
  fb: 'Fill Brightness',
  sh: 'Stroke Hue',
  ss: 'Stroke Saturation',
  sb: 'Stroke Brightness',
};

function textAnimators(layer: LottieLayer): Finding[] {
  if (layer.ty !== LAYER_TYPE.text || !isNode(layer.t)) return [];
  return nodesIn(layer.t.a).flatMap((animator) => {
    const style = isNode(animator.a) ? animator.a : {};
    return Object.entries(UNKNOWN_ANIMATED)
      .filter(([key]) => isChanged(style[key]))
      .map(([, name]) => dropped(`the text animator's ${name} is not drawn`));
  });
}

function isChanged(property: unknown): boolean {
  return isAnimated(property) && (keyframesOf(property).length > 0 || property.k !== 0);
}

/** What the expression language of the renderer lacks: documents do not hold what it asks for. */
const UNKNOWN_NAMES = /\b(?:sampleImage|thisProject|footage|activeCamera)\b/;
/** Names that only stand in a text or a comment are asked of nobody. */
const TEXT_OR_COMMENT = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/.*/g;

/** After Effects switches an expression off that it cannot read, so its picture is the same. */
function expressions(layer: LottieLayer): Finding[] {
  const found = expressionsOf(layer);
  if (found.length === 0) return [];
  const names = new Map<object, string>();
  const note = (properties: readonly LottieProperty[]): void => {
    for (const property of properties) {
      if (property.kind === 'group') note(property.properties());
      else names.set(property.animated, property.name);
    }
  };
  note(lottieProperties(layer));
  return found.flatMap(({ place, animated }): Finding[] => {
    const label = expressionLabel(names.get(animated), place);
    const fault = syntaxFault(animated.x);
    if (fault !== null)
      return [{ what: unevaluated(label, `it is no JavaScript: ${fault}`), outcome: 'dropped', visible: false }];
    const name = UNKNOWN_NAMES.exec(animated.x.replace(TEXT_OR_COMMENT, ''))?.[0];
    return name === undefined
      ? []
      : [approximated(`the expression of ${label} asks for ${name}, which is not known here`)];
  });
}

/** The rest of a sentence about a layer, of whose expressions one has no values. */
export function unevaluated(property: string, reason: string): string {
  return `the expression of ${property} is not evaluated (${reason}); its value without the expression is rendered`;
}

function picture(layer: LottieLayer, { assets }: LottieDocument): Finding[] {
  if (layer.ty !== LAYER_TYPE.image) return [];
  const p = assets.find(({ id }) => id === layer.refId)?.p;
  const isDrawing = p !== undefined && /^data:image\/svg|\.svg$/i.test(p.slice(0, 500));
  return isDrawing ? [dropped('a picture in SVG is not drawn')] : [];
}

function nameOf({ nm, mn }: Node, fallback: string): string {
  return [nm, mn].find((name): name is string => typeof name === 'string' && name.trim() !== '')?.trim() ?? fallback;
}
