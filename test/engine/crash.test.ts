import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AssetInput } from '../../lib/index.ts';
import { probeImage } from '../../lib/media/probe-output.ts';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { aeJob, FAKE_AERENDER, openStudio } from '../support/engine.ts';

const HOST = fileURLToPath(new URL('../fixtures/host.ts', import.meta.url));
const KILLED = new URL('../fixtures/killed-after-publish.ts', import.meta.url).href;
/** When a host is killed: after so many jobs have started in it. */
const MOMENTS = [
  { what: '10 times in the middle of a batch', kills: 10, workers: 2, starts: 1 },
  { what: '4 times while one job is published and the next one renders', kills: 4, workers: 1, starts: 2 },
] as const;

describe('a host that is killed', () => {
  for (const { what, kills, workers, starts } of MOMENTS)
    it(`loses and repeats nothing, killed ${what}`, async (t) => {
      const studio = await openStudio(t, { paused: true });
      await studio.engine.close();
      const renders = join(studio.folder, 'renders');
      const body = JSON.stringify({
        jobs: Array.from({ length: 16 }, (_, index) => aeJob(studio.project, `slow:${index}`)),
      });
      let batchId = '';
      for (let kill = 0; kill < kills; kill += 1) {
        const args = [
          '--conditions=source',
          HOST,
          join(studio.folder, 'renders.db'),
          renders,
          FAKE_AERENDER,
          ...(kill === 0 ? [body] : []),
        ];
        const host = spawn(process.execPath, args, {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, WORKERS: String(workers) },
        });
        let said = '';
        for await (const chunk of host.stdout) {
          said += chunk;
          batchId ||= /created (\w+)/.exec(said)?.[1] ?? '';
          if (said.split('started').length > starts && batchId !== '') break;
        }
        host.kill('SIGKILL');
        if (host.exitCode === null && host.signalCode === null) await once(host, 'exit');
      }

      const engine = await studio.open({ paused: false });
      const ends = new Map<string, number>();
      for (const name of ['job:finished', 'job:error', 'job:cancelled'] as const) {
        engine.on(name, ({ jobId }: { jobId: string }) => ends.set(jobId, (ends.get(jobId) ?? 0) + 1));
      }
      const batch = await engine.batches.wait(batchId);
      assert.deepEqual(batch.stats, { total: 16, finished: 16, error: 0, pending: 0 });
      assert.ok([...ends.values()].every((times) => times === 1));
      const files = (await readdir(renders)).filter((name) => name.endsWith('.png'));
      assert.equal(files.length, 16);
      for (const file of files) probeImage(join(renders, file));
      assert.deepEqual(await readdir(join(renders, '.aerender-batch')), []);
      await engine.close();
      assert.deepEqual(await findProcessesByArgument(studio.folder), []);
    });

  for (const { what, overwrite } of [
    { what: 'has a name of its own', overwrite: false },
    { what: 'replaces an earlier one', overwrite: true },
  ])
    it(`has one file, and the right one, if it is killed when an output that ${what} is published and not yet written down`, async (t) => {
      const studio = await openStudio(t, { paused: true });
      await studio.engine.close();
      const renders = join(studio.folder, 'renders');
      await mkdir(renders, { recursive: true });
      await writeFile(join(renders, 'precious.png'), 'of somebody else');
      if (overwrite) await writeFile(join(renders, 'film.png'), 'old');
      const child: AssetInput = {
        ...{ type: 'job', layerName: 'layer', template: { src: studio.project, composition: 'good' } },
        ...{ settings: { type: 'image', frames: 0 }, local: { fileName: 'inner' } },
      };
      const local = { fileName: 'film', overwrite, metadata: { order: 7 } };
      const jobs = [aeJob(studio.project, 'good', { local, tags: ['vip'], assets: [child] })];
      const host = spawn(
        process.execPath,
        [
          ...[
            '--conditions=source',
            '--import',
            KILLED,
            HOST,
            join(studio.folder, 'renders.db'),
            renders,
            FAKE_AERENDER,
          ],
          JSON.stringify({ jobs }),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, WORKERS: '1', KILLED_AFTER: 'film.png' } },
      );
      const said = text(host.stdout);
      const [, signal] = await once(host, 'exit');
      assert.equal(signal, 'SIGKILL', 'the host came to the moment');
      const batchId = /created (\w+)/.exec(await said)?.[1] ?? '';
      assert.doesNotThrow(() => probeImage(join(renders, 'film.png')), 'it was published');

      const heard: unknown[] = [];
      const engine = await studio.open({
        paused: false,
        events: {
          'job:finished': ({ outputPath, local: { metadata } }) => heard.push([basename(outputPath), metadata]),
        },
      });
      const batch = await engine.batches.wait(batchId);
      assert.equal(batch.status, 'finished', batch.jobs[0]?.stats?.error ?? '');
      assert.deepEqual(heard, [['film.png', { order: 7 }]]);
      assert.equal(await engine.jobs.output(batch.jobs[0]?.id ?? ''), join(renders, 'film.png'));
      const files = (await readdir(renders)).filter((name) => name.endsWith('.png'));
      assert.deepEqual(files.sort(), ['film.png', 'inner.png', 'precious.png']);
      for (const name of ['film.png', 'inner.png']) probeImage(join(renders, name));
      assert.equal(await readFile(join(renders, 'precious.png'), 'utf8'), 'of somebody else');
      assert.deepEqual(await readdir(join(renders, '.aerender-batch')), []);
    });

  it('leaves a second engine on the same file, which takes over', async (t) => {
    const { engine, project, open } = await openStudio(t);
    const second = await open();
    const { batchId } = await second.batches.create({
      jobs: [aeJob(project, 'slow'), aeJob(project, 'slow'), aeJob(project, 'slow')],
    });
    await new Promise((resolve) => second.once('job:finished', resolve));
    await engine.close({ running: 'kill' });
    assert.deepEqual((await second.batches.wait(batchId)).stats, { total: 3, finished: 3, error: 0, pending: 0 });
  });
});
