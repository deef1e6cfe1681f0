import {
  type Animated,
  compositionsOf,
  expressionLabel,
  expressionsOf,
  LAYER_TYPE,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
  layerNameOf,
  syntaxFault,
} from '../document/index.ts';
import type { MeasureText } from '../renderer/text-measure.ts';
import { compileExpression } from './compile.ts';
import type { CompositionFacts, ExpressionModel, LayerFacts, MarkerFacts, PropertyFacts, TreeFacts } from './model.ts';
import { kindOf, propertyTree } from './property-tree.ts';
import { textRects } from './text-rects.ts';

/** An expression of the document, and the number of its property in the model. */
export interface BuiltExpression {
  id: number;
  composition: LottieComposition;
  layer: LottieLayer;
  layerName: string;
  /** Its place in the layer: `ks.o`. */
  place: string;
  /** What After Effects calls it, with the place. */
  label: string;
  animated: Animated;
  /** Why it cannot be evaluated; null if it may be. */
  fault: string | null;
  /** Whether it cannot be read at all, which is known of the document as it is. */
  isUnreadable: boolean;
}

/** Reads a document for its expressions. Nothing is evaluated yet. */
export class ModelBuilder {
  readonly model: ExpressionModel;
  readonly expressions: BuiltExpression[] = [];
  readonly #document: LottieDocument;
  readonly #measure: MeasureText | null;
  readonly #compositions: LottieComposition[];
  readonly #ids = new Map<object, number>();

  /** `measure` tells how large a text is; without it no expression learns that. */
  constructor(document: LottieDocument, measure: MeasureText | null = null) {
    this.#document = document;
    this.#measure = measure;
    this.#compositions = compositionsOf(document);
    this.model = { frameRate: document.fr, compositions: [], properties: [], usesEval: false };
    for (const [index, composition] of this.#compositions.entries()) {
      this.model.compositions.push(this.#composition(composition, index));
    }
  }

  #composition(composition: LottieComposition, index: number): CompositionFacts {
    const { name, width, height, end, layers } = composition;
    const places = new Map(layers.map(({ ind }, at) => [ind, at]));
    return {
      name,
      isNamed: ((composition.asset ?? this.#document).nm ?? '').trim() !== '',
      width,
      height,
      end,
      layers: layers.map((layer, at) => ({
        ...this.#layer(layer),
        index: layer.ind ?? at + 1,
        parent: layer.parent === undefined ? null : (places.get(layer.parent) ?? null),
        members: this.#members(composition, layer, places, { composition: index, layer: at }),
      })),
      markers: composition.asset === null ? markersOf(this.#document) : [],
    };
  }

  #layer(layer: LottieLayer): Omit<LayerFacts, 'index' | 'parent' | 'members'> {
    const source = this.#compositions.findIndex(({ asset }) => asset !== null && asset.id === layer.refId);
    const asset = this.#document.assets.find(({ id }) => id === layer.refId);
    const unsized = layer.ty === LAYER_TYPE.text || layer.ty === LAYER_TYPE.shape;
    // A null is a square of 100 in After Effects; the sizes of texts and shapes count as that of the composition.
    const missing = layer.ty === LAYER_TYPE.null ? { w: 100, h: 100 } : this.#document;
    return {
      name: layerNameOf(this.#document, layer),
      source: source === -1 ? null : source,
      inPoint: layer.ip ?? 0,
      outPoint: layer.op ?? 0,
      startTime: layer.st ?? 0,
      stretch: layer.sr ?? 1,
      width: firstNumber(layer.w, layer.sw, asset?.w, missing.w),
      height: firstNumber(layer.h, layer.sh, asset?.h, missing.h),
      enabled: layer.hd !== true,
      threeDimensional: layer.ddd === 1,
      sized: !unsized,
      rects: this.#measure === null ? null : textRects(layer, this.#measure),
    };
  }

  #members(
    composition: LottieComposition,
    layer: LottieLayer,
    places: ReadonlyMap<number | undefined, number>,
    at: { composition: number; layer: number },
  ): TreeFacts[] {
    const keep = (animated: object, { name, flat }: { name: string; flat: boolean }): number => {
      const { kind, size } = kindOf(animated) ?? { kind: 'numbers' as const, size: 1 };
      const seen = flat && kind === 'numbers' ? Math.min(size, 2) : size;
      const { k: value = 0 } = animated as Partial<Animated>;
      return this.#keep(animated, {
        kind,
        size: seen,
        name,
        place: `${layerNameOf(this.#document, layer)}: ${name}`,
        ...at,
        value,
        code: null,
      });
    };
    const members = propertyTree(layer, places, keep);
    for (const { place, animated } of expressionsOf(layer)) {
      const id = this.#ids.get(animated) ?? keep(animated, { name: place, flat: false });
      this.#compile(id, animated, place, composition, layer);
    }
    this.#joinPosition(members, at);
    return members;
  }

  #keep(animated: object, facts: PropertyFacts): number {
    const id = this.model.properties.push(facts) - 1;
    this.#ids.set(animated, id);
    return id;
  }

  #compile(
    id: number,
    animated: Animated & { x: string },
    place: string,
    composition: LottieComposition,
    layer: LottieLayer,
  ): void {
    const facts = this.model.properties[id];
    if (facts === undefined) return;
    const layerName = layerNameOf(this.#document, layer);
    facts.place = `${layerName}: ${place}`;
    let fault = kindOf(animated) === null ? 'values of its kind cannot be evaluated' : null;
    try {
      facts.code = fault === null ? compileExpression(animated.x) : null;
      if (/\beval\b/.test(facts.code ?? '')) this.model.usesEval = true;
    } catch (cause) {
      fault = cause instanceof Error ? cause.message : String(cause);
    }
    const label = expressionLabel(facts.name, place);
    const isUnreadable = fault !== null && syntaxFault(animated.x) !== null;
    this.expressions.push({ id, composition, layer, layerName, place, label, animated, fault, isUnreadable });
  }

  /** A position whose dimensions are separated is still one vector for other expressions. */
  #joinPosition(members: readonly TreeFacts[], at: { composition: number; layer: number }): void {
    const transform = members.find(({ matchName }) => matchName === 'ADBE Transform Group')?.members;
    const parts = ['ADBE Position_0', 'ADBE Position_1'].map(
      (matchName) => transform?.find((member) => member.matchName === matchName)?.property,
    );
    if (transform === undefined || !parts.every((part) => part !== undefined)) return;
    if (transform.some(({ matchName }) => matchName === 'ADBE Position')) return;
    const [name, matchName] = ['Position', 'ADBE Position'];
    const property = this.model.properties.push({
      kind: 'numbers',
      size: 2,
      name,
      place: 'Position',
      ...at,
      value: [0, 0],
      parts,
      code: null,
    });
    transform.push({ name, matchName, property: property - 1 });
  }
}

function markersOf({ markers = [] }: LottieDocument): MarkerFacts[] {
  return markers.flatMap((marker) =>
    marker === null ? [] : [{ time: marker.tm ?? 0, duration: marker.dr ?? 0, comment: String(marker.cm ?? '') }],
  );
}

function firstNumber(...candidates: unknown[]): number {
  return candidates.find((candidate): candidate is number => typeof candidate === 'number') ?? 0;
}
