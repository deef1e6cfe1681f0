import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mediaKindOfBytes } from '../../lib/media/detect-media-kind.ts';
import { nameByContent } from '../../lib/media/media-kind.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

describe('the name of a file that After Effects imports', () => {
  it('has the extension of its content, since After Effects knows a format by that', async () => {
    const png = await mediaKindOfBytes(PNG);
    const jpeg = await mediaKindOfBytes(JPEG);
    for (const [name, kind, right] of [
      ['photo', png, 'photo.png'],
      ['photo.jpg', png, 'photo.png'],
      ['photo.PNG', png, 'photo.PNG'],
      ['data.bin', jpeg, 'data.jpg'],
      ['photo.jpeg', jpeg, 'photo.jpeg'],
      ['photo.v2', jpeg, 'photo.v2.jpg'],
      ['photo.', png, 'photo.png'],
      ['photo..', png, 'photo..png'],
      ['photo.png ', png, 'photo.png .png'],
      ['photo.jpg?v=2', jpeg, 'photo.jpg?v=2.jpg'],
      ['photo.download', png, 'photo.download.png'],
      ['.photo', png, '.photo.png'],
      ['фото', jpeg, 'фото.jpg'],
      ['a.png', jpeg, 'a.jpg'],
    ] as const)
      assert.equal(nameByContent(name, kind), right);
  });

  it('is kept if it tells more than the content, or the content tells nothing', () => {
    const pdf = { kind: 'image', moving: false, mime: 'application/pdf', extension: 'pdf' } as const;
    assert.equal(nameByContent('art.ai', pdf), 'art.ai');
    const tiff = { kind: 'image', moving: false, mime: 'image/tiff', extension: 'tif' } as const;
    assert.equal(nameByContent('shot.NEF', tiff), 'shot.NEF');
    const none = { kind: 'unknown', moving: false, mime: null, extension: null } as const;
    assert.equal(nameByContent('photo.tga', none), 'photo.tga');
  });
});
