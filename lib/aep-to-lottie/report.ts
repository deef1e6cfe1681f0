import type { CompItem, Layer } from '../aep/read-project.ts';
import { differenceSentence as sentence } from '../lottie/normalise/index.ts';

/** `dropped`: nothing of it is in the document. `approximated`: something is, and it does not look the same. */
export type Outcome = 'dropped' | 'approximated';

/** Something of a project that a document cannot say, or says in another way. */
export interface Difference {
  /** The composition's name. */
  composition: string;
  /** The layer's name; null of the composition itself. */
  layer: string | null;
  /** Its number in the timeline, from 1; null of the composition itself. */
  layerIndex: number | null;
  /** Match names from the layer down, joined by `/`: `ADBE Effect Parade/ADBE Glo2`. Null of the layer as a whole. */
  property: string | null;
  /** The rest of a sentence about the layer: `the effect Glow is not drawn`. */
  what: string;
  /** Seconds of the composition in which it shows, the end is exclusive; null if that is all of it. */
  time: { from: number; to: number } | null;
  outcome: Outcome;
  /** Whether the picture is visibly wrong because of it. False of sound, for example. */
  visible: boolean;
}

/** What a caller reports of a difference; the report adds where and when it shows. */
type Finding = Pick<Difference, 'what' | 'outcome'> & {
  /** Match names from the layer down. */
  property?: readonly string[];
  /** Left out: true of what is dropped. */
  visible?: boolean;
  /** Whether a key of our own says it: then it is lost on other players only. */
  ownKey?: boolean;
};

/** Collects the differences of a conversion, each once. */
export class Report {
  readonly #ownKeys: boolean;
  readonly #differences = new Map<string, Difference>();
  readonly #byLayer = new Map<Layer, Difference[]>();

  /** `ownKeys`: the document is for a reader of our own keys. */
  constructor({ ownKeys }: { ownKeys: boolean }) {
    this.#ownKeys = ownKeys;
  }

  get differences(): Difference[] {
    return [...this.#differences.values()];
  }

  ofLayer(layer: Layer): readonly Difference[] {
    return this.#byLayer.get(layer) ?? [];
  }

  forLayer(layer: Layer): LayerReport {
    return (finding) => this.#add(layer.containingComp, layer, finding);
  }

  ofComposition(comp: CompItem, finding: Finding): void {
    this.#add(comp, null, finding);
  }

  #add(comp: CompItem, layer: Layer | null, finding: Finding): void {
    const { what, outcome, property, visible = outcome === 'dropped', ownKey = false } = finding;
    if (ownKey && this.#ownKeys) return;
    const path = property === undefined || property.length === 0 ? null : property.join('/');
    const key = JSON.stringify([comp.id, layer?.id ?? null, path, what]);
    if (this.#differences.has(key)) return;
    const [from, to] = layer === null ? [0, comp.duration] : shownSpan(layer);
    const difference: Difference = {
      composition: comp.name,
      layer: layer?.name ?? null,
      layerIndex: layer?.index ?? null,
      property: path,
      what,
      time: from <= 0 && to >= comp.duration ? null : { from, to },
      outcome,
      // What is never shown cannot look wrong.
      visible: visible && from < to && (layer === null || isShown(layer)),
    };
    this.#differences.set(key, difference);
    if (layer !== null) this.#byLayer.set(layer, [...(this.#byLayer.get(layer) ?? []), difference]);
  }
}

export type LayerReport = (finding: Finding) => void;

/** A layer that is off is seen all the same if another one is matted by it. */
function isShown(layer: Layer): boolean {
  const { enabled, guideLayer } = layer.switches;
  return (
    (enabled && !guideLayer) || layer.containingComp.layers.some(({ trackMatteLayer }) => trackMatteLayer === layer)
  );
}

/** Seconds of the composition in which the layer is there: `inPoint` is the later one of a layer that runs backwards. */
function shownSpan(layer: Layer): [from: number, to: number] {
  const [from, to] = [Math.min(layer.inPoint, layer.outPoint), Math.max(layer.inPoint, layer.outPoint)];
  return [Math.max(0, from), Math.min(layer.containingComp.duration, to)];
}

/** For a warning or an error, as of a Lottie document. */
export function differenceSentence(difference: Difference): string {
  return sentence(difference, difference);
}
