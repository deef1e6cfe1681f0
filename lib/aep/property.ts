import type { Chunk } from './chunks.ts';
import { CosFault } from './cos.ts';
import { displayName } from './display-names.ts';
import type { EffectParameter } from './effect-definition.ts';
import { type GradientColors, readGradients } from './gradient.ts';
import { type Ease, type Interpolation, readKeyframes, type StoredKeyframe } from './keyframes.ts';
import { type MarkerValue, readMarkerValues } from './markers.ts';
import type { PropertyContext } from './property-context.ts';
import { inShownUnits, type PropertyLayout, readLayout, unitFactors } from './property-layout.ts';
import { readShapePaths, type ShapePath } from './shape-path.ts';
import { readTextDocuments, type TextDocument } from './text-document.ts';

/** The names of After Effects' PropertyValueType. */
export type PropertyValueType =
  | 'NO_VALUE'
  | 'OneD'
  | 'TwoD'
  | 'TwoD_SPATIAL'
  | 'ThreeD'
  | 'ThreeD_SPATIAL'
  | 'COLOR'
  | 'CUSTOM_VALUE'
  | 'MARKER'
  | 'LAYER_INDEX'
  | 'MASK_INDEX'
  | 'SHAPE'
  | 'TEXT_DOCUMENT';

/** Numbers in the units that After Effects shows; colours red, green, blue, alpha from 0 to 1. */
export type PropertyValue = number | number[] | ShapePath | TextDocument | MarkerValue | GradientColors | null;

/** The value of a property at a time, and how it is reached and left. */
export interface Keyframe {
  /** Seconds of the composition, as After Effects' keyTime. */
  time: number;
  value: PropertyValue;
  inInterpolation: Interpolation;
  outInterpolation: Interpolation;
  /** As keyInTemporalEase: one for each dimension, or a single one where the value moves in space. */
  inEase: Ease[];
  outEase: Ease[];
  /** As keyInSpatialTangent; null of a value that does not move in space. */
  inTangent: number[] | null;
  outTangent: number[] | null;
  roving: boolean;
  temporalContinuous: boolean;
  temporalAutoBezier: boolean;
}

/** An expression of a property; it counts only while it is enabled. */
export interface Expression {
  text: string;
  enabled: boolean;
}

/** Where a property stands. */
interface PropertyPlace {
  matchName: string;
  context: PropertyContext;
  /** What the definition of its effect says of this property. */
  parameter: EffectParameter | null;
}

/** A value that stands beside `tdbs` and not in it: the kind of list, its type, and how all its values are read. */
interface Container {
  type: PropertyValueType;
  read(chunk: Chunk, place: PropertyPlace): PropertyValue[];
}

const CONTAINERS: ReadonlyMap<string, Container> = new Map<string, Container>([
  ['otst', { type: 'ThreeD_SPATIAL', read: readOrientations }],
  ['mrst', { type: 'MARKER', read: readMarkerValues }],
  ['GCst', { type: 'CUSTOM_VALUE', read: readGradients }],
  ['btds', { type: 'TEXT_DOCUMENT', read: readTexts }],
  ['om-s', { type: 'SHAPE', read: (chunk, { context }) => readShapePaths(chunk, context.sourceSize ?? [1, 1]) }],
]);

/** What of a property is read when it is first asked for. */
interface Contents {
  layout: PropertyLayout;
  ownName: string;
  cdat: Chunk | null;
  list: Chunk | null;
  expression: string;
  /** What an effect's control refers to: a layer (by id) or a mask (by number). */
  reference: { type: 'LAYER_INDEX' | 'MASK_INDEX'; value: number } | null;
}

/**
 * A property: a value, or keyframes, and perhaps an expression. Nothing is decoded before it is asked for.
 *
 * `LIST tdbs` holds `tdsb` (switches), `tdsn` (name), `tdb4` (layout), then `cdat` (the value: float64 for each
 * dimension) or `LIST list` (keyframes); `Utf8`, or `expr` in older files, is the expression; `tdum` and `tduM` are the
 * range; `tdpi` and `tdli` name a layer or a mask. A path, text, gradient, marker or orientation has its values in a
 * list around it. Source: LottieFiles/lottie-docs, docs/aep.md.
 */
export class Property {
  readonly kind = 'property';
  readonly matchName: string;
  readonly #chunk: Chunk;
  readonly #place: PropertyPlace;
  #contents: Contents | null = null;

  constructor(chunk: Chunk, place: PropertyPlace) {
    this.#chunk = chunk;
    this.#place = place;
    this.matchName = place.matchName;
  }

  static reads(chunk: Chunk): boolean {
    return chunk.isList && (chunk.id === 'tdbs' || CONTAINERS.has(chunk.id));
  }

  get name(): string {
    return this.#read().ownName || this.#place.parameter?.name || displayName(this.matchName);
  }

  get enabled(): boolean {
    return this.#read().layout.enabled;
  }

  /** Not shown in the timeline: a dash that was not added, a rotation of a layer in 2D. */
  get hidden(): boolean {
    return this.#read().layout.hidden;
  }

  /** For a position whose dimensions are separated: its value is in `ADBE Position_0` and its siblings. */
  get dimensionsSeparated(): boolean {
    return this.matchName === 'ADBE Position' && this.#read().layout.hidden;
  }

  get valueType(): PropertyValueType {
    const container = CONTAINERS.get(this.#chunk.id);
    if (container !== undefined) return container.type;
    const { layout, reference } = this.#read();
    if (reference !== null) return reference.type;
    if (layout.color) return 'COLOR';
    if (layout.noValue) return 'NO_VALUE';
    if (layout.dimensions === 2) return layout.spatial ? 'TwoD_SPATIAL' : 'TwoD';
    if (layout.dimensions === 3) return layout.spatial ? 'ThreeD_SPATIAL' : 'ThreeD';
    return 'OneD';
  }

  /** The value where there are no keyframes, and the first keyframe's where there are. */
  get value(): PropertyValue {
    const container = CONTAINERS.get(this.#chunk.id);
    if (container !== undefined) return container.read(this.#chunk, this.#place)[0] ?? null;
    const { layout, cdat, list, reference } = this.#read();
    if (reference?.type === 'LAYER_INDEX') return this.#place.context.layerIndex(reference.value);
    if (reference !== null) return reference.value;
    if (cdat === null) return list === null ? null : (this.keyframes[0]?.value ?? null);
    const fields = cdat.fields(8);
    if (!fields || layout.noValue) return null;
    const count = Math.min(layout.dimensions, Math.floor(fields.byteLength / 8));
    const numbers = Array.from({ length: count }, (_, at) => fields.getFloat64(at * 8));
    return this.#shown(numbers);
  }

  get keyframes(): Keyframe[] {
    const { layout, list } = this.#read();
    if (list === null) return [];
    const stored = readKeyframes(list, layout);
    const values = CONTAINERS.get(this.#chunk.id)?.read(this.#chunk, this.#place);
    return stored.map((keyframe, index) => this.#keyframe(keyframe, values ? (values[index] ?? null) : undefined));
  }

  get animated(): boolean {
    return this.#read().list !== null;
  }

  get expression(): Expression | null {
    const { expression, layout } = this.#read();
    return expression === '' ? null : { text: expression, enabled: layout.expressionEnabled };
  }

  /** Whether After Effects makes the tangents of this mask's path. */
  get rotoBezier(): boolean {
    return this.#read().layout.rotoBezier;
  }

  #keyframe(stored: StoredKeyframe, value: PropertyValue | undefined): Keyframe {
    const { startTime, stretch } = this.#place.context;
    const { numbers, time, ...rest } = stored;
    const { layout } = this.#read();
    const factors = this.#factors();
    // A single ease of several dimensions is a speed along the path, which has no one dimension's factor.
    const speedFactor = (dimension: number) => (layout.color ? 1 : (factors[dimension] ?? factors.at(-1) ?? 1));
    const scaled = (eases: Ease[]) =>
      eases.map((ease, dimension) => ({ ...ease, speed: (ease.speed * speedFactor(dimension)) / stretch }));
    const spatial = layout.spatial && !layout.color && value === undefined;
    return {
      ...rest,
      time: startTime + time * stretch,
      value: value === undefined ? this.#shown(numbers) : value,
      inEase: scaled(stored.inEase),
      outEase: scaled(stored.outEase),
      inTangent: spatial && stored.inTangent ? inShownUnits(stored.inTangent, layout, factors) : null,
      outTangent: spatial && stored.outTangent ? inShownUnits(stored.outTangent, layout, factors) : null,
    };
  }

  #shown(numbers: readonly number[]): PropertyValue {
    const { layout } = this.#read();
    if (numbers.length === 0) return null;
    const shown = inShownUnits(numbers.slice(0, layout.color ? 4 : layout.dimensions), layout, this.#factors());
    // The file has the depth that the layer would have in 3D; After Effects shows 100 % until it is.
    if (this.matchName === 'ADBE Scale' && shown.length === 3 && !this.#place.context.threeD) shown[2] = 100;
    return shown.length === 1 ? (shown[0] ?? null) : shown;
  }

  #factors(): number[] {
    return unitFactors(this.matchName, this.#place.parameter?.control === 'TWO_D', this.#place.context);
  }

  #read(): Contents {
    if (this.#contents !== null) return this.#contents;
    const tdbs = this.#chunk.id === 'tdbs' ? this.#chunk : this.#chunk.first('tdbs');
    let tdsb: Chunk | null = null;
    let tdb4: Chunk | null = null;
    let cdat: Chunk | null = null;
    let list: Chunk | null = null;
    let ownName = '';
    let expression = '';
    let reference: Contents['reference'] = null;
    for (const chunk of tdbs?.children() ?? []) {
      if (chunk.id === 'tdsb') tdsb = chunk;
      else if (chunk.id === 'tdsn') ownName = nameIn(chunk);
      else if (chunk.id === 'tdb4') tdb4 = chunk;
      else if (chunk.id === 'cdat') cdat = chunk;
      else if (chunk.id === 'list') list = chunk;
      else if (chunk.id === 'Utf8' || chunk.id === 'expr') expression = chunk.text();
      else if (chunk.id === 'tdpi') reference = { type: 'LAYER_INDEX', value: chunk.fields(4)?.getInt32(0) ?? 0 };
      else if (chunk.id === 'tdli') reference = { type: 'MASK_INDEX', value: chunk.fields(4)?.getInt32(0) ?? 0 };
    }
    this.#contents = { layout: readLayout(tdb4, tdsb), ownName, cdat, list, expression, reference };
    return this.#contents;
  }
}

/** Stands where a name could be and the user gave none. */
const NO_NAME = '-_0_/-';

/** The name in a `tdsn`; empty if it is the name that After Effects gives. */
export function nameIn(tdsn: Chunk): string {
  const name = tdsn.text();
  return name === NO_NAME ? '' : name;
}

function readTexts(chunk: Chunk): PropertyValue[] {
  const btdk = chunk.first('btdk');
  try {
    return btdk === null ? [] : readTextDocuments(btdk);
  } catch (error) {
    // The document is damaged, and its property has no value; the rest of the layer is as good as it was.
    if (error instanceof CosFault) return [];
    throw error;
  }
}

/**
 * `LIST otst`: in `otky` an `otda` for each keyframe (or the only value): three float64 in degrees. The `cdat` of its
 * `tdbs` has the same numbers as little-endian, which is why it is not read. Source: py-aep (forticheprod).
 */
function readOrientations(container: Chunk): number[][] {
  const orientations: number[][] = [];
  for (const chunk of container.first('otky')?.children() ?? []) {
    const fields = chunk.id === 'otda' ? chunk.fields(24) : null;
    if (fields) orientations.push([fields.getFloat64(0), fields.getFloat64(8), fields.getFloat64(16)]);
  }
  return orientations;
}
