import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encoderInfo, encoderLicence, encoderWords } from '../../../bin/terminal/encoder-info.ts';

describe('the encoder of the bundled renderer', () => {
  it('is under the licence that follows from how it was built', () => {
    assert.equal(encoderLicence('--enable-gpl --enable-version3 --enable-libx264'), 'GPL 3 or later');
    assert.equal(encoderLicence('--enable-gpl'), 'GPL 2 or later');
    assert.equal(encoderLicence('--enable-version3'), 'LGPL 3 or later');
    assert.equal(encoderLicence('--disable-gpl --enable-libopenh264'), 'LGPL 2.1 or later');
    assert.match(encoderLicence('--enable-gpl --enable-nonfree'), /not to be handed on/);
  });

  it('is asked for its version and licence', async () => {
    const info = await encoderInfo(process.execPath);
    assert.ok(info !== null);
    assert.match(
      encoderWords(info),
      /^FFmpeg \d\S* of node-av 6\.\d+\.\d+, GPL 3 or later; H\.264 \(libx264\), ProRes/,
    );
  });
});
