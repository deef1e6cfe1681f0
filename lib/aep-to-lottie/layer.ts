import type { CompItem, FootageItem, Layer, PropertyValue } from '../aep/read-project.ts';
import { LAYER_TYPE, type LottieLayer } from '../lottie/document/index.ts';
import { BLEND_MODE, layerBlendMode } from './blend-modes.ts';
import { convertEffects, reportEffects } from './effects.ts';
import { isForeignPicture, isVideo, sequenceNames, unreadableBecause } from './footage.ts';
import { type Animated, rounded } from './keyframes.ts';
import { convertLayerStyles } from './layer-styles.ts';
import { convertMasks } from './masks.ts';
import { animated, converted, groupOf, type LayerContext, moves, propertyIn } from './properties.ts';
import type { LayerReport } from './report.ts';
import { convertShapes } from './shapes.ts';
import { convertText } from './text.ts';
import { convertTransform } from './transform.ts';

/** What a layer asks of the document that it is in. */
export interface DocumentParts {
  frameRate: number;
  /** False if only the differences are wanted. */
  withValues: boolean;
  /** The `refId` of a composition, which is converted too. */
  useComposition(comp: CompItem): string;
  /** The `refId` of a footage; null if it has no file. */
  useFootage(item: FootageItem): string | null;
  useFont(name: string): void;
}

/** What a layer's neighbours say of it. */
interface Neighbours {
  /** Whether another layer is the only one that is to be seen. */
  unlikeSolo: boolean;
  /** Whether it mattes another layer. */
  isMatte: boolean;
}

const MATTES = { NO_TRACK_MATTE: 0, ALPHA: 1, ALPHA_INVERTED: 2, LUMA: 3, LUMA_INVERTED: 4 } as const;

/** A layer of a document. Its `ind` is its number in the timeline. */
export function convertLayer(layer: Layer, parts: DocumentParts, neighbours: Neighbours, report: LayerReport): object {
  const context: LayerContext = { frameRate: parts.frameRate, report, withValues: parts.withValues };
  const content = convertContent(layer, parts, context);
  const masks = convertMasks(layer, context);
  const effects = convertEffects(layer, context);
  const styles = convertLayerStyles(layer, context);
  const matte = layer.trackMatteLayer;
  const mode = layerBlendMode(layer.blendingMode);
  reportSwitches(layer, report);
  if (mode?.exact !== true)
    report({
      what: `its blend mode ${layer.blendingMode} is ${mode === null ? 'normal' : 'only nearly right'}`,
      outcome: mode === null ? 'dropped' : 'approximated',
    });
  const made = {
    ddd: layer.switches.threeD || layer.kind === 'camera' ? 1 : 0,
    ind: layer.index,
    nm: layer.name,
    ae: { id: layer.id, ...(layer.switches.adjustmentLayer ? { adjustment: true } : {}) },
    sr: rounded(layer.stretch / 100) || 1,
    ks: convertTransform(layer, context),
    ao: layer.switches.autoOrient === 'ALONG_PATH' ? 1 : 0,
    ...(layer.parent === null ? {} : { parent: layer.parent.index }),
    ...(matte === null ? {} : { tt: MATTES[layer.trackMatteType], tp: matte.index }),
    ...(neighbours.isMatte ? { td: 1 } : {}),
    ...(masks.length === 0 ? {} : { hasMask: true, masksProperties: masks }),
    ...(effects.length === 0 ? {} : { ef: effects }),
    ...(styles.length === 0 ? {} : { sy: styles }),
    ...convertTimes(layer, parts.frameRate),
    ...(layer.switches.collapseTransformation ? { ct: 1 } : {}),
    ...(layer.switches.motionBlur ? { mb: true } : {}),
    ...(isHidden(layer, neighbours) ? { hd: true } : {}),
    bm: mode?.mode ?? BLEND_MODE.normal,
    ...content,
  };
  reportEffects(layer, made as unknown as LottieLayer, context);
  return made;
}

/** Frames of the composition. A layer that runs backwards ends where it begins. */
function convertTimes(layer: Layer, frameRate: number): object {
  const frames = (seconds: number) => rounded(seconds * frameRate);
  return {
    ip: frames(Math.min(layer.inPoint, layer.outPoint)),
    op: frames(Math.max(layer.inPoint, layer.outPoint)),
    st: frames(layer.startTime),
  };
}

/** Guides are for the one who works on them; a matte is never seen itself, and its eye says nothing of it. */
function isHidden({ switches, kind }: Layer, { unlikeSolo, isMatte }: Neighbours): boolean {
  if (isMatte) return false;
  return !switches.enabled || switches.guideLayer || (unlikeSolo && kind !== 'camera' && kind !== 'light');
}

function reportSwitches(layer: Layer, report: LayerReport): void {
  const { switches, containingComp: comp, source } = layer;
  if (switches.guideLayer) report({ what: 'it is a guide, which is not rendered', outcome: 'dropped', visible: false });
  if (!switches.enabled || switches.guideLayer) return;
  const transform = layer.property('ADBE Transform Group');
  if (switches.motionBlur && comp.motionBlur && moves(transform))
    report({ what: 'its motion is not blurred', outcome: 'approximated' });
  if (switches.preserveTransparency)
    report({ what: 'it is seen outside of the layers below it too', outcome: 'dropped' });
  if (switches.adjustmentLayer && layer.effects.some(({ enabled }) => enabled))
    report({ what: 'its effects do not change the layers below it', outcome: 'dropped', ownKey: true });
  if (switches.frameBlending !== 'NO_FRAME_BLEND' && comp.frameBlending)
    report({ what: 'its frames are not blended', outcome: 'approximated', visible: false });
  if (switches.collapseTransformation && source?.typeName === 'Composition') reportCollapsed(source, report);
  if (source !== null && Math.abs(source.pixelAspect / comp.pixelAspect - 1) > 0.01)
    report({ what: 'its pixels are not squares, and are drawn as squares', outcome: 'dropped' });
  const overrides = groupOf(layer.property('ADBE Layer Overrides'));
  if (overrides !== null && overrides.properties().length > 0)
    report({
      property: ['ADBE Layer Overrides'],
      what: 'its Essential Properties are those of its composition',
      outcome: 'dropped',
    });
  if (switches.threeDPerChar) report({ what: 'its characters are in one plane', outcome: 'approximated' });
  if (switches.autoOrient === 'CHARACTERS_TOWARD_CAMERA' || switches.autoOrient === 'CAMERA_OR_POINT_OF_INTEREST')
    report({ what: 'it does not turn to the camera', outcome: 'approximated', visible: layer.kind !== 'camera' });
}

/** Collapsed, the layers of a composition are as if they were in the one that shows it. */
function reportCollapsed({ layers }: CompItem, report: LayerReport): void {
  if (layers.some(({ switches }) => switches.threeD))
    report({ what: 'its layers in 3D are in a space of their own', outcome: 'approximated' });
  if (layers.some(({ blendingMode }) => blendingMode !== 'NORMAL'))
    report({ what: 'its layers blend among themselves only', outcome: 'approximated' });
}

function convertContent(layer: Layer, parts: DocumentParts, context: LayerContext): Record<string, unknown> {
  switch (layer.kind) {
    case 'shape':
      return { ty: LAYER_TYPE.shape, shapes: convertShapes(layer, context) };
    case 'text':
      return { ty: LAYER_TYPE.text, t: convertText(layer, context, (name) => parts.useFont(name)) };
    case 'null':
      return { ty: LAYER_TYPE.null };
    case 'camera':
      return { ty: LAYER_TYPE.camera, pe: convertZoom(layer, context) };
    case 'light':
      if (layer.switches.enabled)
        context.report({ what: 'its light is not drawn', outcome: 'dropped', visible: shinesOn(layer.containingComp) });
      return { ty: LAYER_TYPE.null, hd: true };
    case 'adjustment':
      return { ty: LAYER_TYPE.null, sw: layer.width, sh: layer.height };
    default:
      return convertSource(layer, parts, context);
  }
}

/** Without a layer in 3D there is nothing that a light would change. */
function shinesOn({ layers }: CompItem): boolean {
  return layers.some(
    ({ switches, kind }) => switches.threeD && switches.enabled && kind !== 'light' && kind !== 'camera',
  );
}

function convertZoom(layer: Layer, context: LayerContext): Animated {
  const options = groupOf(layer.property('ADBE Camera Options Group'));
  if (propertyIn(options, 'ADBE Camera Depth of Field')?.value === 1)
    context.report({
      property: ['ADBE Camera Options Group', 'ADBE Camera Depth of Field'],
      what: 'nothing is out of its focus',
      outcome: 'dropped',
    });
  return animated(options, 'ADBE Camera Zoom', context, { otherwise: (layer.containingComp.width * 50) / 36 });
}

function convertSource(layer: Layer, parts: DocumentParts, context: LayerContext): Record<string, unknown> {
  const { source } = layer;
  if (source === null) {
    context.report({ what: 'what it shows is not in the project', outcome: 'dropped' });
    return { ty: LAYER_TYPE.null };
  }
  if (source.typeName === 'Composition') {
    const size = { w: source.width, h: source.height };
    return {
      ty: LAYER_TYPE.precomposition,
      refId: parts.useComposition(source),
      ...size,
      ...convertTimeRemap(layer, context),
    };
  }
  if (source.mainSource.kind === 'solid') {
    const color = `#${source.mainSource.color.map(hexadecimal).join('')}`;
    return { ty: LAYER_TYPE.solid, sw: source.width, sh: source.height, sc: color };
  }
  return convertFile(layer, source, parts, context);
}

function hexadecimal(channel: number): string {
  return Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, '0');
}

function convertFile(
  layer: Layer,
  item: FootageItem,
  parts: DocumentParts,
  context: LayerContext,
): Record<string, unknown> {
  const reason = unreadableBecause(item);
  if (reason !== null) context.report({ what: reason, outcome: 'dropped' });
  else if (isForeignPicture(item))
    context.report({
      what: `its picture '${item.name}' is of a kind that players do not show`,
      outcome: 'dropped',
      ownKey: true,
    });
  if (item.hasAudio && layer.switches.audioEnabled)
    context.report({ what: 'its sound is left out', outcome: 'dropped', visible: false });
  const refId = parts.useFootage(item);
  if (refId === null) return { ty: LAYER_TYPE.null };
  if (!item.hasVideo) return { ty: LAYER_TYPE.audio, refId };
  if (sequenceNames(item) !== null) {
    const size = { w: item.width, h: item.height };
    return { ty: LAYER_TYPE.precomposition, refId, ...size, ...convertTimeRemap(layer, context) };
  }
  if (!isVideo(item)) return { ty: LAYER_TYPE.image, refId };
  return { ty: LAYER_TYPE.video, refId, ...convertTimeRemap(layer, context) };
}

/**
 * `tm`: which second of its source a layer shows. A document has no layers that run backwards, so that is said here too.
 * The file keeps the property if it is off, without keyframes.
 */
function convertTimeRemap(layer: Layer, context: LayerContext): { tm?: Animated; sr?: number; st?: number } {
  const property = layer.property('ADBE Time Remapping');
  if (property?.kind === 'property' && property.animated)
    return { tm: converted(property, context, (value) => remapped(value, layer)), sr: 1 };
  if (layer.stretch >= 0) return {};
  const { frameRate } = context;
  const handles = { o: { x: [1 / 6], y: [1 / 6] }, i: { x: [5 / 6], y: [5 / 6] } };
  // A frame lasts: what ends at a moment, seen backwards, begins one frame before it.
  const key = (seconds: number) => ({
    t: rounded(seconds * frameRate),
    s: [rounded((seconds - layer.startTime) / (layer.stretch / 100) - 1 / frameRate)],
  });
  const [from, to] = [Math.min(layer.inPoint, layer.outPoint), Math.max(layer.inPoint, layer.outPoint)];
  return { tm: { a: 1, k: [{ ...handles, ...key(from) }, key(to)] }, sr: 1 };
}

/** Just after its end, where a source is no more: After Effects shows nothing of it at its very end. */
const AFTER_THE_END = 0.0005;

function remapped(value: PropertyValue, { source }: Layer): unknown {
  const seconds = typeof value === 'number' ? value : 0;
  const end = source?.duration ?? 0;
  return rounded(Math.abs(seconds - end) < AFTER_THE_END ? end + AFTER_THE_END : seconds);
}
