import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outputFormat } from '../../lib/plan/output.ts';
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
