import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { atLeast, inTurn, type Row } from './measure.ts';
import type { BenchStudio } from './studio.ts';

const JOBS = 60;
const ROUNDS = 5;
const NANOSECONDS = 1e6;

/** Jobs a second with the least of renderers, against a bare pool that starts the same program; and what the host feels of it. */
export async function benchThroughput({ open, job, renderer, folder }: BenchStudio): Promise<Row[]> {
  const engine = await open('throughput', { paused: false });
  const bare = new Piscina({
    filename: new URL('./bare-worker.ts', import.meta.url).href,
    minThreads: 2,
    maxThreads: 2,
  });
  const jobs = Array.from({ length: JOBS }, () => job);
  const idle = await p99(() => delay(2_000));
  const busy: number[] = [];
  const times = await inTurn(
    ROUNDS,
    async () => {
      busy.push(
        await p99(async () => {
          const { stats } = await engine.batches.wait((await engine.batches.create({ jobs })).batchId);
          if (stats.finished !== JOBS) throw new Error(`only ${stats.finished} jobs finished`);
        }),
      );
    },
    () =>
      Promise.all(
        jobs.map((_, index) => bare.run({ file: renderer, args: ['-output', join(folder, 'bare', `${index}.png`)] })),
      ),
  );
  await bare.destroy();
  await engine.close();
  return [
    atLeast('jobs a second / bare Piscina and execa', times.peer / times.ours, 0.9),
    {
      what: 'event-loop delay of the host, p99, over idle (ms)',
      ratio: Math.max(...busy) - idle,
      aim: '≤ 10',
      holds: Math.max(...busy) - idle <= 10,
    },
  ];
}

async function p99(work: () => Promise<void>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  await work();
  monitor.disable();
  return monitor.percentile(99) / NANOSECONDS;
}
