import { z } from 'zod';
import { sourceSchema } from './text.ts';

/** The kinds of template file: those of the cloud (`aep`, `mogrt`, `zip`), After Effects' XML form, and Lottie/Bodymovin. */
export const TEMPLATE_TYPES = ['aep', 'aepx', 'mogrt', 'zip', 'json', 'lottie'] as const;
export type TemplateType = (typeof TEMPLATE_TYPES)[number];

/** The program that renders: After Effects, or the renderer that this package brings. */
export type RendererKind = 'after-effects' | 'bundled';

/** The program that renders a template of this type. */
export function rendersWith(type: TemplateType): RendererKind {
  return type === 'json' || type === 'lottie' ? 'bundled' : 'after-effects';
}

/** Whether a template of this type is unpacked into a folder of its own. */
export function isArchive(type: TemplateType): type is 'mogrt' | 'zip' | 'lottie' {
  return type === 'mogrt' || type === 'zip' || type === 'lottie';
}

/** The body of `templates.add`. */
export const templateSchema = z.strictObject({
  type: z.enum(TEMPLATE_TYPES).optional().describe('Left out: the file tells.'),
  src: sourceSchema.describe('The path of the file, or a file: URL.'),
  displayName: z.string().min(1).max(1_000).optional().describe('Left out: the name of the file.'),
});

/** A template file to register. */
export interface TemplateInput {
  /** If left out, the content of the file decides. */
  type?: TemplateType | undefined;
  /** The path of the file, or a `file:` URL. */
  src: string;
  /** For people; the name of the file if left out. */
  displayName?: string | undefined;
}
