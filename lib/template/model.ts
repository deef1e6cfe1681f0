/** What a caller can know about a template of any kind. Plain JSON: it is stored, and crosses threads. */
import type { TemplateType } from '../contract/template.ts';

export type LayerKind =
  | 'text'
  | 'footage'
  | 'solid'
  | 'shape'
  | 'null'
  | 'camera'
  | 'light'
  | 'adjustment'
  | 'precomposition'
  | 'audio'
  | 'unknown';

export interface TemplateText {
  text: string;
  /** As the font itself says: `Inter`, `Bold`. */
  fontFamily: string;
  fontStyle: string;
  /** Pixels. */
  size: number;
}

export interface TemplateLayer {
  /** From 1, as in After Effects' timeline. */
  index: number;
  /** Its own, or its source's. */
  name: string;
  kind: LayerKind;
  /** Seconds, in the composition. */
  start: number;
  in: number;
  out: number;
  /** The index of the parent layer. */
  parent: number | null;
  /** The name of the composition or footage that it shows. */
  source: string | null;
  /** At its first moment; only of text layers. */
  text?: TemplateText;
  /** Names, in their order. */
  effects: string[];
}

export interface TemplateComposition {
  /** Unique in the template. */
  id: string;
  name: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Seconds. */
  duration: number;
  frameRate: number;
  frames: number;
  layers: TemplateLayer[];
}

export interface TemplateFootage {
  name: string;
  /** As the template writes it; null where the file lies inside the template. */
  path: string | null;
}

export interface TemplateFont {
  family: string;
  style: string;
}

export interface TemplateModel {
  type: TemplateType;
  /** The program and version that wrote it, where it tells. */
  writtenBy: string | null;
  /** False where a part could not be read: a job is then not refused for what might be missing. */
  complete: boolean;
  warnings: string[];
  /** What is rendered where a job names no composition. */
  mainComposition: string | null;
  compositions: TemplateComposition[];
  footage: TemplateFootage[];
  fonts: TemplateFont[];
}
