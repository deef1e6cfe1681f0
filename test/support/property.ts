import fc from 'fast-check';

/**
 * How many mutations a search tries. Two thousand of the After Effects projects take a few seconds; `npm run test:long`
 * tries 42,000.
 */
const MUTATIONS = Number(process.env.AERENDER_BATCH_FUZZ ?? 2_000);

// A change is judged by the same inputs every time; the long form looks for new ones.
if (process.env.AERENDER_BATCH_FUZZ === undefined) fc.configureGlobal({ seed: 20_261_125 });

/** The part of them that one test tries. */
export function fuzzRuns(share: number): number {
  return Math.max(1, Math.ceil(MUTATIONS * share));
}

export { fc };
