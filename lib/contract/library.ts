/** What an engine is given to keep: template files and fonts. */
import { z } from 'zod';
import { sourceSchema, TEMPLATE_ID } from './fields.ts';
import { TEMPLATE_TYPES, type TemplateType } from './formats.ts';

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
