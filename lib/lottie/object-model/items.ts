import { basename } from 'node:path';
import type { LottieAsset, LottieComposition } from '../../template/lottie-document.ts';
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
  /** Seconds; 0 of a still. */
  readonly duration: number;
  readonly frameRate: number;

  constructor(id: number, name: string, facts: { width: number; height: number; duration: number; frameRate: number }) {
    super(id, name);
    this.width = facts.width;
    this.height = facts.height;
    this.duration = facts.duration;
    this.frameRate = facts.frameRate;
  }
}

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
  #made: Layer[] | null = null;

  constructor(id: number, composition: LottieComposition, frameRate: number, layers: (of: CompItem) => Layer[]) {
    const duration = Math.max(1, composition.end - composition.first) / frameRate;
    super(id, composition.name, { width: composition.width, height: composition.height, duration, frameRate });
    this.composition = composition;
    this.#layers = layers;
  }

  get workAreaDuration(): number {
    return this.duration;
  }

  get layers(): readonly Layer[] {
    this.#made ??= this.#layers(this);
    return this.#made;
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

/** A file, or a solid. `asset` is the entry of the document that shows it; a solid has none. */
export class FootageItem extends AVItem {
  static override readonly scriptNames: readonly string[] = ['file'];
  override readonly typeName = 'Footage';
  readonly asset: LottieAsset | null;
  readonly kind: 'still' | 'video' | 'solid';
  readonly file: ScriptFile | null;

  constructor(
    id: number,
    name: string,
    facts: { width: number; height: number; duration: number; frameRate: number },
    source: { asset: LottieAsset | null; kind: 'still' | 'video' | 'solid'; file: ScriptFile | null },
  ) {
    super(id, name, facts);
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
  static readonly scriptNames: readonly string[] = ['file'];
  file: ScriptFile;

  constructor(file: ScriptFile) {
    if (!(file instanceof ScriptFile)) throw new Error('ImportOptions takes a File.');
    this.file = file;
  }
}
