/** What a caller can know about a template of any kind. Plain JSON: it is stored, and crosses threads. */
import type { LayerKind, TemplateType } from '../contract/formats.ts';
import type { ValueKind } from './value-kind.ts';

export type { LayerKind, ValueKind };

/** Part of the key under which a model is stored: raise it when a model of the same file would now look otherwise. */
export const MODEL_VERSION = 15;

/** Red, green, blue, from 0 to 1. */
export type Color = [number, number, number];

/** The words of a text layer and how they look, at the first keyframe. */
export interface TemplateText {
  /** Lines end in LF. */
  text: string;
  /** The name by which the template asks for the font, mostly its PostScript name: `Inter-Bold`. */
  font: string;
  /** As the font itself says: `Inter`, `Bold`. */
  fontFamily: string;
  fontStyle: string;
  /** Pixels. */
  size: number;
  /** Null if it is not painted. */
  fill: Color | null;
  stroke: { color: Color; width: number } | null;
  justification: 'left' | 'right' | 'center' | 'justify';
  /** Thousandths of an em. */
  tracking: number;
  /** Pixels between lines; null if it is automatic. */
  leading: number | null;
  /** The box of paragraph text, in pixels of the layer; null for point text. */
  box: { left: number; top: number; width: number; height: number } | null;
  /** The names of every font that the layer uses, in all of its characters and at all times. */
  fonts: string[];
  /** Every character that the layer shows at any time, once; of Lottie documents only. */
  characters?: string;
}

/** A group or a property by the names that a job can use for it. */
export interface TemplateProperty {
  name: string;
  matchName: string;
  /** The properties in a group; only a group has them. */
  properties?: TemplateProperty[];
  /** What kind of value a control of an effect accepts, if the template says it. */
  takes?: ValueKind;
}

/** An effect of a layer. */
export interface TemplateEffect {
  name: string;
  matchName: string;
  enabled: boolean;
}

/** A marker of a composition or of a layer. */
export interface TemplateMarker {
  /** Seconds of the composition. */
  time: number;
  duration: number;
  comment: string;
}

/** What is switched on, in the words of After Effects' timeline. */
export type LayerSwitch =
  | 'visible'
  | 'audio'
  | 'effects'
  | 'motionBlur'
  | 'frameBlending'
  | 'collapse'
  | '3d'
  | 'solo'
  | 'shy'
  | 'locked'
  | 'guide'
  | 'preserveTransparency';

/** Something of a layer that the bundled renderer draws otherwise than After Effects does. */
export interface TemplateDifference {
  /** The rest of a sentence about the layer: `the effect Mosaic is not drawn`. */
  what: string;
  /** `dropped`: nothing of it is drawn. `approximated`: something is, and it does not look the same. */
  outcome: 'dropped' | 'approximated';
  /** Whether the picture is visibly wrong because of it. False of sound, for example. */
  visible: boolean;
  /** Seconds of the composition in which it shows, the end is exclusive; null if that is all of it. */
  time: { from: number; to: number } | null;
}

/** A layer, with what a job can change of it. */
export interface TemplateLayer {
  /** Unique in its composition. */
  id: number;
  /** From 1, as in After Effects' timeline. */
  index: number;
  /** Its own, or its source's. */
  name: string;
  kind: LayerKind;
  /** Seconds, in the composition. */
  start: number;
  in: number;
  out: number;
  /** Percent; 100 is normal speed. */
  stretch: number;
  /** Pixels: its source's, or the composition's if it has none. */
  width: number;
  height: number;
  /** The index of the parent layer. */
  parent: number | null;
  /** The name of the composition or footage that it shows, and its id. */
  source: string | null;
  sourceId: number | null;
  /** The layer that mattes this one, by its index. */
  trackMatte: { layer: number; type: 'alpha' | 'alphaInverted' | 'luma' | 'lumaInverted' } | null;
  /** As After Effects' BlendingMode, in lower case: `normal`, `multiply`. */
  blendMode: string;
  switches: LayerSwitch[];
  /** At its first moment; only of text layers. */
  text?: TemplateText;
  /** In their order. */
  effects: TemplateEffect[];
  /** Names, in their order. */
  masks: string[];
  markers: TemplateMarker[];
  /** What the bundled renderer draws otherwise than After Effects, if anything. */
  differences?: TemplateDifference[];
  /** An expression drives a property of it. */
  hasExpressions?: true;
  /**
   * The groups that are this layer's own, with all that is in them. What every layer of its kind has in After Effects
   * (Transform, …) is not listed, and neither are the controls of an effect, which are the same for all layers: see
   * `effects` of the model. Of a Lottie document: all that there is.
   */
  properties: TemplateProperty[];
}

/** A composition, with its layers from top to bottom. */
export interface TemplateComposition {
  /** Unique in the template, among compositions and footage. */
  id: number;
  name: string;
  /** The folders of the project that it lies in, from the outermost. */
  folder: string[];
  /** Pixels. */
  width: number;
  height: number;
  pixelAspect: number;
  /** Seconds. */
  duration: number;
  frameRate: number;
  frames: number;
  /** Seconds that are shown at its first frame; may be negative. */
  start: number;
  /**
   * The number that After Effects gives its first frame: the displayed start in frames, and the project's own first
   * frame number. aerender's `-s` and `-e` count like this. 0 of a Lottie document.
   */
  startFrame: number;
  /** Seconds, counted from the first frame. */
  workArea: { start: number; duration: number };
  background: Color;
  markers: TemplateMarker[];
  /** The fields of its Essential Graphics panel. */
  controls: TemplateControl[];
  layers: TemplateLayer[];
}

/** A file that the template shows. */
export interface TemplateFootage {
  id: number;
  name: string;
  kind: 'file' | 'solid' | 'placeholder';
  /** As the template writes it; null if the file is inside the template, or there is none. */
  path: string | null;
  /** The same from the template's own folder, with `/`; null if the template does not know it. */
  relativePath: string | null;
  /** Only of a Lottie document: every place where the file may be, from the template's folder; the first counts. */
  places?: string[];
  /** A sequence of numbered pictures: all files of its folder belong to it. */
  sequence?: true;
  /** Where it is in the archive that the template is. */
  packed?: true;
  /** Pixels; 0 of sound, and if it is not known. */
  width: number;
  height: number;
  /** Seconds; 0 of a still. */
  duration: number;
  frameRate: number;
  /** The color of a solid. */
  color?: Color;
}

/** A font by the names that a template has for it. */
export interface TemplateFont {
  /** As the texts name it. */
  name: string;
  family: string;
  style: string;
  /** The characters whose glyphs are written in the document, once each; left out if there are none. */
  glyphs?: string;
}

/** A field of the Essential Graphics panel. */
export interface TemplateControl {
  /** A UUID; null in older projects. */
  id: string | null;
  /** With the names of the groups around it, joined by `.`. */
  name: string;
  /** The same names one by one, the outermost group first. */
  path: string[];
  type: string;
  /** The property that it changes, by the ids of composition and layer and the steps from the layer down; null of none. */
  target: { compId: number; layerId: number; path: { matchName: string; index: number | null }[] } | null;
  /** As the panel shows it, if the template says it; a colour is [r, g, b, a] from 0 to 1. */
  value?: string | number | boolean | number[];
  /** The entries of a menu. */
  options?: string[];
}

/** All that was read of a template file: what `templates.model` answers and `templates show --json` prints. */
export interface TemplateModel {
  type: TemplateType;
  /** The program and version that wrote it, if the file says it. */
  writtenBy: string | null;
  /** The version of After Effects that wrote the project: an older one cannot open it. Null if unknown. */
  version: { major: number; minor: number; patch: number } | null;
  /** Null of a Lottie document. */
  bitsPerChannel: 8 | 16 | 32 | null;
  expressionEngine: 'extendscript' | 'javascript-1.0' | null;
  /** False if a part could not be read: a job is then not refused for what might be missing. */
  complete: boolean;
  /** What could not be read, in sentences. */
  warnings: string[];
  /** Chunks of the file that this reader does not know, and has passed over. */
  unknownChunks: number;
  /** What is rendered if a job names no composition. */
  mainComposition: string | null;
  compositions: TemplateComposition[];
  footage: TemplateFootage[];
  fonts: TemplateFont[];
  /** Fonts that the template brings along, in its folder `fonts`. */
  ownFonts: TemplateFont[];
  /** The controls of each kind of effect that the template uses, by match name. */
  effects: Record<string, TemplateProperty[]>;
}
