/** What the realm of the expressions knows of a document: plain data, which crosses into another process as JSON. */
export interface ExpressionModel {
  frameRate: number;
  compositions: CompositionFacts[];
  properties: PropertyFacts[];
  /** Whether an expression makes code from text. */
  usesEval: boolean;
}

/** Times are frames, as in the document. */
export interface CompositionFacts {
  name: string;
  /** False if the document does not say its name: old exports. */
  isNamed: boolean;
  width: number;
  height: number;
  end: number;
  layers: LayerFacts[];
  markers: MarkerFacts[];
}

export interface MarkerFacts {
  time: number;
  duration: number;
  comment: string;
}

export interface LayerFacts {
  name: string;
  /** Its number in After Effects, which stays when the export leaves out other layers. */
  index: number;
  /** Its place in the list of layers, as that of `source` is in the list of compositions. */
  parent: number | null;
  source: number | null;
  inPoint: number;
  outPoint: number;
  startTime: number;
  stretch: number;
  width: number;
  height: number;
  enabled: boolean;
  threeDimensional: boolean;
  /** Its picture has the size of its source; that of a text or a shape is known only when it is drawn. */
  sized: boolean;
  /** What `sourceRectAtTime` gives for the texts of a layer, each from its frame on; null if that is not known. */
  rects: { frame: number; rect: Rectangle }[] | null;
  members: TreeFacts[];
}

/** In the layer's own pixels. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A group with members, a property by its number, or (a Layer Control) a layer by its place in the list. */
export interface TreeFacts {
  name: string;
  matchName: string;
  /** By which After Effects counts it in its group, from 1; left out if it is its place in the list. */
  number?: number;
  members?: TreeFacts[];
  property?: number;
  layer?: number;
}

export type ExpressionKind = 'numbers' | 'text' | 'path';

export interface PropertyFacts {
  kind: ExpressionKind;
  /** How many numbers an expression sees: two of a point of a two-dimensional layer, though Lottie keeps three. */
  size: number;
  name: string;
  /** Where it lies in the document: the seed of what is random in it. */
  place: string;
  composition: number;
  layer: number;
  /** Keyframes, or one value: `k` of the document. */
  value: unknown;
  /** Properties of the dimensions, where these are separated. */
  parts?: number[];
  /** The expression as a function, or null if there is none. */
  code: string | null;
}

/** A path as Lottie keeps it. */
export interface PathData {
  v: number[][];
  i: number[][];
  o: number[][];
  c: boolean;
}

/** The value from a frame on, until the next sample. */
export type Sample = [frame: number, value: number[] | string | PathData];
