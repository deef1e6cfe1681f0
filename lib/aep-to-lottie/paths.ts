import type { PropertyValue, ShapePath } from '../aep/read-project.ts';
import { rounded } from './keyframes.ts';

/** A path as a document has it: vertices, and tangents relative to them. */
export function convertPath(value: PropertyValue): unknown {
  const path = isPath(value) ? value : null;
  const points = (list: readonly [number, number][] = []) => list.map(([x, y]) => [rounded(x), rounded(y)]);
  return {
    i: points(path?.inTangents),
    o: points(path?.outTangents),
    v: points(path?.vertices),
    c: path?.closed ?? false,
  };
}

function isPath(value: PropertyValue): value is ShapePath {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'shape';
}
