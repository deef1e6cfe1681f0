import { z } from 'zod';
import { sourceSchema } from './text.ts';

/** The largest font of the API. */
export const LARGEST_FONT_BYTES = 40 * 2 ** 20;

/** The body of `fonts.add`. */
export const fontSchema = z.strictObject({
  src: sourceSchema.describe('The path of a .ttf, .otf, .ttc or .otc file, or a file: URL.'),
  familyName: z.string().min(1).max(1_000).optional().describe('Left out: the font tells.'),
});

export type FontInput = z.input<typeof fontSchema>;
