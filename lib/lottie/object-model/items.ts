import { basename } from 'node:path';
import type { LottieAsset, LottieComposition, LottieLayer } from '../document/index.ts';
import type { Layer } from './layers.ts';

/** Anything in the project's panel. */
export class Item {
  static readonly scriptNames: readonly string[] = ['id', 'name', 'typeName', 'usedIn'];
  readonly id: number;
  readonly name: string;
  readonly typeName: string = 'Item';
  /** The compositions that show it. */
  usedIn: CompItem[] = [];

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }
}

export class AVItem extends Item {
  static override readonly scriptNames: readonly string[] = ['width', 'height', 'duration', 'frameRate', 'pixelAspect'];
  readonly width: number;
  readonly height: number;
  readonly pixelAspect = 1;
  readonly frameRate: number;
  protected length: number;

  constructor(id: number, name: string, facts: { width: number; height: number; duration: number; frameRate: number }) {
    super(id, name);
    this.width = facts.width;
    this.height = facts.height;
    this.length = facts.duration;
    this.frameRate = facts.frameRate;
  }

  /** Seconds; 0 of a still. */
  get duration(): number {
    return this.length;
  }
}

/** What a composition is given by its project. */
interface CompositionParts {
  layers: (of: CompItem) => Layer[];
  setFrames: (composition: LottieComposition, frames: number) => void;
}

/** Three hours. Source: After Effects' scripting guide, "AVItem.duration". */
const LONGEST = 10_800;

/** A composition. */
export class CompItem extends AVItem {
  static override readonly scriptNames: readonly string[] = [
    'numLayers',
    'layer',
    'displayStartTime',
    'workAreaStart',
    'workAreaDuration',
  ];
  override readonly typeName = 'Composition';
  readonly displayStartTime = 0;
  readonly workAreaStart = 0;
  readonly composition: LottieComposition;
  readonly #layers: (of: CompItem) => Layer[];
  readonly #setFrames: (composition: LottieComposition, frames: number) => void;
  #made: Layer[] | null = null;

  constructor(id: number, composition: LottieComposition, frameRate: number, { layers, setFrames }: CompositionParts) {
    const duration = Math.max(1, composition.end - composition.first) / frameRate;
    super(id, composition.name, { width: composition.width, height: composition.height, duration, frameRate });
    this.composition = composition;
    this.#layers = layers;
    this.#setFrames = setFrames;
  }

  override get duration(): number {
    return this.length;
  }

  /** Whole frames, one at least. */
  override set duration(seconds: number) {
    if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= LONGEST))
      throw new Error(`Composition '${this.name}': a duration is a number of seconds above 0, up to ${LONGEST}.`);
    const frames = Math.max(1, Math.round(seconds * this.frameRate));
    this.#setFrames(this.composition, frames);
    this.length = frames / this.frameRate;
  }

  get workAreaDuration(): number {
    return this.duration;
  }

  get layers(): readonly Layer[] {
    this.#made ??= this.#layers(this);
    return this.#made;
  }

  /** Drops a layer that was removed from its composition. */
  forget(layer: Layer): void {
    this.#made = this.layers.filter((other) => other !== layer);
  }

  get numLayers(): number {
    return this.layers.length;
  }

  /** By number from 1, or by name; throws where there is none, as After Effects does for a number. */
  layer(wanted: number | string): Layer | null {
    if (typeof wanted === 'string') return this.layers.find((layer) => layer.name === wanted) ?? null;
    const found = this.layers[wanted - 1];
    if (found === undefined) throw new Error(`Composition '${this.name}' has no layer ${wanted}.`);
    return found;
  }
}

/** The colour of a solid, which it writes into the layer that shows it. */
export class SolidSource {
  static readonly scriptNames: readonly string[] = ['color'];
  readonly #node: LottieLayer;

  constructor(node: LottieLayer) {
    this.#node = node;
  }

  get color(): number[] {
    const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(String(this.#node.sc ?? ''))?.slice(1) ?? [];
    return parts.length === 0 ? [0, 0, 0] : parts.map((part) => Number.parseInt(part, 16) / 255);
  }

  set color(value: number[]) {
    if (!Array.isArray(value) || value.length !== 3 || !value.every((part) => part >= 0 && part <= 1))
      throw new Error('The color of a solid takes an array of 3 numbers from 0 to 1.');
    const bytes = value.map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    );
    this.#node.sc = `#${bytes.join('')}`;
  }
}

/** What shows a sequence of pictures: `conformFrameRate` is how many of them a second has. */
export class SequenceSource {
  static readonly scriptNames: readonly string[] = ['conformFrameRate'];
  readonly #layers: readonly LottieLayer[];
  readonly #documentRate: number;
  #rate: number;

  /** The layers of the composition that stands for the sequence, one a picture; at first each is there for a frame. */
  constructor(layers: readonly LottieLayer[], documentRate: number) {
    this.#layers = layers;
    this.#documentRate = documentRate;
    this.#rate = documentRate;
    this.conformFrameRate = documentRate;
  }

  get conformFrameRate(): number {
    return this.#rate;
  }

  set conformFrameRate(rate: number) {
    if (!(rate > 0 && rate <= 999)) throw new Error('conformFrameRate takes a number above 0, up to 999.');
    this.#rate = rate;
    for (const [at, layer] of this.#layers.entries()) {
      layer.ip = (at * this.#documentRate) / rate;
      layer.op = ((at + 1) * this.#documentRate) / rate;
    }
  }
}

/** A file, a sequence of them, or a solid. `asset` is the entry of the document that shows it; a solid has none. */
export class FootageItem extends AVItem {
  static override readonly scriptNames: readonly string[] = ['file', 'mainSource'];
  override readonly typeName = 'Footage';
  readonly asset: LottieAsset | null;
  readonly kind: 'still' | 'video' | 'sequence' | 'solid';
  readonly file: ScriptFile | null;
  /** Only of a solid and of a sequence. */
  readonly mainSource: SolidSource | SequenceSource | null;

  constructor(
    id: number,
    name: string,
    facts: { width: number; height: number; duration: number; frameRate: number },
    source: {
      asset: LottieAsset | null;
      kind: 'still' | 'video' | 'sequence' | 'solid';
      file: ScriptFile | null;
      solid?: LottieLayer;
      sequence?: SequenceSource;
    },
  ) {
    super(id, name, facts);
    this.mainSource = source.solid === undefined ? (source.sequence ?? null) : new SolidSource(source.solid);
    this.asset = source.asset;
    this.kind = source.kind;
    this.file = source.file;
  }
}

/** A path, and whether something is there; scripts read no files. */
export class ScriptFile {
  static readonly scriptNames: readonly string[] = ['fsName', 'fullName', 'name', 'exists'];
  readonly fsName: string;
  readonly #exists: (path: string) => boolean;

  constructor(path: string, exists: (path: string) => boolean) {
    this.fsName = path;
    this.#exists = exists;
  }

  get fullName(): string {
    return this.fsName;
  }

  get name(): string {
    return basename(this.fsName);
  }

  get exists(): boolean {
    return this.#exists(this.fsName);
  }
}

/** What `importFile` takes. */
export class ImportOptions {
  static readonly scriptNames: readonly string[] = ['file', 'sequence'];
  file: ScriptFile;
  /** Whether the numbered pictures beside the file belong to it. */
  sequence = false;

  constructor(file: ScriptFile) {
    if (!(file instanceof ScriptFile)) throw new Error('ImportOptions takes a File.');
    this.file = file;
  }
}
