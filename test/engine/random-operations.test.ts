import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStudio } from '../support/engine.ts';
import { RandomWalk, stepsOf } from '../support/random-walk.ts';

const { AERENDER_BATCH_SOAK: soak, AERENDER_BATCH_SEED: seedOfCaller } = process.env;
/** How long it goes on. The suite keeps to a few seconds; a soak takes hours. */
const SECONDS = Number(soak ?? 4);
/**
 * The seed of the first walk; each next walk adds one, and a failure names its seed. The suite takes the same walks each
 * time, so that a change is judged by itself; a soak looks for new ones.
 */
const SEED = Number(seedOfCaller ?? (soak === undefined ? 1 : Date.now() % 1_000_000));
/** What the runtime itself may take on its way. */
const MEGABYTES_OF_NOISE = 16;

/** What comes and goes by itself. */
const PASSING = new Set(['Immediate', 'FSReqCallback']);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function handlesLeft(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => !PASSING.has(kind))
    .toSorted();
}

function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe('random operations', () => {
  it('end each job once, leave nothing behind, and take no memory', async (t) => {
    const { engine, folder, project } = await openStudio(t, { paused: true });
    await engine.close();
    const until = performance.now() + SECONDS * 1000;
    let walks = 0;
    const tally = new Map<string, number>();
    let start: { heap: number; handles: string[] } | undefined;
    do {
      const seed = SEED + walks;
      const ground = { database: join(folder, `${seed}.db`), outputDir: join(folder, `${seed}`), project };
      const walk = new RandomWalk(ground);
      await walk.run(stepsOf(seed)).catch((error: unknown) => walk.faults.push(String(error)));
      assert.deepEqual(walk.faults, [], `seed ${seed}`);
      await rm(ground.outputDir, { recursive: true, force: true });
      for (const [end, jobs] of Object.entries(walk.tally)) tally.set(end, (tally.get(end) ?? 0) + jobs);
      walks += 1;
      // The first one loads and compiles.
      start ??= { heap: heapMegabytes(), handles: handlesLeft() };
    } while (performance.now() < until);
    const heap = heapMegabytes();
    const handles = handlesLeft();
    const ends = [...tally].map(([end, jobs]) => `${jobs} ${end}`).join(', ');
    t.diagnostic(`${walks} walks; jobs: ${ends}`);
    t.diagnostic(`heap ${start.heap.toFixed(1)} to ${heap.toFixed(1)} MB`);
    t.diagnostic(`handles ${start.handles.join(' ')} to ${handles.join(' ')}`);
    assert.ok(heap - start.heap < MEGABYTES_OF_NOISE, `${heap - start.heap} MB more than after the first walk`);
    assert.deepEqual(handles, start.handles);
  });
});
