/** A longer list of assets is refused by its schema, which says so. */
const MOST_ASSETS = 10_000;

/**
 * How many levels of jobs a payload has, counted no further than one over `limit`, and without recursion: a payload
 * from outside may be nested deeper than the stack is.
 */
export function depthOf(value: unknown, limit: number): number {
  let level = new Set<unknown>([value]);
  let depth = 0;
  while (level.size > 0 && depth <= limit) {
    depth += 1;
    // A set: an object that stands in many places of its level is as deep in one of them as in all.
    const next = new Set<unknown>();
    for (const job of level) for (const nested of nestedJobsOf(job)) next.add(nested);
    level = next;
  }
  return depth;
}

function nestedJobsOf(job: unknown): unknown[] {
  if (typeof job !== 'object' || job === null) return [];
  const { assets } = job as { assets?: unknown };
  if (!Array.isArray(assets) || assets.length > MOST_ASSETS) return [];
  return assets.filter((asset: { type?: unknown } | null) => asset?.type === 'job');
}
