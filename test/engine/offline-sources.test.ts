import assert from 'node:assert/strict';
import { copyFile, cp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { JobCreationInput, ResolveUrl } from '../../lib/index.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';

const CLOUD = 'https://cdn.example.com';
const CLOUD_ID = '01J9ZDK4V1TQ6N3W0Y5XGQ2H8R';
const invitation = join(SAMPLES, 'invitation.json');
const photo = join(SAMPLES, 'images', 'alan.png');

/** A job of the cloud: nothing in it lies on this machine. */
const cloudJob: JobCreationInput = {
  template: { id: CLOUD_ID, src: `${CLOUD}/invitation.json`, composition: 'main' },
  assets: [{ type: 'image', layerName: 'photo', src: `${CLOUD}/ada.png?token=1` }],
  settings: { type: 'image', frames: 0 },
};

/** Takes the last part of a URL's path, and looks for it in a folder. */
const lastPartIn =
  (folder: string, asked: string[] = []): ResolveUrl =>
  (url) => {
    asked.push(url);
    return join(folder, basename(new URL(url).pathname));
  };

describe('a URL as a source', () => {
  it('becomes the file that the option resolve names, which is asked once for each URL of a call', async (t) => {
    const asked: string[] = [];
    let folder = '';
    const studio = await openStudio(t, { resolve: (url) => lastPartIn(folder, asked)(url) });
    folder = studio.folder;
    await cp(SAMPLES, folder, { recursive: true });
    await copyFile(photo, join(folder, 'ada.png'));
    const { batchId, errors } = await studio.engine.batches.create({ jobs: [cloudJob, cloudJob, cloudJob] });
    assert.equal(errors, undefined);
    assert.deepEqual(asked, [`${CLOUD}/invitation.json`, `${CLOUD}/ada.png?token=1`]);
    const { status, jobs } = await studio.engine.batches.wait(batchId);
    assert.equal(status, 'finished');
    assert.deepEqual(
      [...(await readFile(await studio.engine.jobs.output(jobs[0]?.id ?? ''))).subarray(1, 4)],
      [80, 78, 71],
    );
  });

  it('may be resolved later, to a file: URL, or to the bytes themselves', async (t) => {
    const answers: Record<string, string> = {
      [`${CLOUD}/invitation.json`]: pathToFileURL(invitation).href,
      [`${CLOUD}/ada.png?token=1`]: `data:image/png;base64,${await readFile(photo, 'base64')}`,
    };
    const { engine } = await openStudio(t, { paused: true, resolve: async (url) => answers[url] });
    const { errors } = await engine.batches.create({ jobs: [cloudJob] }, { dryRun: true });
    assert.equal(errors, undefined);
  });

  it('is refused with what is to be done where nothing resolves it', async (t) => {
    const refusals: [resolve: ResolveUrl | undefined, RegExp][] = [
      [undefined, /https: sources need the network.*or map URLs to files with the option resolve/],
      [() => undefined, /the option resolve names no file for https:\/\/cdn\.example\.com\/invitation\.json/],
      [() => null, /the option resolve names no file/],
      [() => 3 as never, /must return the path of a file for https:.*, not 3/],
      [() => '', /must return the path of a file/],
      [() => `${CLOUD}/again`, /must return the path of a file/],
      [
        () => {
          throw new Error('no such bucket');
        },
        /the option resolve failed for https:.*: no such bucket/,
      ],
      [() => 'data:,x', /must be a file, not a data: URI/],
    ];
    for (const [resolve, message] of refusals) {
      const { engine } = await openStudio(t, { paused: true, ...(resolve === undefined ? {} : { resolve }) });
      const { errors } = await engine.batches.create({ jobs: [cloudJob] }, { dryRun: true });
      assert.equal(errors?.[0]?.errorCode, 'ASSET_SOURCE_UNSUPPORTED');
      assert.match(errors[0]?.error ?? '', message);
      await assert.rejects(engine.templates.add({ src: `${CLOUD}/invitation.json` }), {
        code: 'VALIDATION_ERROR',
        message,
      });
      await engine.close();
    }
  });

  it('that is resolved to a file which is not there names the file', async (t) => {
    const { engine } = await openStudio(t, { paused: true, resolve: lastPartIn('/nowhere') });
    const { errors } = await engine.batches.create({ jobs: [cloudJob] }, { dryRun: true });
    assert.equal(errors?.[0]?.errorCode, 'TEMPLATE_NOT_FOUND');
    assert.match(errors[0]?.error ?? '', /nowhere.invitation\.json/);
  });

  it('serves templates and fonts that are added, and no other scheme', async (t) => {
    const { engine } = await openStudio(t, { paused: true, resolve: () => invitation });
    assert.equal((await engine.templates.add({ src: `${CLOUD}/x` })).type, 'json');
    await assert.rejects(engine.fonts.add({ src: `${CLOUD}/font.otf` }), { code: 'FONT_INVALID' });
    await assert.rejects(engine.templates.add({ src: 's3://bucket/x' }), /s3: sources need the network/);
  });
});

describe('a template under the id of the cloud', () => {
  it('is found by jobs that name it', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    assert.equal((await engine.templates.add({ id: CLOUD_ID, src: invitation })).id, CLOUD_ID);
    const { successCount } = await engine.batches.create({
      jobs: [{ template: { id: CLOUD_ID, composition: 'main' } }],
    });
    assert.equal(successCount, 1);
  });

  it('takes the place of the one that had it, for the jobs that come', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const first = await engine.templates.add({ id: CLOUD_ID, src: invitation });
    const other = join(folder, 'other.json');
    await copyFile(invitation, other);
    const second = await engine.templates.add({ id: CLOUD_ID, src: other });
    assert.deepEqual([second.displayName, second.createdAt], ['other.json', first.createdAt]);
    assert.equal((await engine.templates.list()).length, 1);
  });

  it('is refused if the cloud gives no such ids', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    for (const id of ['', 'invitation', '01j9zdk4v1tq6n3w0y5xgq2h8r', `${CLOUD_ID}0`]) {
      await assert.rejects(engine.templates.add({ id, src: invitation }), { code: 'VALIDATION_ERROR', message: /^id/ });
    }
  });
});
