import {
  isAnimated,
  keyframesOf,
  LAYER_TYPE,
  type LottieAsset,
  type LottieDocument,
  type LottieLayer,
} from '../../document/index.ts';
import { isNode, nodesIn, withoutKeys } from '../tree.ts';

/** `bm` of Add, which sums what it covers with what is below. Source: the Lottie specification, "Blend mode". */
const ADD = 16;
/** `tt`. Source: the Lottie specification, "Matte mode". */
const MATTE = { alpha: 1, alphaInverted: 2 };
/** Nodes that only carry others are there at all times. */
const ALWAYS = { ip: -1e6, op: 1e6, st: 0 };

/** Whether a layer's effects are those of all that is below it. */
function isAdjustment(layer: LottieLayer): boolean {
  return (
    layer.ae?.adjustment === true && layer.hd !== true && layer.td === undefined && activeEffects(layer).length > 0
  );
}

function activeEffects({ ef }: LottieLayer) {
  return nodesIn(ef).filter(({ en }) => en !== 0 && en !== false);
}

/**
 * Adjustment layers, which Skia does not know. What is below one becomes a composition: it is shown with the effects where
 * the layer is opaque, and as it is elsewhere, which are summed so that transparent parts stay as transparent. Source:
 * Adobe's help, "Adjustment layers".
 */
export function withAdjustmentLayers(document: LottieDocument): LottieDocument {
  if (![document, ...document.assets].some(({ layers }) => layers?.some(isAdjustment))) return document;
  const made: LottieAsset[] = [];
  const adjusted = (id: string, size: Size, layers: LottieLayer[]) =>
    new Composition(id, size, layers, made).adjusted();
  const top = { w: document.w, h: document.h };
  const layers = adjusted('main', top, document.layers);
  const assets = document.assets.map((asset) =>
    asset.layers?.some(isAdjustment)
      ? { ...asset, layers: adjusted(asset.id, { w: asset.w ?? top.w, h: asset.h ?? top.h }, asset.layers) }
      : asset,
  );
  return { ...document, layers, assets: [...assets, ...made] };
}

interface Size {
  w: number;
  h: number;
}

class Composition {
  readonly #id: string;
  readonly #size: Size;
  readonly #made: LottieAsset[];
  readonly #layers: LottieLayer[];
  #free: number;

  constructor(id: string, size: Size, layers: LottieLayer[], made: LottieAsset[]) {
    this.#id = id;
    this.#size = size;
    this.#layers = layers;
    this.#made = made;
    this.#free = layers.reduce((most, { ind = 0 }) => Math.max(most, ind), 0) + 1;
  }

  /** From the lowest adjustment layer up: each changes what those below it have made. */
  adjusted(): LottieLayer[] {
    let layers = this.#layers;
    for (const layer of this.#layers.toReversed()) {
      if (!isAdjustment(layer)) continue;
      const place = layers.indexOf(layer);
      const [above, below] = [layers.slice(0, place), layers.slice(place + 1)];
      const shown = this.#asset('below', this.#complete(below));
      layers = this.#complete([...above, ...this.#over(layer, shown, above)]);
    }
    return layers;
  }

  /** The layers that stand for an adjustment layer and all below it. */
  #over(layer: LottieLayer, shown: LottieAsset, above: readonly LottieLayer[]): LottieLayer[] {
    const { ip = ALWAYS.ip, op = ALWAYS.op } = layer;
    const span = { ip, op };
    const changed = { ...this.#show(shown), ...span, nm: layer.nm, ef: activeEffects(layer) };
    if (layer.bm !== undefined && layer.bm !== 0) {
      const [matte, ind] = this.#matte(layer, above);
      return [matte, { ...changed, bm: layer.bm, tt: MATTE.alpha, tp: ind }, this.#show(shown)];
    }
    if (covers(layer, this.#size)) {
      const [before, after] = [
        { ip: ALWAYS.ip, op: ip },
        { ip: op, op: ALWAYS.op },
      ];
      return [changed, { ...this.#show(shown), ...before }, { ...this.#show(shown), ...after }];
    }
    const [matte, ind] = this.#matte(layer, above);
    const [hole, holeIndex] = this.#matte(layer, above);
    return [
      matte,
      { ...changed, bm: ADD, tt: MATTE.alpha, tp: ind },
      hole,
      { ...this.#show(shown), tt: MATTE.alphaInverted, tp: holeIndex },
    ];
  }

  /** Where the layer is opaque, as the source of a matte. One that has a matte itself is a composition with it. */
  #matte(layer: LottieLayer, above: readonly LottieLayer[]): [LottieLayer, number] {
    const plain = this.#solid(layer);
    if (layer.tt === undefined) {
      const ind = this.#free++;
      return [{ ...plain, ind, td: 1 }, ind];
    }
    const source = layer.tp === undefined ? above.at(-1) : undefined;
    const shown = this.#asset('matte', this.#complete([...(source === undefined ? [] : [source]), plain]));
    const made = this.#show(shown);
    return [{ ...made, td: 1 }, made.ind ?? 0];
  }

  /** A layer without a picture of its own covers all of its size. */
  #solid(layer: LottieLayer): LottieLayer {
    const plain = withoutKeys(layer, 'ef', 'sy', 'ae');
    if (layer.ty !== LAYER_TYPE.null) return plain;
    const { width, height } = sizeOf(layer, this.#size);
    return { ...plain, ty: LAYER_TYPE.solid, sc: '#ffffff', sw: width, sh: height };
  }

  #asset(name: string, layers: LottieLayer[]): LottieAsset {
    const asset = { id: `${this.#id}-${name}-${this.#made.length}`, ...this.#size, layers };
    this.#made.push(asset);
    return asset;
  }

  #show({ id }: LottieAsset): LottieLayer {
    return { ty: LAYER_TYPE.precomposition, nm: id, refId: id, ind: this.#free++, ...this.#size, ...ALWAYS, ks: {} };
  }

  /** With the layers that those of the list name as their parent or their matte, and with the cameras that see them. */
  #complete(list: readonly LottieLayer[]): LottieLayer[] {
    const complete = [...list];
    const has = (ind: unknown) => complete.some((layer) => layer.ind === ind);
    const byIndex = (ind: unknown) => this.#layers.find((layer) => layer.ind === ind);
    for (const layer of this.#layers)
      if (layer.ty === LAYER_TYPE.camera && !complete.includes(layer)) complete.push(layer);
    // What is added can have a parent itself.
    for (const { tp, parent } of complete) {
      const source = tp === undefined || has(tp) ? undefined : byIndex(tp);
      if (source !== undefined) complete.push({ ...source, td: 1 });
      const carrier = parent === undefined || has(parent) ? undefined : byIndex(parent);
      if (carrier !== undefined) complete.push(asNull(carrier));
    }
    return complete;
  }
}

function asNull({ ind, parent, nm, ks, ddd }: LottieLayer): LottieLayer {
  const carried = parent === undefined ? {} : { parent };
  return { ty: LAYER_TYPE.null, nm, ...ALWAYS, ks, ddd, ...(ind === undefined ? {} : { ind }), ...carried };
}

function sizeOf({ sw, sh }: LottieLayer, { w, h }: Size): { width: number; height: number } {
  return { width: typeof sw === 'number' ? sw : w, height: typeof sh === 'number' ? sh : h };
}

/** Whether it changes every pixel, as one does that After Effects has just made. */
function covers(layer: LottieLayer, size: Size): boolean {
  const isPlain = layer.parent === undefined && layer.tt === undefined && layer.ddd !== 1;
  if (!isPlain || layer.ty !== LAYER_TYPE.null || nodesIn(layer.masksProperties).length > 0) return false;
  const { width, height } = sizeOf(layer, size);
  const ks = isNode(layer.ks) ? layer.ks : {};
  const [[x = 0, y = 0], [left = 0, up = 0]] = [still(ks.p, [0, 0]), still(ks.a, [0, 0])];
  return (
    width >= size.w &&
    height >= size.h &&
    x === left &&
    y === up &&
    [still(ks.s, [100, 100]), still(ks.o, [100])].flat().every((part) => part === 100) &&
    still(ks.r, [0])[0] === 0
  );
}

/** What never holds stands for a property that moves, or that is not one. */
function still(property: unknown, otherwise: number[]): number[] {
  if (property === undefined) return otherwise;
  if (!isAnimated(property) || keyframesOf(property).length > 0) return [Number.NaN, Number.NaN];
  return [property.k].flat().filter((part) => typeof part === 'number');
}
