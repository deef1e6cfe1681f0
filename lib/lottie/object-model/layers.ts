import { isAnimated, LAYER_TYPE, type LottieLayer, type LottieProperty, lottieProperties } from '../document/index.ts';
import { mapValues } from '../normalise/index.ts';
import type { MeasureText, TextRect } from '../renderer/text-measure.ts';
import { type AVItem, CompItem, FootageItem } from './items.ts';
import { positionProperties } from './position.ts';
import { type Clock, Property, type PropertyBase, PropertyGroup, PropertyType } from './property.ts';
import { removeLayer } from './remove-layer.ts';
import { shiftLayer } from './shift-layer.ts';
import { TextProperty } from './text-document.ts';

/** What a layer is made of. */
interface LayerParts {
  node: LottieLayer;
  name: string;
  composition: CompItem;
  clock: Clock;
  source: AVItem | null;
  measure: MeasureText;
}

/** A layer is a group of properties itself. Times are in seconds. */
export class Layer extends PropertyGroup {
  static override readonly scriptNames: readonly string[] = [
    'id',
    'index',
    'enabled',
    'startTime',
    'inPoint',
    'outPoint',
    'containingComp',
    'parent',
    'remove',
  ];
  readonly containingComp: CompItem;
  protected readonly node: LottieLayer;
  readonly #clock: Clock;

  constructor({ node, name, composition, clock }: LayerParts) {
    super(name, 'ADBE Layer', () => layerProperties(node, clock));
    this.node = node;
    this.containingComp = composition;
    this.#clock = clock;
  }

  /** The id that the layer has in its After Effects project; a document has none, so this is its number. */
  get id(): number {
    return this.node.ae?.id ?? this.containingComp.composition.layers.indexOf(this.node) + 1;
  }

  /** From 1, among the layers that are left; 0 of one that was removed. */
  get index(): number {
    return this.containingComp.layers.indexOf(this) + 1;
  }

  remove(): void {
    removeLayer(this.containingComp.composition.layers, this.node);
    this.containingComp.forget(this);
  }

  get enabled(): boolean {
    return this.node.hd !== true;
  }

  set enabled(value: boolean) {
    this.node.hd = !value;
  }

  get startTime(): number {
    return this.#seconds(this.node.st ?? 0);
  }

  set startTime(time: number) {
    shiftLayer(this.node, this.#frames(time) - (this.node.st ?? 0));
  }

  get inPoint(): number {
    return this.#seconds(this.node.ip ?? 0);
  }

  set inPoint(time: number) {
    this.node.ip = this.#frames(time);
  }

  get outPoint(): number {
    return this.#seconds(this.node.op ?? 0);
  }

  set outPoint(time: number) {
    this.node.op = this.#frames(time);
  }

  get parent(): Layer | null {
    const { parent } = this.node;
    return parent === undefined
      ? null
      : (this.containingComp.layers.find((layer) => layer.node.ind === parent) ?? null);
  }

  #seconds(frame: number): number {
    return (frame - this.#clock.first) / this.#clock.frameRate;
  }

  #frames(time: unknown): number {
    if (typeof time !== 'number' || !Number.isFinite(time))
      throw new Error(`Layer '${this.name}': a time is a number of seconds.`);
    return this.#clock.first + time * this.#clock.frameRate;
  }
}

/** A layer with a picture. */
export class AVLayer extends Layer {
  static override readonly scriptNames: readonly string[] = [
    'source',
    'width',
    'height',
    'nullLayer',
    'replaceSource',
    'sourceRectAtTime',
  ];
  #source: AVItem | null;

  constructor(parts: LayerParts) {
    super(parts);
    this.#source = parts.source;
  }

  get nullLayer(): boolean {
    return this.node.ty === LAYER_TYPE.null;
  }

  sourceRectAtTime(_time: number, _extents?: boolean): TextRect {
    if (this.#source === null) throw new Error(`Layer '${this.name}' cannot be measured by the bundled renderer.`);
    return { left: 0, top: 0, width: this.width, height: this.height };
  }

  get source(): AVItem | null {
    return this.#source;
  }

  get width(): number {
    return this.#source?.width ?? this.containingComp.width;
  }

  get height(): number {
    return this.#source?.height ?? this.containingComp.height;
  }

  /** Shows another item in the same place: position, size and effects stay as they are, as in After Effects. */
  replaceSource(item: AVItem, _fixExpressions?: boolean): void {
    if (this.#source === null) throw new Error(`Layer '${this.name}' has no source to replace.`);
    const { node } = this;
    scalePlaces(node, item.width / this.width, item.height / this.height);
    for (const key of ['sw', 'sh', 'sc', 'w', 'h', 'tm', 'refId']) delete node[key];
    if (item instanceof CompItem) {
      if (item.composition.asset === null) throw new Error('The main composition cannot be shown inside another one.');
      Object.assign(node, {
        ty: LAYER_TYPE.precomposition,
        refId: item.composition.asset.id,
        w: item.width,
        h: item.height,
      });
    } else if (item instanceof FootageItem && item.asset !== null && item.kind === 'sequence') {
      const { width: w, height: h } = item;
      Object.assign(node, { ty: LAYER_TYPE.precomposition, refId: item.asset.id, w, h });
    } else if (item instanceof FootageItem && item.asset !== null) {
      Object.assign(node, { ty: item.kind === 'video' ? LAYER_TYPE.video : LAYER_TYPE.image, refId: item.asset.id });
    } else {
      throw new Error(`Layer '${this.name}' cannot show this item.`);
    }
    this.#source = item;
  }
}

/**
 * A layer keeps the places of its anchor point, of its masks and of the points of its effects within its source, not their
 * pixels: a picture of another size stays centred, and is masked in the same part. Source: projects, which have them as
 * parts of the source's size.
 */
function scalePlaces({ ks, masksProperties, ef }: LottieLayer, across: number, down: number): void {
  if (!Number.isFinite(across * down)) return;
  const place = (value: unknown) =>
    Array.isArray(value) ? [Number(value[0]) * across, Number(value[1]) * down, ...value.slice(2)] : value;
  change(fieldOf(ks, 'a'), place);
  for (const mask of listOf(masksProperties)) change(fieldOf(mask, 'pt'), (value) => placedPath(value, place));
  for (const effect of listOf(ef))
    for (const parameter of listOf(fieldOf(effect, 'ef')))
      if (fieldOf(parameter, 'ty') === EFFECT_POINT) change(fieldOf(parameter, 'v'), place);
}

/** The kind of an effect's value that is a place in the layer. */
const EFFECT_POINT = 3;

/** In its place: scripts may hold the property already. */
function change(property: unknown, value: (old: unknown) => unknown): void {
  if (isAnimated(property)) Object.assign(property, mapValues(property, value));
}

/** A keyframe has its path in a list. */
function placedPath(path: unknown, place: (point: unknown) => unknown): unknown {
  if (Array.isArray(path)) return path.map((one) => placedPath(one, place));
  if (typeof path !== 'object' || path === null) return path;
  const moved = Object.entries(path).map(([key, points]) => [key, Array.isArray(points) ? points.map(place) : points]);
  return Object.fromEntries(moved);
}

function fieldOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export class TextLayer extends AVLayer {
  readonly #measure: MeasureText;

  constructor(parts: LayerParts) {
    super(parts);
    this.#measure = parts.measure;
  }

  /** Measures point text only; the lines of a text in a box are not known until it is drawn. */
  override sourceRectAtTime(time: number, _extents?: boolean): TextRect {
    const text = this.property('ADBE Text Properties');
    const property = text instanceof PropertyGroup ? text.property('ADBE Text Document') : null;
    if (!(property instanceof TextProperty)) throw new Error(`Layer '${this.name}' has no text.`);
    const document = property.valueAtTime(time);
    if (document.boxText)
      throw new Error(`Layer '${this.name}' is a text in a box, which the bundled renderer cannot measure.`);
    return this.#measure(document.toLottie());
  }
}
export class ShapeLayer extends AVLayer {}
export class CameraLayer extends Layer {}
export class LightLayer extends Layer {}

/** The layer's class by its number in the document. */
export function makeLayer(parts: LayerParts): Layer {
  switch (parts.node.ty) {
    case LAYER_TYPE.text:
      return new TextLayer(parts);
    case LAYER_TYPE.shape:
      return new ShapeLayer(parts);
    case LAYER_TYPE.camera:
      return new CameraLayer(parts);
    case LAYER_TYPE.light:
      return new LightLayer(parts);
    default:
      return new AVLayer(parts);
  }
}

/** The groups of a layer for a script, in After Effects' order, made from what the document has. */
function layerProperties(layer: LottieLayer, clock: Clock): PropertyBase[] {
  return lottieProperties(layer).map((property) =>
    property.kind === 'group' && property.matchName === 'ADBE Transform Group'
      ? new PropertyGroup(property.name, property.matchName, () => transformOf(property.properties(), layer, clock))
      : scripted(property, clock),
  );
}

/** Position and its dimensions stand after the anchor point, whichever of them the document has. */
function transformOf(properties: readonly LottieProperty[], layer: LottieLayer, clock: Clock): PropertyBase[] {
  const others = properties
    .filter(({ matchName }) => !matchName.startsWith('ADBE Position'))
    .map((property) => scripted(property, clock));
  const before = others.findIndex(({ matchName }) => matchName === 'ADBE Anchor Point') + 1;
  return others.toSpliced(before, 0, ...positionProperties(layer, clock));
}

function scripted(property: LottieProperty, clock: Clock): PropertyBase {
  const { name, matchName } = property;
  if (property.kind === 'group') {
    const { INDEXED_GROUP, NAMED_GROUP } = PropertyType;
    const children = () => property.properties().map((child) => scripted(child, clock));
    return new PropertyGroup(name, matchName, children, property.indexed ? INDEXED_GROUP : NAMED_GROUP);
  }
  if (property.valueKind === 'TEXT_DOCUMENT') return new TextProperty(property.animated, clock);
  return new Property(name, matchName, property.valueKind, property.animated, clock);
}
