import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFileAsset, picturePlaces } from '../../../lib/lottie/document/index.ts';

describe('the places of a picture', () => {
  it('begin with the one that the document names', () => {
    assert.equal(picturePlaces({ u: 'images/', p: 'a.png' })[0], 'images/a.png');
    assert.equal(picturePlaces({ u: '/images/', p: 'a.png' })[0], 'images/a.png');
    assert.equal(picturePlaces({ u: 'pictures\\old', p: 'a.png' })[0], 'pictures/old/a.png');
    assert.equal(picturePlaces({ p: './a.png' })[0], 'a.png');
  });

  it('include images/ for every spelling of the folder', () => {
    for (const u of ['', '/', 'images', '/images/', 'other/', undefined])
      assert.ok(picturePlaces({ u, p: 'a.png' }).includes('images/a.png'), String(u));
  });

  it('are asked for files only: not for compositions, nor for pictures inside of the document', () => {
    assert.equal(isFileAsset({ p: 'a.png', e: 1 }), true);
    assert.equal(isFileAsset({ p: 'DATA:image/png;base64,AAAA' }), false);
    assert.equal(isFileAsset({ layers: [] }), false);
    assert.equal(isFileAsset({ p: '' }), false);
  });
});
