/** What an engine is given to keep: template files and fonts. */
import { z } from 'zod';
import { sourceSchema, TEMPLATE_ID } from './fields.ts';

/** The kinds of template file: those of the cloud (`aep`, `mogrt`, `zip`), After Effects' XML form, and Lottie/Bodymovin. */
export const TEMPLATE_TYPES = ['aep', 'aepx', 'mogrt', 'zip', 'json', 'lottie'] as const;
/** The kind of a template file. */
export type TemplateType = (typeof TEMPLATE_TYPES)[number];

/** The program that renders: After Effects, or the renderer that this package brings. */
export type RendererKind = 'after-effects' | 'bundled';

/** The program that renders a template of this type. */
export function rendersWith(type: TemplateType): RendererKind {
  return type === 'json' || type === 'lottie' ? 'bundled' : 'after-effects';
}

export type ArchiveType = 'mogrt' | 'zip' | 'lottie';

/** Whether a template of this type is unpacked into a folder of its own. */
export function isArchive(type: TemplateType): type is ArchiveType {
  return type === 'mogrt' || type === 'zip' || type === 'lottie';
}

/** What the copy of a template is called in the work folder; null for an archive, which has its own name inside. */
export function nameOfCopy(type: TemplateType): string | null {
  return isArchive(type) ? null : `template.${type}`;
}

/** The body of `templates.add`. */
export const templateSchema = z.strictObject({
  id: z
    .string()
    .regex(TEMPLATE_ID, 'must be the id of a template: 26 capital letters and digits')
    .optional()
    .describe('The id that the cloud gave it. Left out: a new one.'),
  type: z.enum(TEMPLATE_TYPES).optional().describe('Left out: the file tells.'),
  src: sourceSchema.describe('The path of the file, or a file: URL.'),
  displayName: z.string().min(1).max(1_000).optional().describe('Left out: the name of the file.'),
});

/** A template file to register. */
export interface TemplateInput {
  /**
   * The id that the cloud gave the template, so that the same jobs run here and there. A template that has it already is
   * replaced; jobs that were created before keep the file that they were created with. A new id if left out.
   */
  id?: string | undefined;
  /** If left out, the content of the file decides. */
  type?: TemplateType | undefined;
  /** The path of the file, or a `file:` URL. */
  src: string;
  /** For people; the name of the file if left out. */
  displayName?: string | undefined;
}

/** What kinds of layer there are. `unknown`: of a kind that this library does not know. */
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

/** The largest font of the API. */
export const LARGEST_FONT_BYTES = 40 * 2 ** 20;

/** The body of `fonts.add`. */
export const fontSchema = z.strictObject({
  src: sourceSchema.describe('The path of a .ttf, .otf, .ttc or .otc file, or a file: URL.'),
  familyName: z.string().min(1).max(1_000).optional().describe('Left out: the font tells.'),
});

/** A font file for the engine's library. */
export interface FontInput {
  /** The path of a .ttf, .otf, .ttc or .otc file, or a `file:` URL. */
  src: string;
  /** For people; the name that the font itself has if left out. */
  familyName?: string | undefined;
}
