import { layerBlendMode } from './blend-modes.ts';

/** What becomes of a feature of After Effects: `docs/bundled-renderer.md` and the table of the README are made of this. */
export type Support = 'drawn' | 'approximated' | 'refused' | 'left out';

interface Feature {
  feature: string;
  support: Support;
  note: string;
}

/**
 * `refused`: one sees that it is missing, and the job is refused unless `allowUnsupported`. `left out`: nobody sees it, a
 * warning says so.
 */
export const FEATURES: readonly Feature[] = [
  { feature: 'Compositions, nested at any depth', support: 'drawn', note: 'at the frame rate of the rendered one' },
  { feature: 'Background', support: 'drawn', note: 'of the rendered composition, in outputs without alpha' },
  { feature: 'In and out points, time stretch, time remapping, reversed layers', support: 'drawn', note: '' },
  {
    feature: 'Parents, solo, hidden layers, guides',
    support: 'drawn',
    note: 'guides are not rendered, as in After Effects',
  },
  { feature: 'Collapsed transformations', support: 'drawn', note: 'layers in 3D and blend modes inside: approximated' },
  { feature: 'Track mattes, of the layer above or of any layer', support: 'drawn', note: 'alpha, luma, inverted' },
  { feature: 'Adjustment layers', support: 'drawn', note: 'where they are opaque, with their masks and mattes' },
  { feature: 'Masks', support: 'drawn', note: 'all modes, inverted, feather, opacity, expansion' },
  {
    feature: 'Solids, nulls, pictures, videos',
    support: 'drawn',
    note: 'PNG, JPEG, GIF, WebP, BMP, Photoshop (all layers or one), TIFF, Targa, SGI; videos that FFmpeg reads',
  },
  { feature: 'Sequences of pictures', support: 'drawn', note: 'of these kinds' },
  { feature: 'Pictures of Illustrator, PDF, EPS, EXR, Cineon; placeholders', support: 'refused', note: '' },
  { feature: 'Shapes: paths, fills, strokes, dashes, gradients, groups', support: 'drawn', note: '' },
  {
    feature: 'Shape modifiers',
    support: 'drawn',
    note: 'trim, repeater, round corners, offset, merge, pucker & bloat, zig zag; twist and wiggle are refused',
  },
  { feature: 'Tapered and wavy strokes', support: 'refused', note: '' },
  {
    feature: 'Text',
    support: 'drawn',
    note: 'several styles, font, size, fill, stroke, tracking, leading, baseline shift, scales, capitals, boxes, justification, paths, animators with a range selector',
  },
  { feature: 'Faux bold and italic, small capitals, super- and subscript', support: 'approximated', note: '' },
  { feature: 'Wiggly and expression selectors of text animators', support: 'refused', note: '' },
  { feature: 'Keyframes', support: 'drawn', note: 'linear, bezier by dimension, hold, on paths, separated dimensions' },
  {
    feature: 'Expressions',
    support: 'drawn',
    note: 'those of docs/expressions.md; a warning for each that is not evaluated',
  },
  {
    feature: 'Cameras and layers in 3D',
    support: 'approximated',
    note: 'without depth of field; layers do not cut each other',
  },
  { feature: 'Lights', support: 'refused', note: 'with layers in 3D; without them a light changes nothing' },
  { feature: 'Motion blur', support: 'approximated', note: 'nothing is blurred' },
  { feature: 'Frame blending', support: 'approximated', note: 'the nearest frame' },
  {
    feature: 'Pixels that are not square, Preserve Underlying Transparency, Essential Properties',
    support: 'refused',
    note: '',
  },
  { feature: 'Sound', support: 'left out', note: '' },
];

const MODES = [
  ...['NORMAL', 'DISSOLVE', 'ADD', 'MULTIPLY', 'SCREEN', 'OVERLAY', 'SOFT_LIGHT', 'HARD_LIGHT', 'DARKEN', 'LIGHTEN'],
  ...['CLASSIC_DIFFERENCE', 'HUE', 'SATURATION', 'COLOR', 'LUMINOSITY', 'STENCIL_ALPHA', 'STENCIL_LUMA'],
  ...['SILHOUETE_ALPHA', 'SILHOUETTE_LUMA', 'LUMINESCENT_PREMUL', 'ALPHA_ADD', 'CLASSIC_COLOR_DODGE'],
  ...['CLASSIC_COLOR_BURN', 'EXCLUSION', 'DIFFERENCE', 'COLOR_DODGE', 'COLOR_BURN', 'LINEAR_DODGE', 'LINEAR_BURN'],
  ...['LINEAR_LIGHT', 'VIVID_LIGHT', 'PIN_LIGHT', 'HARD_MIX', 'LIGHTER_COLOR', 'DARKER_COLOR', 'SUBTRACT', 'DIVIDE'],
] as const;

/** The blend modes of layers, by what becomes of them, in the names of After Effects' scripts. */
export function blendModes(): Record<Exclude<Support, 'left out'>, string[]> {
  const found: ReturnType<typeof blendModes> = { drawn: [], approximated: [], refused: [] };
  for (const mode of MODES) {
    const converted = layerBlendMode(mode as Parameters<typeof layerBlendMode>[0]);
    found[converted === null ? 'refused' : converted.exact ? 'drawn' : 'approximated'].push(mode);
  }
  return found;
}
