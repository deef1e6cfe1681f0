import { extname } from 'node:path';
import type { TemplateType } from '../contract/template.ts';

const ARCHIVES: Record<string, TemplateType> = { '.mogrt': 'mogrt', '.lottie': 'lottie' };

/** The type of a template by its first bytes; archives are told apart by their extension. Null where it is none. */
export function detectType(head: Uint8Array, path: string): TemplateType | null {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('RIFX')) return 'aep';
  if (text.startsWith('PK\u0003\u0004')) return ARCHIVES[extname(path).toLowerCase()] ?? 'zip';
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (start.startsWith('<')) return /AfterEffectsProject/.test(text) ? 'aepx' : null;
  return start.startsWith('{') ? 'json' : null;
}
