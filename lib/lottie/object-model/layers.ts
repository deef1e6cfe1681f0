import { LAYER_TYPE, type LottieLayer } from '../../template/lottie-document.ts';
import { type AVItem, CompItem, FootageItem } from './items.ts';
import type { Clock } from './property.ts';
import { PropertyGroup } from './property-group.ts';
import { layerProperties } from './property-tree.ts';

/** What a layer is made of. */
export interface LayerParts {
  node: LottieLayer;
  index: number;
  name: string;
  composition: CompItem;
  clock: Clock;
  source: AVItem | null;
}

/** A layer is a group of properties itself. Times are in seconds. */
export class Layer extends PropertyGroup {
  static override readonly scriptNames: readonly string[] = [
    'index',
    'enabled',
    'startTime',
    'inPoint',
    'outPoint',
    'containingComp',
    'parent',
  ];
  readonly index: number;
  readonly containingComp: CompItem;
  protected readonly node: LottieLayer;
  readonly #clock: Clock;

  constructor({ node, index, name, composition, clock }: LayerParts) {
    super(name, 'ADBE Layer', () => layerProperties(node, clock));
    this.node = node;
    this.index = index;
    this.containingComp = composition;
    this.#clock = clock;
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

  /** Moves the whole layer, as dragging its bar does. */
  set startTime(time: number) {
    const moved = this.#frames(time) - (this.node.st ?? 0);
    for (const key of ['st', 'ip', 'op'] as const) this.node[key] = (this.node[key] ?? 0) + moved;
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
  static override readonly scriptNames: readonly string[] = ['source', 'width', 'height', 'replaceSource'];
  #source: AVItem | null;

  constructor(parts: LayerParts) {
    super(parts);
    this.#source = parts.source;
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
    for (const key of ['sw', 'sh', 'sc', 'w', 'h', 'tm', 'refId']) delete node[key];
    if (item instanceof CompItem) {
      if (item.composition.asset === null) throw new Error('The main composition cannot be shown inside another one.');
      Object.assign(node, {
        ty: LAYER_TYPE.precomposition,
        refId: item.composition.asset.id,
        w: item.width,
        h: item.height,
      });
    } else if (item instanceof FootageItem && item.asset !== null) {
      Object.assign(node, { ty: item.kind === 'video' ? LAYER_TYPE.video : LAYER_TYPE.image, refId: item.asset.id });
    } else {
      throw new Error(`Layer '${this.name}' cannot show this item.`);
    }
    this.#source = item;
  }
}

export class TextLayer extends AVLayer {}
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
