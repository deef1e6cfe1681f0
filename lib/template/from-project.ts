import type { EffectParameter } from '../aep/effect-definition.ts';
import type {
  CompItem,
  EffectDefinition,
  FolderItem,
  FootageItem,
  Layer,
  Marker,
  Project,
  Property,
  PropertyBase,
  TextDocument,
} from '../aep/read-project.ts';
import { compositionDifferences } from '../aep-to-lottie/index.ts';
import type { TemplateType } from '../contract/formats.ts';
import { fontNamed } from '../fonts/font.ts';
import { withLineFeeds } from '../lottie/document/index.ts';
import { ownProperties } from './layer-tree.ts';
import type {
  LayerSwitch,
  TemplateComposition,
  TemplateFootage,
  TemplateLayer,
  TemplateMarker,
  TemplateModel,
  TemplateProperty,
  TemplateText,
} from './model.ts';
import { projectControls } from './panel.ts';

/** What an After Effects project says of itself, in the words of every template. */
export function projectModel(project: Project, type: TemplateType): TemplateModel {
  const definitions = new Map(project.effects);
  const compositions = project.compositions.map((comp) => compositionModel(comp, project, definitions));
  const fonts = new Set(compositions.flatMap(({ layers }) => layers.flatMap(({ text }) => text?.fonts ?? [])));
  return {
    type,
    writtenBy: project.version === null ? null : `After Effects ${project.version.text}`,
    version: project.version && {
      major: project.version.major,
      minor: project.version.minor,
      patch: project.version.patch,
    },
    bitsPerChannel: project.bitsPerChannel,
    expressionEngine: project.expressionEngine,
    complete: project.complete,
    warnings: [...project.warnings],
    unknownChunks: [...project.unknownChunks.values()].reduce((sum, count) => sum + count, 0),
    mainComposition: project.mainComposition?.name ?? null,
    compositions,
    footage: project.footage.map(footageModel),
    fonts: [...fonts].map(fontNamed),
    ownFonts: [],
    effects: effectControls(definitions),
  };
}

/** By match name. */
function effectControls(definitions: ReadonlyMap<string, EffectDefinition>): TemplateModel['effects'] {
  return Object.fromEntries(
    [...definitions.values()].map(({ matchName, parameters }) => [
      matchName,
      parameters.map((parameter) => ({
        name: parameter.name,
        matchName: parameter.matchName,
        ...takenBy(parameter),
      })),
    ]),
  );
}

/** What a control of an effect takes; nothing of those whose form is not known, such as layers and curves. */
function takenBy({ control, options }: EffectParameter): Pick<TemplateProperty, 'takes'> {
  switch (control) {
    case 'SCALAR':
    case 'SLIDER':
    case 'ANGLE':
    case 'INTEGER':
      return { takes: { kind: 'number' } };
    case 'COLOR':
      return { takes: { kind: 'color' } };
    case 'TWO_D':
      return { takes: { kind: 'numbers', least: 2, most: 2 } };
    case 'THREE_D':
      return { takes: { kind: 'numbers', least: 3, most: 3 } };
    case 'BOOLEAN':
      return { takes: { kind: 'checkbox' } };
    case 'ENUM':
      return options.length === 0 ? {} : { takes: { kind: 'menu', options: options.length } };
    default:
      return {};
  }
}

function compositionModel(
  comp: CompItem,
  { displayStartFrame }: Project,
  definitions: Map<string, EffectDefinition>,
): TemplateComposition {
  return {
    id: comp.id,
    name: comp.name,
    folder: folderPath(comp.parentFolder),
    width: comp.width,
    height: comp.height,
    pixelAspect: comp.pixelAspect,
    duration: comp.duration,
    frameRate: comp.frameRate,
    frames: Math.max(1, Math.round(comp.duration * comp.frameRate)),
    start: comp.displayStartTime,
    startFrame: Math.round(comp.displayStartTime * comp.frameRate) + displayStartFrame,
    workArea: { start: comp.workAreaStart, duration: comp.workAreaDuration },
    background: comp.bgColor,
    markers: comp.markers().map(markerModel),
    controls: projectControls(comp.essentialGraphics),
    layers: layerModels(comp, definitions),
  };
}

/**
 * The properties of a large project do not fit into memory all at once, so everything that is wanted of them is read here:
 * also the effects, which older projects do not list by themselves.
 */
function layerModels(comp: CompItem, definitions: Map<string, EffectDefinition>): TemplateLayer[] {
  const differences = compositionDifferences(comp);
  const models = comp.layers.map((layer) => layerModel(layer, differences(layer)));
  for (const layer of comp.layers) {
    for (const { effect } of layer.effects)
      if (effect !== null && !definitions.has(effect.matchName)) definitions.set(effect.matchName, effect);
    layer.release();
  }
  return models;
}

/** The root folder has no name that anybody sees. */
function folderPath(folder: FolderItem | null): string[] {
  return folder === null || folder.parentFolder === null ? [] : [...folderPath(folder.parentFolder), folder.name];
}

function markerModel({ time, duration, comment }: Marker): TemplateMarker {
  return { time, duration, comment };
}

type Differences = ReturnType<ReturnType<typeof compositionDifferences>>;

function layerModel(layer: Layer, differences: Differences): TemplateLayer {
  const text = layer.kind === 'text' ? textModel(layer) : null;
  return {
    id: layer.id,
    index: layer.index,
    name: layer.name,
    kind: layer.kind,
    start: layer.startTime,
    in: layer.inPoint,
    out: layer.outPoint,
    stretch: layer.stretch,
    width: layer.width,
    height: layer.height,
    parent: layer.parent?.index ?? null,
    source: layer.source?.name ?? null,
    sourceId: layer.source?.id ?? null,
    trackMatte: trackMatteOf(layer),
    blendMode: layer.blendingMode.toLowerCase(),
    switches: switchesOf(layer),
    ...(text === null ? {} : { text }),
    effects: layer.effects.map(({ name, matchName, enabled }) => ({ name, matchName, enabled })),
    masks: layer.masks.map(({ ownName }, position) => ownName || `Mask ${position + 1}`),
    markers: layer.markers.map(markerModel),
    ...(differences.length === 0 ? {} : { differences: [...differences] }),
    ...(layer.properties().some(isDriven) ? { hasExpressions: true } : {}),
    properties: ownProperties(layer.properties()),
  };
}

/** Whether an expression drives it, or something in it. */
function isDriven(base: PropertyBase): boolean {
  return base.kind === 'property' ? base.expression?.enabled === true : base.properties().some(isDriven);
}

const MATTES = {
  NO_TRACK_MATTE: null,
  ALPHA: 'alpha',
  ALPHA_INVERTED: 'alphaInverted',
  LUMA: 'luma',
  LUMA_INVERTED: 'lumaInverted',
} as const;

function trackMatteOf(layer: Layer): TemplateLayer['trackMatte'] {
  const type = MATTES[layer.trackMatteType];
  const matte = layer.trackMatteLayer;
  return type === null || matte === null ? null : { layer: matte.index, type };
}

function switchesOf({ switches }: Layer): LayerSwitch[] {
  const states: Record<LayerSwitch, boolean> = {
    visible: switches.enabled,
    audio: switches.audioEnabled,
    effects: switches.effectsActive,
    motionBlur: switches.motionBlur,
    frameBlending: switches.frameBlending !== 'NO_FRAME_BLEND',
    collapse: switches.collapseTransformation,
    '3d': switches.threeD,
    solo: switches.solo,
    shy: switches.shy,
    locked: switches.locked,
    guide: switches.guideLayer,
    preserveTransparency: switches.preserveTransparency,
  };
  return (Object.keys(states) as LayerSwitch[]).filter((name) => states[name]);
}

function footageModel(item: FootageItem): TemplateFootage {
  const { mainSource: source } = item;
  return {
    id: item.id,
    name: item.name,
    kind: source.kind,
    path: source.kind === 'file' ? source.path : null,
    relativePath: source.kind === 'file' ? source.relativePath : null,
    width: item.width,
    height: item.height,
    duration: item.duration,
    frameRate: item.frameRate,
    ...(source.kind === 'solid' ? { color: source.color } : {}),
    ...(source.kind === 'file' && source.isSequence ? { sequence: true } : {}),
  };
}

/** What a text layer says at its first moment, and the fonts of all of its moments; null if it cannot be read. */
function textModel(layer: Layer): TemplateText | null {
  const document = layer.textDocument;
  if (document === null) return null;
  const { family, style } = fontNamed(document.font);
  return {
    text: withLineFeeds(document.text),
    font: document.font,
    fontFamily: family,
    fontStyle: style,
    size: document.fontSize,
    fill: document.applyFill ? document.fillColor : null,
    stroke: document.applyStroke ? { color: document.strokeColor, width: document.strokeWidth } : null,
    justification: JUSTIFICATIONS[document.justification],
    tracking: document.tracking,
    leading: document.leading,
    box: boxOf(document),
    fonts: fontsOf([document, ...laterDocuments(layer)]),
  };
}

const JUSTIFICATIONS: Record<TextDocument['justification'], TemplateText['justification']> = {
  LEFT_JUSTIFY: 'left',
  RIGHT_JUSTIFY: 'right',
  CENTER_JUSTIFY: 'center',
  FULL_JUSTIFY_LASTLINE_LEFT: 'justify',
  FULL_JUSTIFY_LASTLINE_RIGHT: 'justify',
  FULL_JUSTIFY_LASTLINE_CENTER: 'justify',
  FULL_JUSTIFY_LASTLINE_FULL: 'justify',
};

function boxOf({ boxTextSize, boxTextPos }: TextDocument): TemplateText['box'] {
  if (boxTextSize === null || boxTextPos === null) return null;
  const [width, height] = boxTextSize;
  const [left, top] = boxTextPos;
  return { left, top, width, height };
}

/** The documents of the keyframes, if the text changes in time. */
function laterDocuments(layer: Layer): TextDocument[] {
  const property = layer.property('ADBE Text Properties', 'ADBE Text Document');
  if (property?.kind !== 'property' || !property.animated) return [];
  return property.keyframes.flatMap(({ value }) => (isTextDocument(value) ? [value] : []));
}

function isTextDocument(value: Property['value']): value is TextDocument {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'text';
}

/** After Effects lists its invisible placeholder font in every document; only fonts of characters count. */
function fontsOf(documents: readonly TextDocument[]): string[] {
  const names = documents.flatMap(({ font, runs }) => [font, ...runs.map((run) => run.font)]);
  return [...new Set(names)].filter((name) => name !== '');
}
