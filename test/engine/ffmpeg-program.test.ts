import assert from 'node:assert/strict';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { probeVideo } from '../../lib/media/probe-output.ts';
import type { JobPlan } from '../../lib/plan/job-plan.ts';
import { openStudio } from '../support/engine.ts';
import { FFMPEG, WITHOUT_FFMPEG } from '../support/ffmpeg-program.ts';
import { smallDocument, solidLayer } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function template(t: TestContext) {
  const src = join(await temporaryFolder(t), 'card.json');
  await writeFile(src, JSON.stringify({ ...smallDocument([solidLayer('box', '#00ff00', 0, 0, 40, 40)]), op: 5 }));
  return { id: 'card', src, composition: 'main' };
}

/** The FFmpeg of this machine without some of its encoders, as one that was built without the GPL. */
async function ffmpegWithout(t: TestContext, encoders: string): Promise<string> {
  const folder = await temporaryFolder(t);
  await symlink(join(dirname(FFMPEG ?? ''), 'ffprobe'), join(folder, 'ffprobe'));
  const refuse = `case " $* " in *" -c:v "${encoders}*) echo "Unknown encoder" >&2; exit 1;; esac`;
  await writeFile(join(folder, 'ffmpeg'), `#!/bin/sh\n${refuse}\nexec ${FFMPEG} "$@"\n`);
  await chmod(join(folder, 'ffmpeg'), 0o755);
  return join(folder, 'ffmpeg');
}

describe('an engine with an FFmpeg program of its own', {
  skip: WITHOUT_FFMPEG || process.platform === 'win32',
}, () => {
  it('renders with it, and its plan names the program and its version', { timeout: 120_000 }, async (t) => {
    const { engine, folder } = await openStudio(t, { bundled: { ffmpeg: FFMPEG ?? '' } });
    const { batchId, jobs } = await engine.batches.create({ jobs: [{ template: await template(t) }] });
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    const id = jobs[0]?.id ?? '';
    assert.equal((await probeVideo((await engine.jobs.output(id)) ?? '')).frames, 5);
    using database = disposable(new Database(join(folder, 'renders.db'), { readonly: true }));
    const plan = JSON.parse(database.value.prepare('SELECT plan FROM job_payloads').pluck().get() as string) as JobPlan;
    assert.equal(plan.renderer.ffmpeg?.file, FFMPEG);
    assert.match(plan.renderer.ffmpeg?.version ?? '', /^\S*\d/);
    assert.equal(plan.renderer.ffmpeg?.encoder, 'libx264');
    assert.match((await engine.jobs.logs(id)) ?? '', /FFmpeg: .*ffmpeg, encoder libx264/);
  });

  it('refuses the codecs that it lacks, and names those that it has', { timeout: 60_000 }, async (t) => {
    const ffmpeg = await ffmpegWithout(t, '*264');
    const { engine } = await openStudio(t, { bundled: { ffmpeg }, paused: true });
    const card = await template(t);
    const { status, jobs, errors } = await engine.batches.create({
      jobs: [
        { template: card },
        { template: card, settings: { codec: 'video_prores_4444' } },
        { template: card, settings: { type: 'image', frames: 0 } },
      ],
    });
    assert.equal(status, 'partial');
    assert.deepEqual(jobs.map(({ index }) => index).sort(), [1, 2]);
    assert.deepEqual(
      errors?.map(({ index, errorCode }) => [index, errorCode]),
      [[0, 'FFMPEG_NOT_USABLE']],
    );
    const message = errors?.[0]?.error ?? '';
    assert.match(
      message,
      /cannot make video_h264_vbr_15mbps: none of libx264, .* works\. Of libx264 it says: Unknown encoder\. It makes video_prores_422, /,
    );
    assert.match(message, /bundled\.ffmpeg/);
  });

  it('refuses every job of the bundled renderer if the program is not there', async (t) => {
    const { engine } = await openStudio(t, { bundled: { ffmpeg: '/nowhere/ffmpeg' }, paused: true });
    const { errors } = await engine.batches.create({ jobs: [{ template: await template(t) }] });
    assert.equal(errors?.[0]?.errorCode, 'FFMPEG_NOT_USABLE');
    assert.match(errors?.[0]?.error ?? '', /\/nowhere\/ffmpeg cannot be used: it is not there/);
  });
});

function disposable(value: Database.Database) {
  return { value, [Symbol.dispose]: () => value.close() };
}
