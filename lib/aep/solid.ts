import type { Chunk } from './chunks.ts';

/** The colour and size of a solid. */
export interface SolidSource {
  kind: 'solid';
  /** Red, green, blue, from 0 to 1. */
  color: [number, number, number];
}

const NAME_AT = 26;

/**
 * `opti` of a solid, 282 bytes: `Soli`, 6 bytes, at 10 alpha, red, green, blue in float32, at 26 its name in 256 bytes.
 * Null where the footage is not a solid. Source: LottieFiles/lottie-docs, docs/aep.md.
 */
export function readSolidSource(opti: Chunk): { source: SolidSource; name: string } | null {
  const fields = opti.fields(NAME_AT);
  if (fields?.getUint32(0) !== 0x536f6c69) return null;
  const color: SolidSource['color'] = [fields.getFloat32(14), fields.getFloat32(18), fields.getFloat32(22)];
  const name = opti.data.subarray(NAME_AT);
  const end = name.indexOf(0);
  const text = new TextDecoder('windows-1252').decode(end === -1 ? name : name.subarray(0, end));
  return { source: { kind: 'solid', color }, name: text };
}
