import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobPlan } from '../../lib/plan/job-plan.ts';
import { longPathWarning, outputFormat, plannedOutput } from '../../lib/plan/output.ts';
import type { TemplateComposition } from '../../lib/template/model.ts';
import { accepted } from '../support/parsed-jobs.ts';

const formatOf = (more: object) => outputFormat(accepted(more));

describe('the output of a job', () => {
  it('is H.264 in a .mp4 where nothing else is said', () => {
    const { codec, extension, frames, quality, sequence } = formatOf({});
    assert.deepEqual(
      { id: codec.id, extension, frames, quality, sequence },
      { id: 'video_h264_vbr_15mbps', extension: 'mp4', frames: null, quality: 'full', sequence: false },
    );
  });

  it('has the extension of its codec', () => {
    assert.equal(formatOf({ settings: { codec: 'prores_4444' } }).extension, 'mov');
    assert.equal(formatOf({ settings: { codec: 'image_jpeg', frames: 3 } }).extension, 'jpg');
    assert.equal(formatOf({ settings: { type: 'image', frames: 3 } }).codec.id, 'image_png');
  });

  it('counts a single frame as the first and the last', () => {
    assert.deepEqual(formatOf({ settings: { frames: 7 } }).frames, { first: 7, last: 7 });
    assert.deepEqual(formatOf({ settings: { frames: [2, 5] } }).frames, { first: 2, last: 5 });
  });

  it('is one zip for a range of pictures, and a film for a range of a film', () => {
    const pictures = formatOf({ settings: { type: 'image', frames: [2, 5] } });
    assert.deepEqual([pictures.sequence, pictures.extension], [true, 'zip']);
    const film = formatOf({ settings: { frames: [2, 5] } });
    assert.deepEqual([film.sequence, film.extension], [false, 'mp4']);
  });

  it('of a preview is half as large, a draft, at the lowest rate', () => {
    const { codec, halfResolution, quality } = formatOf({ preview: true });
    assert.deepEqual([codec.rate?.mbps, halfResolution, quality], [1, true, 'draft']);
  });
});

describe('the frames that a renderer is asked for', () => {
  const composition = (more: Partial<TemplateComposition>) =>
    ({
      ...{ name: 'main', frameRate: 25, duration: 10, frames: 250, startFrame: 0 },
      ...{ workArea: { start: 0, duration: 10 }, ...more },
    }) as TemplateComposition;
  const planned = (settings: object, more: Partial<TemplateComposition> = {}, renderer = 'after-effects' as const) =>
    plannedOutput(formatOf({ settings }), { composition: composition(more), assets: [], renderer });

  it('are those that After Effects shows, in a composition that begins at any frame', () => {
    for (const startFrame of [0, 1, 100, -50]) {
      const { frames, expectedFrames } = planned({ frames: [0, 3] }, { startFrame });
      assert.deepEqual(frames, { first: startFrame, last: startFrame + 3 });
      assert.equal(expectedFrames, 4);
    }
    const { frames } = plannedOutput(formatOf({ settings: { frames: 3 } }), {
      ...{ composition: composition({ startFrame: 100 }), assets: [], renderer: 'bundled' },
    });
    assert.deepEqual(frames, { first: 3, last: 3 });
  });

  it('are drawn larger by the bundled renderer alone, and not for a draft', () => {
    const place = { composition: composition({}), assets: [], supersample: 4 as const };
    const of = (format: ReturnType<typeof formatOf>, renderer: 'bundled' | 'after-effects') =>
      plannedOutput(format, { ...place, renderer }).supersample;
    assert.equal(of(formatOf({ settings: {} }), 'bundled'), 4);
    assert.equal(of(formatOf({ settings: {} }), 'after-effects'), undefined);
    assert.equal(of(formatOf({ preview: true }), 'bundled'), undefined);
  });

  it('are those of the work area if the job names none, as far as that is known', () => {
    assert.deepEqual([planned({}).frames, planned({}).expectedFrames], [null, 250]);
    assert.equal(planned({}, { workArea: { start: 2, duration: 4 } }).expectedFrames, 100);
    const length = accepted({ assets: [{ type: 'function', name: 'nx:comp-duration-set', params: { value: 4 } }] });
    const after = (more: Partial<TemplateComposition>) =>
      plannedOutput(outputFormat(length), {
        ...{ composition: composition(more), assets: length.assets, renderer: 'after-effects' },
      }).expectedFrames;
    assert.equal(after({}), 100);
    assert.equal(after({ workArea: { start: 2, duration: 4 } }), null);
  });
});

describe('a long path', () => {
  const plan = (to: string) =>
    ({ template: { type: 'aep', beside: [{ from: 'C:\\a.png', to }] }, files: [] }) as unknown as JobPlan;
  const warned = (length: number, { to = 'a.png', name = 'a.mp4' } = {}, platform: NodeJS.Platform = 'win32') => {
    const outputDir = `C:\\${'x'.repeat(length - 3)}`;
    return longPathWarning(plan(to), { outputDir, outputPath: `${outputDir}\\${name}` }, platform);
  };

  it('is warned of before After Effects cannot open it: of the output, the project, and the footage', () => {
    assert.equal(warned(190), null);
    assert.match(warned(240) ?? '', /^Files of this job .* shorter by \d+\.$/);
    assert.match(warned(100, { to: `footage/${'y'.repeat(120)}` }) ?? '', /up to 280 characters.* shorter by 21\.$/);
    assert.match(warned(100, { name: 'z'.repeat(160) }) ?? '', /up to 261 characters.* shorter by 2\.$/);
  });

  it('is none on other systems', () => {
    assert.equal(warned(300, {}, 'linux'), null);
  });
});
