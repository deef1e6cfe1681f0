/**
 * A job, understood once. `batches.create` resolves what a caller sent into this, stores it in the same transaction, and
 * nothing after it reads the payload again: an attempt is rendered from the plan alone.
 *
 * Plain JSON: it is kept in the database and crosses threads. Paths are absolute.
 */
import type { UsedFfmpeg } from '../aerender/bundled-encoder.ts';
import type { Step } from '../assets/asset.ts';
import type { UploadTarget } from '../contract/delivery.ts';
import type { TemplateType } from '../contract/formats.ts';
import type { Fault } from '../errors.ts';
import type { FontFile, WantedFont } from '../fonts/font.ts';
import type { ResolvedTemplate } from '../template/catalog.ts';

/** Raise it when an older plan can no longer be rendered as it is; jobs with an older one are planned from their payload. */
export const PLAN_VERSION = 1;

export interface JobPlan {
  version: typeof PLAN_VERSION;
  template: PlannedTemplate;
  /** The composition that is rendered; null only if the template could not be read whole and the job names none. */
  composition: string | null;
  renderer: PlannedRenderer;
  output: PlannedOutput;
  /** What is copied into the work folder for the job's assets. */
  files: PlannedFile[];
  /** What the script does to the open project, in the order of the job's assets. */
  steps: Step[];
  /** The very files that serve the job's texts, of those that the renderer does not find by itself. */
  fonts: PlannedFont[];
  webhook: PlannedWebhook | null;
  /** Left out: the output stays where it is published. */
  upload?: UploadTarget;
}

export interface PlannedTemplate {
  path: string;
  type: TemplateType;
  /** SHA-256 of the file, in hexadecimal. Size and time say first whether the file may have changed since. */
  hash: string;
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
  /** Footage and fonts that the renderer looks for beside the project, and so beside its copy. */
  beside: BesideFile[];
}

/** A file or a folder of files. `to` is a path from the project, with `/`; it may lead up. */
export interface BesideFile {
  from: string;
  to: string;
}

/** Which program renders. Where it is on this machine is looked up when an attempt begins: it may be installed anew. */
export interface PlannedRenderer {
  kind: 'after-effects' | 'bundled';
  /** The version of After Effects that the job asks for: `ae2026`. */
  engine: string;
  /** What the bundled renderer was to work with when the job was created; left out: node-av. */
  ffmpeg?: UsedFfmpeg;
}

/** First and last frame, both included. */
interface FrameRange {
  first: number;
  last: number;
}

export interface PlannedOutput {
  /** The id of a codec of `contract/settings.ts`. */
  codec: string;
  /** A range of frames as pictures: numbered files in one zip. */
  sequence: boolean;
  /** The frames that are rendered, as the renderer numbers them; null: the whole composition. */
  frames: FrameRange | null;
  /**
   * How many frames the output has; null if that is not known before the render. Of a whole composition it is what was
   * read of the project: if the renderer's log says another number, that one counts.
   */
  expectedFrames: number | null;
  quality: 'draft' | 'full';
  halfResolution: boolean;
  /** How many times larger the bundled renderer draws before it averages down; left out: 1. */
  supersample?: 2 | 4;
  /** Its name without the extension, if the job gives it one; left out: the id of the job. */
  fileName?: string;
  /** It may replace a file of that name. */
  overwrite?: true;
}

export interface PlannedFile {
  /** `project`: beside the project. `assets`: in a folder of its own, under a name that is safe in a script. */
  folder: 'project' | 'assets';
  /** The path in that folder, with `/`. */
  name: string;
  source: FileSource;
  /** The position of its asset in the job, for messages. */
  asset: number;
  /** Numbered pictures: `source` is their folder, these are their names, and `name` is that of the first. */
  sequence?: string[];
  /** A script of the job, which is made a function that is called at once. */
  isScript?: true;
}

/** A file of this machine; a `data:` URI, by the asset of the payload that holds it; or the output of a nested job. */
type FileSource = { path: string } | { payloadAsset: number } | { childAsset: number };

/** A font file that serves a text, and the face of it that is wanted. */
type PlannedFont = FontFile;

export interface PlannedWebhook {
  url: string;
  method: string;
  headers: Record<string, string>;
  /** What is sent in place of the job's own state, if the caller asked for that. */
  body?: unknown;
}

/** A job as it was understood, without the jobs that are nested in it. */
export interface PlannedJob {
  /** Null if it could not be found or read, which is one of the faults. */
  template: ResolvedTemplate | null;
  /** Null if there are faults. */
  plan: JobPlan | null;
  /** The published file's extension, without the dot. */
  extension: string;
  /** The name that the job gives it, made safe; null: the job's id. */
  fileName: string | null;
  faults: Fault[];
  warnings: string[];
  wantedFonts: WantedFont[];
  missingFonts: string[];
}
