/** The middle of several runs: one that was disturbed does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** Milliseconds of two pieces of work, run in turn so that a noisy machine disturbs both alike; `before` is not counted. */
export async function inTurn(
  rounds: number,
  ours: () => unknown,
  peer: () => unknown,
  before: () => unknown = () => {},
): Promise<{ ours: number; peer: number }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of [
      ['ours', ours],
      ['peer', peer],
    ] as const) {
      await before();
      const begun = performance.now();
      await work();
      // The first round warms up.
      if (round > 0) times[name].push(performance.now() - begun);
    }
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}

export interface Row {
  what: string;
  ratio: number;
  aim: string;
  holds: boolean;
}

export function atMost(what: string, ratio: number, limit: number): Row {
  return { what, ratio, aim: `≤ ${limit}`, holds: ratio <= limit };
}

export function atLeast(what: string, ratio: number, limit: number): Row {
  return { what, ratio, aim: `≥ ${limit}`, holds: ratio >= limit };
}
