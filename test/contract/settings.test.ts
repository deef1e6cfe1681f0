import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CODECS } from '../../lib/contract/formats.ts';
import { parseJob } from '../../lib/plan/parse.ts';
import { accepted, LEAST_JOB, refused } from '../support/parsed-jobs.ts';

const take = (settings: object) => accepted({ settings }).settings;
const refuse = (settings: unknown) => refused({ settings });

describe('the settings of a job', () => {
  it('take no key that they do not know', () => {
    assert.equal(refuse({ resolution: 'half', fps: 5 }), "settings: does not take 'resolution', 'fps'");
    assert.match(refuse(null), /^settings: must be of type object, not null$/);
  });

  it('take the words of the API alone', () => {
    for (const type of ['video', 'aep']) assert.equal(take({ type }).type, type);
    for (const engine of ['ae2025', 'ae2026']) assert.equal(take({ engine }).engine, engine);
    assert.match(refuse({ type: 'gif' }), /^settings\.type: must be one of video, image, aep$/);
    assert.match(refuse({ quality: 'best' }), /^settings\.quality: must be one of draft, full$/);
    assert.match(refuse({ engine: 'ae2024' }), /^settings\.engine: must be one of ae2025, ae2026$/);
  });

  it('take one frame, or a range that goes forward', () => {
    assert.equal(take({ frames: 0 }).frames, 0);
    assert.deepEqual(take({ frames: [0, 1] }).frames, [0, 1]);
    assert.match(refuse({ frames: [5, 1] }), /last frame \(1\) must be greater than the first \(5\)/);
    assert.match(refuse({ frames: [5, 5] }), /must be greater/);
    for (const frames of [-1, 1.5, Number.NaN, '5', [0], [0, 1, 2], [0, '1'], [-1, 5], {}, null, 1e300]) {
      assert.match(refuse({ frames }), /^settings\.frames(: |\[)/, JSON.stringify(frames));
    }
  });

  it('of an image need frames, also where only the codec says that it is one', () => {
    assert.match(refuse({ type: 'image' }), /^settings\.frames: is required for a job of type image/);
    assert.match(refuse({ codec: 'image_png' }), /^settings\.frames: is required/);
    assert.match(refuse({ codec: 'jpeg' }), /^settings\.frames: is required/);
    take({ type: 'image', frames: 0 });
  });

  it('take each codec by its long and its older short name, and list them where one is unknown', () => {
    for (const { id, type } of CODECS) {
      const frames = type === 'image' ? { frames: 0 } : {};
      take({ codec: id, ...frames });
      take({ codec: id.replace(/^(video|image)_/, ''), ...frames });
    }
    for (const codec of ['h265', '', 'VIDEO_PRORES_422', '__proto__', 'constructor']) {
      const parsed = parseJob({ ...LEAST_JOB, settings: { codec } });
      assert.ok(!parsed.ok && parsed.code === 'CODEC_UNKNOWN' && parsed.message.includes('video_prores_422'));
    }
  });

  it('refuse a codec that does not make the type', () => {
    assert.match(refuse({ type: 'video', codec: 'image_png', frames: 0 }), /image_png does not make .* video/);
    assert.match(refuse({ type: 'image', codec: 'prores_422', frames: 0 }), /use one of image_png, image_jpeg/);
  });
});
