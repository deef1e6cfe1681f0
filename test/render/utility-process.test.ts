import assert from 'node:assert/strict';
import { access, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { EngineOptions } from '../../lib/config.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { readProcess } from '../../lib/processes/table.ts';
import { openStudio } from '../support/engine.ts';
import { FFMPEG, WITHOUT_FFMPEG } from '../support/ffmpeg-program.ts';
import { smallDocument, solidLayer, transform } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fakeUtilityProcess } from '../support/utility-process.ts';

type Fork = NonNullable<NonNullable<EngineOptions['bundled']>['spawn']>;

const SIZE = { w: 64, h: 36 };

/** A square that moves, in a document of so many frames. */
function movingSquare(frames: number, assets: object[] = [], under: object[] = []) {
  const square = solidLayer('square', '#ff8000', 0, 0, 12, 12, { op: frames });
  const straight = { i: { x: 1, y: 1 }, o: { x: 0, y: 0 } };
  const moving = { a: 1, k: [{ t: 0, s: [0, 0, 0], e: [52, 24, 0], ...straight }, { t: frames }] };
  Object.assign(square.ks, { p: moving });
  return { ...smallDocument([square, ...under], assets), ...SIZE, op: frames };
}

/** An engine in an app that may not be started again, and whose documents are rendered by utility processes. */
async function openApp(t: TestContext, { spawn, ...bundled }: EngineOptions['bundled'] = {}) {
  const folder = await temporaryFolder(t);
  const app = join(folder, 'app');
  await writeFile(app, `#!/bin/sh\ntouch "${folder}/started"\n`, { mode: 0o755 });
  const electron = fakeUtilityProcess({ node: process.execPath, app });
  /** The processes that were asked for, with the trial as the first one. */
  const children: ReturnType<Fork>[] = [];
  const fork: Fork = (...args) => {
    const child = electron.fork(...args);
    children.push(child);
    return child;
  };
  const studio = await openStudio(t, { bundled: { ...bundled, spawn: spawn ?? fork }, allowScripts: true });
  const write = async (document: object) => {
    const src = join(studio.folder, 'document.json');
    await writeFile(src, JSON.stringify(document));
    return { template: { id: 'document', src, composition: 'main' } };
  };
  const wasStarted = () =>
    access(join(folder, 'started')).then(
      () => true,
      () => false,
    );
  return { ...studio, children, write, wasStarted };
}

/** Renders a job to its end. */
async function render(engine: BatchEngine, job: JobCreationInput) {
  const { batchId, jobs, errors } = await engine.batches.create({ jobs: [job] });
  assert.deepEqual(errors ?? [], []);
  const [{ id = '' } = {}] = jobs;
  await engine.batches.wait(batchId);
  return await engine.jobs.get(id);
}

async function framesOf(path: string, frameRate: number): Promise<string[]> {
  await using decoder = new VideoDecoder(path);
  const frames: string[] = [];
  for (let frame = 0; frame < 10; frame += 1)
    frames.push((await decoder.frameAt(frame / frameRate))?.pixels.toString('base64') ?? '');
  return frames;
}

const skip = process.platform === 'win32' && 'a shell script stands in for the app';

describe('a utility process of Electron', { skip, timeout: 300_000 }, () => {
  it('renders a video and tells its progress, and the app is not opened again', async (t) => {
    const { engine, write, children, wasStarted } = await openApp(t);
    const frames: (number | null)[] = [];
    engine.on('job:progress', ({ frame }) => frames.push(frame));
    const assets = [{ type: 'data' as const, layerName: 'square', property: 'Opacity', value: 50 }];
    const job = await render(engine, { ...(await write(movingSquare(50))), assets });
    assert.equal(job.status, 'finished', job.stats.error ?? '');
    assert.equal(frames.at(-1), 50);
    assert.equal(children.length, 2);
    assert.equal(await wasStarted(), false);
  });

  it('has an FFmpeg program decode and encode for it, to the frames of node-av', {
    skip: WITHOUT_FFMPEG,
  }, async (t) => {
    const { engine, write, folder } = await openApp(t, { ffmpeg: FFMPEG ?? '' });
    const native = await openStudio(t);
    const settings = { codec: 'video_prores_4444' } as const;
    const clip = await render(native.engine, { ...(await write(movingSquare(10))), settings });
    await copyFile(await native.engine.jobs.output(clip.id), join(folder, 'clip.mov'));
    const asset = { id: 'clip', ...SIZE, u: '', p: 'clip.mov', e: 0, t: 2 };
    const shown = { ty: 9, nm: 'clip', refId: 'clip', ip: 0, op: 10, st: 2, ks: transform(8, 2, 50) };
    const template = await write(movingSquare(10, [asset], [shown]));
    const outputs: string[][] = [];
    for (const { engine: one } of [{ engine }, native]) {
      const job = await render(one, { ...template, settings });
      assert.equal(job.status, 'finished', job.stats.error ?? '');
      outputs.push(await framesOf(await one.jobs.output(job.id), 25));
    }
    assert.equal(new Set(outputs[0]).size, 10);
    assert.deepEqual(outputs[0], outputs[1]);
  });

  it('is ended by a cancel', async (t) => {
    const { engine, write, children } = await openApp(t);
    const progress = Promise.withResolvers<number>();
    engine.on('job:progress', () => progress.resolve(children.at(-1)?.pid ?? 0));
    const { batchId, jobs } = await engine.batches.create({ jobs: [await write(movingSquare(50_000))] });
    const pid = await progress.promise;
    assert.ok((await readProcess(pid)) !== undefined);
    await engine.batches.cancel(batchId, { running: 'kill' });
    await engine.batches.wait(batchId);
    assert.equal((await engine.jobs.get(jobs[0]?.id ?? '')).status, 'manually_cancelled');
    assert.equal(await readProcess(pid), undefined);
  });

  it('that crashes is followed by another one', async (t) => {
    const { engine, write, children } = await openApp(t);
    engine.once('job:progress', () => process.kill(children.at(-1)?.pid ?? 0, 'SIGSEGV'));
    const job = await render(engine, await write(movingSquare(500)));
    assert.equal(job.status, 'finished', job.stats.error ?? '');
    const [first] = await engine.jobs.attempts(job.id);
    assert.equal(`${first?.errorCode} ${first?.error}`, 'RENDER_CRASHED The renderer crashed (exit code 11).');
    assert.equal(children.length, 3);
  });

  it('is ended with the engine', async (t) => {
    const { engine, write, children } = await openApp(t);
    const progress = Promise.withResolvers<number>();
    engine.on('job:progress', () => progress.resolve(children.at(-1)?.pid ?? 0));
    await engine.batches.create({ jobs: [await write(movingSquare(50_000))] });
    const pid = await progress.promise;
    await engine.close({ running: 'kill' });
    assert.equal(await readProcess(pid), undefined);
  });

  it('gets no code of others: such jobs are refused, and what a template has been given since is not run', async (t) => {
    const { engine, write, folder, wasStarted } = await openApp(t);
    const document = movingSquare(5);
    const plain = await write(document);
    await writeFile(join(folder, 'own.jsx'), '1;');
    const refusals = async (job: JobCreationInput) => {
      const { errors = [] } = await engine.batches.create({ jobs: [job] });
      return errors.map(({ errorCode, error }) => `${errorCode} ${error.split(',', 1)}`);
    };
    const opacity = { type: 'data' as const, layerName: 'square', property: 'Opacity', expression: '50' };
    assert.deepEqual(await refusals({ ...plain, assets: [opacity] }), [
      'NODE_NOT_STARTABLE assets[0] is an expression',
    ]);
    const script = { type: 'script' as const, src: join(folder, 'own.jsx') };
    assert.deepEqual(await refusals({ ...plain, assets: [script] }), ['NODE_NOT_STARTABLE assets[0] is a script']);
    const driven = structuredClone(document);
    Object.assign(driven.layers[0] ?? {}, {
      ks: { ...transform(), o: { a: 0, k: 100, x: 'var $bm_rt; $bm_rt = 50;' } },
    });
    assert.deepEqual(await refusals(await write(driven)), [
      "NODE_NOT_STARTABLE layer 'square' of composition 'main' has an expression",
    ]);
    await engine.pause();
    const { batchId, jobs } = await engine.batches.create({ jobs: [await write(document)] });
    await write(driven);
    await engine.resume();
    await engine.batches.wait(batchId);
    const { status, local } = await engine.jobs.get(jobs[0]?.id ?? '');
    assert.deepEqual([status, local.errorCode], ['error', 'NODE_NOT_STARTABLE']);
    assert.equal(await wasStarted(), false);
  });

  it('that cannot be started refuses the jobs that need it, with the reason', async (t) => {
    const throws = () => {
      throw new Error('utilityProcess cannot be created before app is ready');
    };
    const broken: Fork = (_, args, options) =>
      fakeUtilityProcess({ node: process.execPath, app: '/app' }).fork('/nowhere/module.js', args, options);
    for (const [spawn, reason] of [
      [throws, /bundled\.spawn: utilityProcess cannot be created before app is ready/],
      [broken, /bundled\.spawn: \S+lottie-renderer\.ts ended with exit code 1/],
    ] as const) {
      const { engine, write } = await openApp(t, { spawn });
      const { errors = [] } = await engine.batches.create({ jobs: [await write(movingSquare(5))] });
      assert.deepEqual(
        errors.map(({ errorCode }) => errorCode),
        ['NODE_NOT_STARTABLE'],
      );
      assert.match(errors[0]?.error ?? '', reason);
    }
  });
});
