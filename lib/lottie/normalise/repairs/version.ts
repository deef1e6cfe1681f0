import type { LottieDocument } from '../../document/index.ts';

/** Whether the exporter was older; a document that does not say counts as a new one. */
export function isOlder({ v }: LottieDocument, than: readonly [number, number, number]): boolean {
  const parts = (v ?? '').split('.').map((part) => Number.parseInt(part, 10));
  if (Number.isNaN(parts[0] ?? Number.NaN)) return false;
  for (const [place, limit] of than.entries()) {
    const part = parts[place] ?? 0;
    if (part !== limit) return part < limit;
  }
  return false;
}
