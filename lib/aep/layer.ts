import type { Chunk } from './chunks.ts';
import type { EffectDefinition } from './effect-definition.ts';
import type { FootageItem } from './footage.ts';
import type { CompItem, Item } from './items.ts';
import type { LayerData, LayerKind, LayerSwitches } from './layer-data.ts';
import { type Marker, readMarkers } from './markers.ts';
import type { PropertyContext } from './property-context.ts';
import { type PropertyBase, PropertyGroup } from './property-group.ts';
import type { TextDocument } from './text-document.ts';

/** What a layer asks its project: the items it may show and the effects it may have. */
export interface LayerProject {
  itemById(id: number): Item | null;
  effectDefinition(matchName: string): EffectDefinition | null;
}

/** A layer of a composition. Its data are read with the project; its properties when they are asked for. */
export class Layer {
  /** From 1, from the top, as in After Effects. */
  readonly index: number;
  readonly containingComp: CompItem;
  /** The name that the user gave it; empty if it shows its source's. */
  readonly ownName: string;
  readonly comment: string;
  readonly #data: LayerData;
  readonly #chunk: Chunk | null;
  readonly #project: LayerProject;
  #root: PropertyGroup | null = null;

  constructor(
    place: { index: number; comp: CompItem; project: LayerProject },
    data: LayerData,
    texts: { name: string; comment: string },
    properties: Chunk | null,
  ) {
    this.index = place.index;
    this.containingComp = place.comp;
    this.#project = place.project;
    this.#data = data;
    this.ownName = texts.name;
    this.comment = texts.comment;
    this.#chunk = properties;
  }

  get id(): number {
    return this.#data.id;
  }

  get name(): string {
    return this.ownName || this.source?.name || '';
  }

  get kind(): LayerKind {
    const { layerClass, switches } = this.#data;
    if (layerClass !== 'AV' && layerClass !== 'model') return layerClass;
    if (switches.nullLayer) return 'null';
    if (switches.adjustmentLayer) return 'adjustment';
    const source = this.source;
    if (source?.typeName === 'Composition') return 'precomposition';
    if (source?.typeName !== 'Footage') return 'footage';
    if (source.mainSource.kind === 'solid') return 'solid';
    return source.hasAudio && !source.hasVideo ? 'audio' : 'footage';
  }

  /** Seconds of the composition; `inPoint` is after `outPoint` where the layer runs backwards. */
  get startTime(): number {
    return this.#data.startTime;
  }

  get inPoint(): number {
    return this.#data.inPoint;
  }

  get outPoint(): number {
    return this.#data.outPoint;
  }

  /** Percent. */
  get stretch(): number {
    return this.#data.stretch;
  }

  get label(): number {
    return this.#data.label;
  }

  get blendingMode(): LayerData['blendingMode'] {
    return this.#data.blendingMode;
  }

  get trackMatteType(): LayerData['trackMatte'] {
    return this.#data.matteLayerId === 0 ? 'NO_TRACK_MATTE' : this.#data.trackMatte;
  }

  get lightType(): LayerData['lightType'] {
    return this.#data.lightType;
  }

  get switches(): Readonly<LayerSwitches> {
    return this.#data.switches;
  }

  get parent(): Layer | null {
    return this.#data.parentId === 0 ? null : this.containingComp.layerById(this.#data.parentId);
  }

  /** Whether a camera or light is turned to a point of interest, which is its anchor point. */
  get looksAtPoint(): boolean {
    return this.#data.looksAtPoint;
  }

  /** The layer that mattes this one: the one named, or in projects from before After Effects 23 the one above. */
  get trackMatteLayer(): Layer | null {
    if (this.trackMatteType === 'NO_TRACK_MATTE') return null;
    if (this.#data.matteLayerId !== null) return this.containingComp.layerById(this.#data.matteLayerId);
    return this.containingComp.layers[this.index - 2] ?? null;
  }

  get source(): CompItem | FootageItem | null {
    const item = this.#data.sourceId === 0 ? null : this.#project.itemById(this.#data.sourceId);
    return item === null || item.typeName === 'Folder' ? null : item;
  }

  /** The source's size, or the composition's where there is no source; pixels. */
  get width(): number {
    return this.source?.width ?? this.containingComp.width;
  }

  get height(): number {
    return this.source?.height ?? this.containingComp.height;
  }

  /** The groups and properties right under the layer. */
  properties(): readonly PropertyBase[] {
    return this.#properties()?.properties() ?? [];
  }

  /** By match name or name; a path goes down group by group: `property('ADBE Transform Group', 'ADBE Opacity')`. */
  property(...path: [string, ...string[]]): PropertyBase | null {
    return this.#properties()?.property(...path) ?? null;
  }

  get effects(): readonly PropertyGroup[] {
    return this.#groupsIn('ADBE Effect Parade');
  }

  get masks(): readonly PropertyGroup[] {
    return this.#groupsIn('ADBE Mask Parade');
  }

  /** What a text layer says (at its first keyframe where it changes); null of any other layer. */
  get textDocument(): TextDocument | null {
    const property = this.property('ADBE Text Properties', 'ADBE Text Document');
    const value = property?.kind === 'property' ? property.value : null;
    return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'text' ? value : null;
  }

  get markers(): Marker[] {
    return readMarkers(this.property('ADBE Marker'));
  }

  /** Forgets the properties that were read; they are read again when they are asked for. */
  release(): void {
    this.#root = null;
  }

  #groupsIn(matchName: string): PropertyGroup[] {
    const group = this.property(matchName);
    return group?.kind === 'group' ? group.properties().filter((child) => child.kind === 'group') : [];
  }

  #properties(): PropertyGroup | null {
    if (this.#root === null && this.#chunk !== null) {
      this.#root = new PropertyGroup(this.#chunk, '', this.#propertyContext());
    }
    return this.#root;
  }

  #propertyContext(): PropertyContext {
    const { source, containingComp: comp } = this;
    return {
      sourceSize: source === null ? null : [source.width, source.height],
      compSize: [comp.width, comp.height],
      nullLayer: this.switches.nullLayer,
      threeD: this.switches.threeD,
      startTime: this.startTime,
      stretch: this.stretch / 100,
      layerIndex: (id) => comp.layerById(id)?.index ?? 0,
      effect: (matchName) => this.#project.effectDefinition(matchName),
    };
  }
}
