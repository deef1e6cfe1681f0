/**
 * How many mutations a search tries. Two thousand of the After Effects projects take a few seconds; `npm run test:long`
 * tries 42,000.
 */
const MUTATIONS = Number(process.env.AERENDER_BATCH_FUZZ ?? 2_000);

/** The part of them that one test tries. */
export function fuzzRuns(share: number): number {
  return Math.max(1, Math.ceil(MUTATIONS * share));
}
