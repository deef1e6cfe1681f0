import type { Layer, PropertyGroup } from '../aep/read-project.ts';
import { styleName } from '../lottie/normalise/index.ts';
import { convertGradient } from './gradients.ts';
import { animated, groupIn, groupOf, type LayerContext, opaqueColor, propertyIn } from './properties.ts';

interface Style {
  name: string;
  ty: number;
  /** The document's keys, by match name. */
  keys: Readonly<Record<string, string>>;
}

/** What these styles have in common, in the order of After Effects. */
const shadow = (style: string) => ({
  c: `${style}/color`,
  o: `${style}/opacity`,
  a: `${style}/localLightingAngle`,
  s: `${style}/blur`,
  d: `${style}/distance`,
  ch: `${style}/chokeMatte`,
  bm: `${style}/mode2`,
  no: `${style}/noise`,
});

const glow = (style: string) => ({
  c: `${style}/color`,
  o: `${style}/opacity`,
  s: `${style}/blur`,
  r: `${style}/inputRange`,
  ch: `${style}/chokeMatte`,
  bm: `${style}/mode2`,
  no: `${style}/noise`,
  j: `${style}/shadingNoise`,
});

/** Sources: LottieFiles/lottie-docs; the keys that Bodymovin's exports have. */
export const STYLES: Readonly<Record<string, Style>> = {
  'frameFX/enabled': { name: 'Stroke', ty: 0, keys: { c: 'frameFX/color', s: 'frameFX/size' } },
  'dropShadow/enabled': {
    name: 'Drop Shadow',
    ty: 1,
    keys: { ...shadow('dropShadow'), lc: 'dropShadow/layerConceals' },
  },
  'innerShadow/enabled': { name: 'Inner Shadow', ty: 2, keys: shadow('innerShadow') },
  'outerGlow/enabled': { name: 'Outer Glow', ty: 3, keys: glow('outerGlow') },
  'innerGlow/enabled': { name: 'Inner Glow', ty: 4, keys: { ...glow('innerGlow'), sr: 'innerGlow/innerGlowSource' } },
  'bevelEmboss/enabled': {
    name: 'Bevel and Emboss',
    ty: 5,
    keys: {
      bs: 'bevelEmboss/bevelStyle',
      bt: 'bevelEmboss/bevelTechnique',
      sr: 'bevelEmboss/strengthRatio',
      bd: 'bevelEmboss/bevelDirection',
      s: 'bevelEmboss/blur',
      sf: 'bevelEmboss/softness',
      ga: 'bevelEmboss/useGlobalAngle',
      a: 'bevelEmboss/localLightingAngle',
      ll: 'bevelEmboss/localLightingAltitude',
      hm: 'bevelEmboss/highlightMode',
      hc: 'bevelEmboss/highlightColor',
      ho: 'bevelEmboss/highlightOpacity',
      sm: 'bevelEmboss/shadowMode',
      sc: 'bevelEmboss/shadowColor',
      so: 'bevelEmboss/shadowOpacity',
    },
  },
  'chromeFX/enabled': {
    name: 'Satin',
    ty: 6,
    keys: {
      bm: 'chromeFX/mode2',
      c: 'chromeFX/color',
      o: 'chromeFX/opacity',
      a: 'chromeFX/localLightingAngle',
      d: 'chromeFX/distance',
      s: 'chromeFX/blur',
      in: 'chromeFX/invert',
    },
  },
  'solidFill/enabled': {
    name: 'Color Overlay',
    ty: 7,
    keys: { bm: 'solidFill/mode2', c: 'solidFill/color', so: 'solidFill/opacity' },
  },
  'gradientFill/enabled': {
    name: 'Gradient Overlay',
    ty: 8,
    keys: {
      bm: 'gradientFill/mode2',
      o: 'gradientFill/opacity',
      gs: 'gradientFill/gradientSmoothness',
      a: 'gradientFill/angle',
      gt: 'gradientFill/type',
      re: 'gradientFill/reverse',
      al: 'gradientFill/align',
      s: 'gradientFill/scale',
      of: 'gradientFill/offset',
    },
  },
};

/** What a style has where nobody changed it. Source: the user interface's own defaults. */
const DEFAULTS: Readonly<Record<string, number | number[]>> = {
  'dropShadow/mode2': 5,
  'dropShadow/color': [0, 0, 0, 1],
  'dropShadow/opacity': 75,
  'dropShadow/localLightingAngle': 120,
  'dropShadow/distance': 5,
  'dropShadow/blur': 5,
  'dropShadow/layerConceals': 1,
  'innerShadow/mode2': 5,
  'innerShadow/color': [0, 0, 0, 1],
  'innerShadow/opacity': 75,
  'innerShadow/localLightingAngle': 120,
  'innerShadow/distance': 5,
  'innerShadow/blur': 5,
  'outerGlow/mode2': 11,
  'outerGlow/color': [1, 1, 0.75, 1],
  'outerGlow/opacity': 75,
  'outerGlow/blur': 5,
  'outerGlow/inputRange': 50,
  'innerGlow/mode2': 11,
  'innerGlow/color': [1, 1, 0.75, 1],
  'innerGlow/opacity': 75,
  'innerGlow/blur': 5,
  'innerGlow/inputRange': 50,
  'innerGlow/innerGlowSource': 2,
  'frameFX/color': [1, 0, 0, 1],
  'frameFX/size': 3,
  'solidFill/color': [1, 0, 0, 1],
  'solidFill/opacity': 100,
  'gradientFill/opacity': 100,
  'gradientFill/angle': 90,
  'gradientFill/scale': 100,
};

/** `sy` of a layer: the styles that are on. */
export function convertLayerStyles(layer: Layer, context: LayerContext): object[] {
  const styles = groupOf(layer.property('ADBE Layer Styles'));
  if (styles === null || !styles.enabled) return [];
  return styles.properties().flatMap((style) => {
    if (style.kind !== 'group' || !style.enabled || style.matchName === 'ADBE Blend Options Group') return [];
    const known = STYLES[style.matchName];
    if (known === undefined || styleName({ ty: known.ty }) !== null)
      context.report({
        property: ['ADBE Layer Styles', style.matchName],
        what: `the layer style ${style.name} is not drawn`,
        outcome: 'dropped',
      });
    return known === undefined
      ? []
      : [convertStyle(style, groupIn(styles, 'ADBE Blend Options Group'), known, context)];
  });
}

/** One direction of the light counts for all styles that say so. */
const GLOBAL_LIGHT = 120;

function usesGlobalLight(style: PropertyGroup): boolean {
  const name = style.matchName.replace(/enabled$/, 'useGlobalAngle');
  return propertyIn(style, name)?.value === 1;
}

function convertStyle(style: PropertyGroup, blend: PropertyGroup | null, { ty, keys }: Style, context: LayerContext) {
  const values = Object.entries(keys).map(([key, matchName]) => {
    if (key === 'a' && /localLightingAngle$/.test(matchName) && usesGlobalLight(style))
      return [key, animated(blend, 'ADBE Global Angle2', context, { otherwise: GLOBAL_LIGHT })];
    const value = /olor$/.test(matchName) ? { value: opaqueColor } : {};
    return [key, animated(style, matchName, context, { ...value, otherwise: DEFAULTS[matchName] ?? 0 })];
  });
  const gradient = ty === 8 ? { gf: convertGradient(style, context, 'gradientFill/gradient') } : {};
  return { ty, nm: style.name, mn: style.matchName, ...Object.fromEntries(values), ...gradient };
}
