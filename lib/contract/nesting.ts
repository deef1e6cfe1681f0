/**
 * How many levels of jobs a payload has, counted no further than one over `limit`, and without recursion: a payload
 * from outside may be nested deeper than the stack is.
 */
export function depthOf(value: unknown, limit: number): number {
  let level: unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= limit) {
    depth += 1;
    level = level.flatMap(nestedJobsOf);
  }
  return depth;
}

function nestedJobsOf(job: unknown): unknown[] {
  if (typeof job !== 'object' || job === null) return [];
  const { assets } = job as { assets?: unknown };
  if (!Array.isArray(assets)) return [];
  return assets.filter((asset: { type?: unknown } | null) => asset?.type === 'job');
}
