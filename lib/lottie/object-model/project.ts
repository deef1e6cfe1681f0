import { basename } from 'node:path';
import type { FootageFacts } from '../../media/probe-footage.ts';
import {
  assetNameOf,
  compositionsOf,
  LAYER_TYPE,
  type LottieAsset,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
  layerNameOf,
} from '../document/index.ts';
import { VIDEO_ASSET } from '../renderer/pictures.ts';
import type { MeasureText } from '../renderer/text-measure.ts';
import {
  type AVItem,
  CompItem,
  FootageItem,
  ImportOptions,
  type Item,
  type ScriptFile,
  SequenceSource,
} from './items.ts';
import { type Layer, makeLayer } from './layers.ts';

/** Looks into a file that a script imports; throws where it is no footage. */
export type ProbeFootage = (path: string) => FootageFacts;

/** The paths of the numbered pictures that are of one sequence with this one, in their order. */
type FindSequence = (path: string) => string[];

interface ProjectOptions {
  probe: ProbeFootage;
  findSequence: FindSequence;
  measure: MeasureText;
}

/** The open project: a Lottie document in the words of After Effects. */
export class Project {
  static readonly scriptNames: readonly string[] = ['numItems', 'item', 'items', 'importFile', 'activeItem'];
  readonly activeItem: Item | null = null;
  readonly #document: LottieDocument;
  readonly #probe: ProbeFootage;
  readonly #findSequence: FindSequence;
  readonly #measure: MeasureText;
  readonly #items: Item[] = [];
  readonly #byAsset = new Map<string, AVItem>();

  constructor(document: LottieDocument, { probe, findSequence, measure }: ProjectOptions) {
    this.#document = document;
    this.#probe = probe;
    this.#findSequence = findSequence;
    this.#measure = measure;
    for (const composition of compositionsOf(document)) this.#addComposition(composition);
    for (const asset of document.assets) if (asset.layers === undefined) this.#addFootage(asset);
    for (const item of this.#items) if (item instanceof CompItem) this.#noteUses(item);
  }

  get numItems(): number {
    return this.#items.length;
  }

  /** By number from 1. */
  item(index: number): Item {
    const found = this.#items[index - 1];
    if (found === undefined) throw new Error(`The project has no item ${index}.`);
    return found;
  }

  get items(): Item[] {
    return [...this.#items];
  }

  importFile(options: ImportOptions): FootageItem {
    if (!(options instanceof ImportOptions)) throw new Error('importFile takes ImportOptions.');
    const { file } = options;
    const facts = this.#probe(file.fsName);
    if (options.sequence) return this.#importSequence(file, facts);
    const asset = this.#addFile(file.fsName, facts);
    return this.#keep(new FootageItem(this.#nextId(), file.name, facts, { asset, kind: facts.kind, file }), asset.id);
  }

  #addFile(path: string, { width, height, kind }: FootageFacts): LottieAsset {
    const id = `footage_${this.#document.assets.length}`;
    const asset = { id, nm: basename(path), w: width, h: height, u: '', p: path, e: 0 };
    const kept = kind === 'video' ? { ...asset, t: VIDEO_ASSET } : asset;
    this.#document.assets.push(kept);
    return kept;
  }

  /** A composition of pictures, each of which is there for a frame: a document has no sequences of its own. */
  #importSequence(file: ScriptFile, facts: FootageFacts): FootageItem {
    const layers = this.#findSequence(file.fsName).map((path, at): LottieLayer => {
      const { id } = this.#addFile(path, facts);
      return { ty: LAYER_TYPE.image, ind: at + 1, nm: basename(path), refId: id, st: 0, sr: 1, ks: {} };
    });
    const { width, height } = facts;
    const id = `sequence_${this.#document.assets.length}`;
    const asset: LottieAsset = { id, nm: file.name, w: width, h: height, layers };
    this.#document.assets.push(asset);
    const { fr: frameRate } = this.#document;
    const sequence = new SequenceSource(layers, frameRate);
    const length = { width, height, frameRate, duration: layers.length / frameRate };
    return this.#keep(
      new FootageItem(this.#nextId(), file.name, length, { asset, kind: 'sequence', file, sequence }),
      id,
    );
  }

  /** After those of a project that the document was made from. */
  #nextId(): number {
    return 1 + this.#items.reduce((highest, { id }) => Math.max(highest, id), 0);
  }

  #keep<Kind extends AVItem>(item: Kind, assetId: string | null): Kind {
    this.#items.push(item);
    if (assetId !== null) this.#byAsset.set(assetId, item);
    return item;
  }

  #addComposition(composition: LottieComposition): void {
    const clock = { frameRate: this.#document.fr, first: composition.first };
    const layers = (of: CompItem): Layer[] =>
      composition.layers.map((node) =>
        makeLayer({
          node,
          name: layerNameOf(this.#document, node),
          composition: of,
          clock,
          source: this.#sourceOf(node),
          measure: this.#measure,
        }),
      );
    const setFrames = (of: LottieComposition, frames: number) => setLength(this.#document, of, frames);
    const { ae } = composition.asset ?? this.#document;
    const item = new CompItem(ae?.id ?? this.#nextId(), composition, this.#document.fr, { layers, setFrames });
    this.#keep(item, composition.asset?.id ?? null);
  }

  #addFootage(asset: LottieDocument['assets'][number]): void {
    const video = asset.t === VIDEO_ASSET;
    const facts = { width: asset.w ?? 0, height: asset.h ?? 0, duration: 0, frameRate: 0 };
    this.#keep(
      new FootageItem(asset.ae?.id ?? this.#nextId(), assetNameOf(asset), facts, {
        asset,
        kind: video ? 'video' : 'still',
        file: null,
      }),
      asset.id,
    );
  }

  #sourceOf(node: LottieLayer): AVItem | null {
    if (node.refId !== undefined) return this.#byAsset.get(node.refId) ?? null;
    if (node.ty !== LAYER_TYPE.solid && node.ty !== LAYER_TYPE.null) return null;
    // In After Effects a solid and a null are footage as well, so another source can take their place.
    const facts = { width: Number(node.sw ?? 100), height: Number(node.sh ?? 100), duration: 0, frameRate: 0 };
    return new FootageItem(0, layerNameOf(this.#document, node), facts, {
      ...{ asset: null, kind: 'solid', file: null },
      solid: node,
    });
  }

  #noteUses(user: CompItem): void {
    for (const { refId } of user.composition.layers) {
      const used = refId === undefined ? undefined : this.#byAsset.get(refId);
      if (used !== undefined && !used.usedIn.includes(user)) used.usedIn.push(user);
    }
  }
}

/**
 * A document has a length, and the compositions in it have none of their own: one of them is cut by ending its layers, and
 * cannot be made longer.
 */
function setLength(document: LottieDocument, composition: LottieComposition, frames: number): void {
  const end = composition.first + frames;
  if (composition.asset === null) document.op = end;
  else if (end > composition.end)
    throw new Error(`Composition '${composition.name}': the bundled renderer cannot make a nested composition longer.`);
  else for (const layer of composition.layers) layer.op = Math.min(layer.op ?? end, end);
  composition.end = end;
}
