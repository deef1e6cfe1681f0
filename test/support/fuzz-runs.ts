/**
 * How many mutations a search tries. Ten thousand of the After Effects projects take half a minute;
 * `AERENDER_BATCH_FUZZ=100000` searches longer, `AERENDER_BATCH_FUZZ=500` is for a slow machine.
 */
const MUTATIONS = Number(process.env.AERENDER_BATCH_FUZZ ?? 10_000);

/** The part of them that one test tries. */
export function fuzzRuns(share: number): number {
  return Math.max(1, Math.ceil(MUTATIONS * share));
}
