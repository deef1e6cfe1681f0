import { extname } from 'node:path';
import type { TemplateType } from '../contract/library.ts';
import { encodingOf } from '../text-encoding.ts';

const ARCHIVES: Record<string, TemplateType> = { '.mogrt': 'mogrt', '.lottie': 'lottie' };

/** The type of a template by its first bytes; archives are told apart by their extension. Null if it is none. */
export function detectType(head: Uint8Array, path: string): TemplateType | null {
  const mark = Buffer.from(head.subarray(0, 4)).toString('latin1');
  if (mark === 'RIFX') return 'aep';
  if (mark === 'PK\u0003\u0004') return ARCHIVES[extname(path).toLowerCase()] ?? 'zip';
  // Without its byte order mark. The last character may be cut.
  const text = new TextDecoder(encodingOf(head)).decode(head);
  const start = text.trimStart();
  if (start.startsWith('<')) return /AfterEffectsProject/.test(text) ? 'aepx' : null;
  return start.startsWith('{') ? 'json' : null;
}
