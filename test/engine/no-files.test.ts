import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStudio, SAMPLES } from '../support/engine.ts';

const font = fileURLToPath(new URL('../../assets/fonts/Inter-Bold.ttf', import.meta.url));
const skip = process.platform === 'win32' ? 'Windows has none of these among its files' : false;

describe('what is not a file', { skip }, () => {
  it('is refused as a template, a font, a picture and a script, and the engine goes on', {
    timeout: 60_000,
  }, async (t) => {
    const { engine, folder, project } = await openStudio(t, { paused: true, allowScripts: true });
    const pipe = (name: string) => {
      const path = join(folder, name);
      execFileSync('mkfifo', [path]);
      return path;
    };
    const unreadable = (reason: RegExp) => ({ code: 'TEMPLATE_UNREADABLE', message: reason });
    await assert.rejects(engine.templates.add({ src: pipe('a.aep') }), unreadable(/it is a named pipe, not a file/));
    await assert.rejects(engine.templates.add({ src: '/dev/zero' }), unreadable(/it is a device, not a file/));
    await assert.rejects(engine.templates.add({ src: folder }), unreadable(/it is a folder, not a file/));
    await assert.rejects(engine.fonts.add({ src: pipe('a.ttf') }), { code: 'FONT_INVALID', message: /a named pipe/ });
    const template = { id: 'project', src: project, composition: 'main' };
    const { errors = [] } = await engine.batches.create({
      jobs: [
        { template: { ...template, src: pipe('b.aep') }, assets: [] },
        { template, assets: [{ type: 'image', layerName: 'photo', src: pipe('a.png') }] },
        { template, assets: [{ type: 'script', src: pipe('a.jsx') }] },
        { template, assets: [{ type: 'static', name: 'a.bin', src: '/dev/zero' }] },
      ],
    });
    assert.deepEqual(
      errors.map(({ errorCode }) => errorCode),
      ['TEMPLATE_UNREADABLE', 'ASSET_INVALID', 'ASSET_INVALID', 'ASSET_INVALID'],
    );
    assert.equal((await engine.templates.add({ src: join(SAMPLES, 'invitation.json') })).type, 'json');
    assert.equal((await engine.fonts.add({ src: font })).fileName, 'Inter-Bold.ttf');
    await engine.close();
  });

  it('ends a job whose picture became one after it was created, and renders the next', {
    timeout: 60_000,
  }, async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const template = { id: 'x', src: join(SAMPLES, 'invitation.json'), composition: 'main' };
    const settings = { type: 'image' as const, frames: 0 };
    const photo = join(folder, 'photo.png');
    await copyFile(join(SAMPLES, 'images', 'mary.png'), photo);
    const assets = [{ type: 'image' as const, layerName: 'photo', src: photo }];
    const { batchId, jobs } = await engine.batches.create({
      jobs: [
        { template, settings, assets },
        { template, settings, assets: [] },
      ],
    });
    await rm(photo);
    execFileSync('mkfifo', [photo]);
    const words: string[] = [];
    engine.on('job:error', ({ error }) => words.push(error));
    await engine.resume();
    await engine.batches.wait(batchId);
    const [failed, finished] = await Promise.all(jobs.map(({ id }) => engine.jobs.get(id)));
    assert.deepEqual([failed?.status, finished?.status], ['error', 'finished']);
    assert.match(words.join(), /photo\.png cannot be used: it is a named pipe, not a file/);
  });
});
