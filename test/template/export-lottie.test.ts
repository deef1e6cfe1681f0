import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parseLottie } from '../../lib/lottie/document/index.ts';
import { exportLottie } from '../../lib/template/export-lottie.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import { composition, file, header, type WrittenLayer } from '../support/project-writer.ts';
import { list, writeRifx } from '../support/rifx-writer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeZip } from '../support/zip-writer.ts';

const LAYER: WrittenLayer = {
  ...{ id: 1, name: '', layerClass: 0, sourceId: 7, parentId: 0, start: 0, in: 0, out: 2000, stretch: 100 },
  ...{ switches: 0b101, blendingMode: 2, trackMatte: 0 },
};

/** A project with a picture that was on another machine, in a folder beside the project. */
function project(): Uint8Array {
  const comp = { id: 3, name: 'main', width: 64, height: 36, frameRate: 25, duration: 2000, layers: [LAYER] };
  const items = [file(7, '/Users/somebody/job/art/logo.png', { up: 1, down: 2 }), composition(comp)];
  return writeRifx([...header(), list('Fold', items)]);
}

async function withPicture(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'art'));
  await writeFile(join(folder, 'art/logo.png'), 'a picture');
  await writeFile(join(folder, 'promo.aep'), project());
  return folder;
}

describe('a template, written as a Lottie document', () => {
  it('has its pictures beside it', async (t) => {
    const folder = await withPicture(t);
    const out = join(folder, 'out/promo.json');
    const exported = await exportLottie(join(folder, 'promo.aep'), out, { composition: 'main' });
    assert.deepEqual([exported.composition, exported.missing, exported.differences], ['main', [], []]);
    assert.equal(await readFile(join(folder, 'out/images/logo.png'), 'utf8'), 'a picture');
    const document = parseLottie(await readFile(out));
    assert.deepEqual(
      document.assets.map(({ u, p }) => [u, p]),
      [['images/', 'logo.png']],
    );
  });

  it('names the files that are missing, and is written all the same', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'promo.aep'), project());
    const exported = await exportLottie(join(folder, 'promo.aep'), join(folder, 'out.json'));
    assert.deepEqual(exported.missing, ['/Users/somebody/job/art/logo.png']);
    assert.deepEqual((await readdir(folder)).sort(), ['out.json', 'promo.aep']);
  });

  it('is an archive with everything in it if its name says so', async (t) => {
    const folder = await withPicture(t);
    const out = join(folder, 'promo.lottie');
    await exportLottie(join(folder, 'promo.aep'), out);
    const { model } = await inspectTemplate(out);
    assert.deepEqual([model.type, model.mainComposition], ['lottie', 'main']);
    assert.deepEqual(
      model.footage.map(({ packed }) => packed),
      [true],
    );
  });

  it('comes out of a zip, with the pictures in it', async (t) => {
    const folder = await temporaryFolder(t);
    const zip = join(folder, 'promo.zip');
    await writeFile(
      zip,
      writeZip([
        { name: 'promo.aep', data: project() },
        { name: 'art/logo.png', data: 'a picture' },
      ]),
    );
    const exported = await exportLottie(zip, join(folder, 'out.json'));
    assert.deepEqual(exported.missing, []);
    assert.equal(await readFile(join(folder, 'images/logo.png'), 'utf8'), 'a picture');
  });

  it('is refused of what is a Lottie document already', async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'a.json');
    await writeFile(path, '{"fr":25,"ip":0,"op":1,"w":1,"h":1,"layers":[]}');
    await assert.rejects(exportLottie(path, join(folder, 'out.json')), { code: 'TEMPLATE_UNREADABLE' });
  });
});
