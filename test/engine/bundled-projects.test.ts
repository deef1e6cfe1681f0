import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { BatchEngine, type EngineOptions, type JobCreationInput } from '../../lib/index.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { DrawnFrame } from '../support/drawn-frame.ts';
import { DISSOLVING, SIZE, squareProject } from '../support/square-project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BLACK = '#000000';
const BLUE = '#0000ff';
const GREEN = '#00ff00';

/** An engine that renders projects without After Effects, and a project. */
async function open(t: TestContext, options: Partial<EngineOptions> = {}, bytes = squareProject()) {
  const folder = await temporaryFolder(t);
  const src = join(folder, 'template.aep');
  await writeFile(src, bytes);
  const files = { database: join(folder, 'renders.db'), outputDir: join(folder, 'renders') };
  const engine = await BatchEngine.open({ ...files, workers: 1, renderer: 'bundled', ...options });
  t.after(() => engine.close({ running: 'kill' }));
  const job = (more: Partial<JobCreationInput> = {}): JobCreationInput => ({
    template: { id: 'template', src, composition: 'main' },
    settings: { type: 'image', frames: 10 },
    ...more,
  });
  return { engine, job };
}

async function frameOf(engine: BatchEngine, id: string): Promise<DrawnFrame> {
  await using decoder = new VideoDecoder(await engine.jobs.output(id));
  const picture = await decoder.frameAt(0);
  assert.ok(picture);
  return new DrawnFrame(picture.pixels, SIZE.width, SIZE.height);
}

describe('a batch of After Effects projects without After Effects', () => {
  it('is rendered with its assets carried out, nested jobs included', async (t) => {
    const { engine, job } = await open(t);
    const green = { type: 'function', name: 'nx:solid-color-set', layerName: 'square', composition: 'inner' } as const;
    const placed = {
      type: 'data',
      layerName: 'square',
      composition: 'inner',
      property: 'Transform->Position',
    } as const;
    const nested = job({ assets: [{ ...green, params: { color: [0, 1, 0] } }] } as never);
    const { batchId, errors } = await engine.batches.create({
      jobs: [
        job({ assets: [{ ...placed, value: [40, 10] }] } as never),
        job({ assets: [{ type: 'job', layerName: 'inner', ...nested }] } as never),
      ],
    });
    assert.equal(errors, undefined);
    const { jobs, status } = await engine.batches.wait(batchId);
    assert.equal(status, 'finished');
    const frames = await Promise.all(jobs.map(({ id }) => frameOf(engine, id)));
    assert.deepEqual(
      frames.map((frame) => [frame.at(5, 5), frame.at(40, 5)]),
      [
        [BLACK, BLUE],
        [GREEN, BLACK],
      ],
    );
  });

  it('refuses what would be visibly wrong, and names it', async (t) => {
    const { engine, job } = await open(t, { paused: true }, squareProject(DISSOLVING));
    const { errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors?.[0]?.errorCode, 'FEATURE_UNSUPPORTED');
    assert.match(
      errors[0].error,
      /In composition 'main', layer 'dust' will look different: its blend mode DISSOLVE is normal\./,
    );
  });

  it('accepts it with a warning if that is allowed', async (t) => {
    const allowed = { paused: true, bundled: { allowUnsupported: true } };
    const { engine, job } = await open(t, allowed, squareProject(DISSOLVING));
    const { jobs, errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors, undefined);
    const [warning] = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.match(String(warning), /layer 'dust'/);
  });

  it('does not refuse what nobody sees', async (t) => {
    const { engine, job } = await open(t, { paused: true }, squareProject({ ...DISSOLVING, switches: 0 }));
    const { errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors, undefined);
  });
});
