import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { atLeast, atMost, inTurn, median, type Row } from './measure.ts';
import type { BenchStudio } from './studio.ts';

const JOBS = 60;
const ROUNDS = 5;
const NANOSECONDS = 1e6;
/** Jobs of a lower priority, which wait in the file meanwhile. */
const WAITING = 10_000;
const LARGEST_BATCH = 1_000;

/** Jobs a second with the least of renderers, against a bare pool that starts the same program; and what the host feels of it. */
export async function benchThroughput({ open, job, renderer, folder }: BenchStudio): Promise<Row[]> {
  const engine = await open('throughput', { paused: true });
  for (let stored = 0; stored < WAITING; stored += LARGEST_BATCH)
    await engine.batches.create({ jobs: Array.from({ length: LARGEST_BATCH }, () => job) });
  const bare = new Piscina({
    filename: new URL('./bare-worker.ts', import.meta.url).href,
    minThreads: 2,
    maxThreads: 2,
  });
  const jobs = Array.from({ length: JOBS }, () => ({ ...job, priority: 1 }));
  const delays = { ours: [] as number[], bare: [] as number[] };
  const times = await inTurn(
    ROUNDS,
    async () => {
      delays.ours.push(
        await p99(async () => {
          await engine.resume();
          const { stats } = await engine.batches.wait((await engine.batches.create({ jobs })).batchId);
          if (stats.finished !== JOBS) throw new Error(`only ${stats.finished} jobs finished`);
          await engine.pause();
        }),
      );
    },
    async () => {
      delays.bare.push(
        await p99(async () => {
          const argsOf = (index: number) => ['-output', join(folder, 'bare', `${index}.png`)];
          await Promise.all(jobs.map((_, index) => bare.run({ file: renderer, args: argsOf(index) })));
        }),
      );
    },
    // The last jobs of the round before.
    async () => {
      const running = () => engine.jobs.list({ states: ['render:dorender'] });
      while ((await running()).length > 0) await delay(10);
    },
  );
  await bare.destroy();
  await engine.close();
  const over = median(delays.ours) - median(delays.bare);
  return [
    atLeast('jobs a second / bare Piscina and execa', times.peer / times.ours, 0.9),
    atMost(`event-loop delay of the host, p99, ${WAITING} jobs in the file, over that of the bare pool (ms)`, over, 10),
  ];
}

async function p99(work: () => Promise<void>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  await work();
  monitor.disable();
  return monitor.percentile(99) / NANOSECONDS;
}
