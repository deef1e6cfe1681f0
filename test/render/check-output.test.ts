import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isWholePicture } from '../../lib/render/check-output.ts';
import { SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PNG = await readFile(join(SAMPLES, 'images', 'mary.png'));
/** One grey pixel. */
const JPEG = Buffer.from(
  'ffd8ffdb004300030202020202030202020303030304060404040404080606050609080a0a090809090a0c0f0c0a0b0e0b09090d110d0e0f10' +
    '1011100a0c12131210130f101010ffc9000b080001000101011100ffcc000600101005ffda0008010100003f00d2cf20ffd9',
  'hex',
);

describe('a picture', () => {
  it('is whole with its beginning and its end, and with some bytes more', async (t) => {
    const folder = await temporaryFolder(t);
    for (const [name, bytes] of [
      ['a.png', PNG],
      ['a.jpg', JPEG],
      ['A.JPEG', JPEG],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      assert.ok(await isWholePicture(path), name);
      await writeFile(path, Buffer.concat([bytes, Buffer.alloc(3)]));
      assert.ok(await isWholePicture(path), name);
    }
  });

  it('is not whole when it is cut, wherever that is, or when its room was reserved and never written', async (t) => {
    const folder = await temporaryFolder(t);
    for (const [name, bytes] of [
      ['cut.png', PNG],
      ['cut.jpg', JPEG],
    ] as const) {
      const path = join(folder, name);
      const step = Math.max(1, Math.floor(bytes.length / 50));
      for (let length = bytes.length - 1; length > 0; length -= step) {
        await writeFile(path, bytes.subarray(0, length));
        assert.equal(await isWholePicture(path), false, `${name}, ${length} bytes`);
      }
      await writeFile(path, Buffer.alloc(bytes.length));
      assert.equal(await isWholePicture(path), false, name);
    }
  });

  it('of another name is not judged', async (t) => {
    const path = join(await temporaryFolder(t), 'a.tif');
    await writeFile(path, 'II*');
    assert.ok(await isWholePicture(path));
  });
});
