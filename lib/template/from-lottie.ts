import {
  assetNameOf,
  compositionsOf,
  expressionsOf,
  frameCountOf,
  glyphsOf,
  isFileAsset,
  LAYER_TYPE,
  type LottieAsset,
  type LottieComposition,
  type LottieDocument,
  type LottieFont,
  type LottieLayer,
  type LottieProperty,
  lottieProperties,
  lottieText,
  nameOverSource,
  picturePlaces,
} from '../lottie/document/index.ts';
import { differencesOf } from '../lottie/normalise/index.ts';
import type {
  LayerKind,
  TemplateComposition,
  TemplateFont,
  TemplateFootage,
  TemplateLayer,
  TemplateMarker,
  TemplateModel,
  TemplateProperty,
} from './model.ts';
import type { ValueKind } from './value-kind.ts';

/** What a Lottie document says of itself, in the words of every template. */
export function lottieModel(document: LottieDocument, type: 'json' | 'lottie'): TemplateModel {
  const compositions = compositionsOf(document);
  const index = indexOf(document, compositions);
  return {
    type,
    writtenBy: document.v === undefined ? null : `Bodymovin ${document.v}`,
    version: null,
    bitsPerChannel: null,
    expressionEngine: null,
    complete: true,
    warnings: [],
    unknownChunks: 0,
    mainComposition: compositions[0]?.name ?? null,
    compositions: compositions.map((composition) => compositionModel(index, composition)),
    footage: document.assets.flatMap((asset) => footageModel(asset, index.ids)),
    fonts: (document.fonts?.list ?? []).map((font) => fontModel(document, font)),
    ownFonts: [],
    effects: {},
  };
}

function fontModel(document: LottieDocument, font: LottieFont): TemplateFont {
  const { fName: name, fFamily, fStyle: style } = font;
  const glyphs = [...glyphsOf(document, font).keys()].join('');
  return { name, family: fFamily || name, style, ...(glyphs === '' ? {} : { glyphs }) };
}

/** What is looked for by many layers, found once. */
interface DocumentIndex {
  document: LottieDocument;
  /**
   * A document numbers nothing: compositions and footage count from 1, in their order. The top composition has no asset.
   */
  ids: ReadonlyMap<string | null, number>;
  assets: ReadonlyMap<string, LottieAsset>;
}

function indexOf(document: LottieDocument, compositions: readonly LottieComposition[]): DocumentIndex {
  const ids = new Map<string | null, number>();
  for (const { asset } of compositions) ids.set(asset?.id ?? null, ids.size + 1);
  for (const { id } of document.assets) if (!ids.has(id)) ids.set(id, ids.size + 1);
  // If assets share an id, the first one counts, as in every player.
  const assets = new Map(document.assets.toReversed().map((asset) => [asset.id, asset]));
  return { document, ids, assets };
}

function compositionModel(index: DocumentIndex, composition: LottieComposition): TemplateComposition {
  const { document, ids } = index;
  const frames = frameCountOf(composition);
  const duration = frames / document.fr;
  const numbers = layerNumbers(composition);
  return {
    id: ids.get(composition.asset?.id ?? null) ?? 0,
    name: composition.name,
    folder: [],
    width: composition.width,
    height: composition.height,
    pixelAspect: 1,
    duration,
    frameRate: document.fr,
    frames,
    start: 0,
    startFrame: 0,
    workArea: { start: 0, duration },
    background: [0, 0, 0],
    markers: composition.asset === null ? markersOf(document) : [],
    controls: [],
    layers: composition.layers.map((layer, position) => layerModel(index, composition, layer, position + 1, numbers)),
  };
}

/** Layers refer to each other by their `ind`; the number in the timeline, from 1, by it. */
function layerNumbers({ layers }: LottieComposition): ReadonlyMap<unknown, number> {
  const numbers = new Map<unknown, number>();
  for (const [position, { ind }] of layers.entries()) {
    if (ind !== undefined && !numbers.has(ind)) numbers.set(ind, position + 1);
  }
  return numbers;
}

function markersOf(document: LottieDocument): TemplateMarker[] {
  if (!Array.isArray(document.markers)) return [];
  return document.markers.map((marker: { tm?: unknown; dr?: unknown; cm?: unknown } | null) => ({
    time: (numberOf(marker?.tm, document.ip) - document.ip) / document.fr,
    duration: numberOf(marker?.dr, 0) / document.fr,
    comment: typeof marker?.cm === 'string' ? marker.cm : '',
  }));
}

function layerModel(
  { document, ids, assets }: DocumentIndex,
  composition: LottieComposition,
  layer: LottieLayer,
  number: number,
  numbers: ReadonlyMap<unknown, number>,
): TemplateLayer {
  const seconds = (frame: number | undefined, fallback: number) =>
    ((frame ?? fallback) - composition.first) / document.fr;
  const source = layer.refId === undefined ? undefined : assets.get(layer.refId);
  const text = lottieText(document, layer);
  const differences = differencesOf(document, composition, layer);
  return {
    id: number,
    index: number,
    name: nameOverSource(layer, source),
    kind: kindOf(layer),
    start: seconds(layer.st, 0),
    in: seconds(layer.ip, composition.first),
    out: seconds(layer.op, composition.end),
    stretch: numberOf(layer.sr, 1) * 100,
    width: numberOf(layer.sw ?? layer.w ?? source?.w, composition.width),
    height: numberOf(layer.sh ?? layer.h ?? source?.h, composition.height),
    parent: numbers.get(layer.parent) ?? null,
    source: source === undefined ? null : assetNameOf(source),
    sourceId: source === undefined ? null : (ids.get(source.id) ?? null),
    trackMatte: trackMatteOf(layer, numbers.get(layer.tp) ?? number - 1),
    blendMode: BLEND_MODES[numberOf(layer.bm, 0)] ?? 'normal',
    switches: [
      ...(layer.hd === true ? [] : (['visible'] as const)),
      ...(layer.mb === true ? (['motionBlur'] as const) : []),
      ...(layer.ct === 1 ? (['collapse'] as const) : []),
      ...(layer.ddd === 1 ? (['3d'] as const) : []),
    ],
    ...(text === null ? {} : { text }),
    effects: objectsIn(layer.ef).map(({ nm, mn, en }) => ({
      name: textOf(nm),
      matchName: textOf(mn),
      enabled: en !== 0,
    })),
    masks: objectsIn(layer.masksProperties).map(({ nm }, index) => textOf(nm) || `Mask ${index + 1}`),
    markers: [],
    ...(differences.length === 0 ? {} : { differences }),
    ...(expressionsOf(layer).length === 0 ? {} : { hasExpressions: true }),
    properties: lottieProperties(layer).map((property) => propertyModel(property, 1)),
  };
}

const KINDS: Record<number, LayerKind> = {
  [LAYER_TYPE.precomposition]: 'precomposition',
  [LAYER_TYPE.solid]: 'solid',
  [LAYER_TYPE.image]: 'footage',
  [LAYER_TYPE.video]: 'footage',
  [LAYER_TYPE.null]: 'null',
  [LAYER_TYPE.shape]: 'shape',
  [LAYER_TYPE.text]: 'text',
  [LAYER_TYPE.audio]: 'audio',
  [LAYER_TYPE.camera]: 'camera',
  [LAYER_TYPE.light]: 'light',
};

function kindOf(layer: LottieLayer): LayerKind {
  return KINDS[layer.ty] ?? 'unknown';
}

/** `bm`. Source: the Lottie specification, "Blend mode". */
const BLEND_MODES = [
  'normal',
  'multiply',
  'screen',
  'overlay',
  'darken',
  'lighten',
  'color_dodge',
  'color_burn',
  'hard_light',
  'soft_light',
  'difference',
  'exclusion',
  'hue',
  'saturation',
  'color',
  'luminosity',
  'add',
] as const;

/** `tt`, from 1. Source: the Lottie specification, "Matte mode". */
const MATTES = ['alpha', 'alphaInverted', 'luma', 'lumaInverted'] as const;

/** Without a `tp` the matte is the layer right above. */
function trackMatteOf(layer: LottieLayer, matte: number): TemplateLayer['trackMatte'] {
  const type = MATTES[numberOf(layer.tt, 0) - 1];
  return type === undefined || matte === 0 ? null : { layer: matte, type };
}

/** What a control of an effect accepts, by its `ty`. Source: the Lottie specification, "Effect Values". */
const CONTROLS: Readonly<Record<number, ValueKind>> = {
  0: { kind: 'number' },
  1: { kind: 'number' },
  2: { kind: 'color' },
  3: { kind: 'numbers', least: 2, most: 3 },
  4: { kind: 'checkbox' },
  7: { kind: 'number', least: 0 },
};

/** Groups within groups: After Effects' own timeline shows fewer. What is deeper is left out. */
const MOST_DEPTH = 100;

function propertyModel(property: LottieProperty, depth: number): TemplateProperty {
  const { name, matchName } = property;
  if (property.kind === 'value') {
    const takes = property.control === undefined ? undefined : CONTROLS[property.control];
    return { name, matchName, ...(takes === undefined ? {} : { takes }) };
  }
  const inside = depth < MOST_DEPTH ? property.properties() : [];
  return { name, matchName, properties: inside.map((child) => propertyModel(child, depth + 1)) };
}

function footageModel(asset: LottieAsset, ids: DocumentIndex['ids']): TemplateFootage[] {
  if (asset.layers !== undefined || asset.p === undefined) return [];
  const places = isFileAsset(asset) ? picturePlaces(asset) : null;
  const path = places?.[0] ?? null;
  return [
    {
      id: ids.get(asset.id) ?? 0,
      name: assetNameOf(asset),
      kind: 'file',
      path,
      relativePath: path,
      ...(places === null ? {} : { places }),
      width: asset.w ?? 0,
      height: asset.h ?? 0,
      duration: 0,
      frameRate: 0,
    },
  ];
}

function objectsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
