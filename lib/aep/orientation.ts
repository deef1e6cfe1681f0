import type { Chunk } from './chunks.ts';

/**
 * `LIST otst`: in `otky` an `otda` for each keyframe (or the only value): three float64 in degrees. The `cdat` of its
 * `tdbs` has the same numbers as little-endian, which is why it is not read. Source: py-aep (forticheprod).
 */
export function readOrientations(container: Chunk): number[][] {
  const orientations: number[][] = [];
  for (const chunk of container.first('otky')?.children() ?? []) {
    const fields = chunk.id === 'otda' ? chunk.fields(24) : null;
    if (fields) orientations.push([fields.getFloat64(0), fields.getFloat64(8), fields.getFloat64(16)]);
  }
  return orientations;
}
