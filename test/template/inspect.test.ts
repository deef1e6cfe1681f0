import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveAssets } from '../../lib/assets/layers.ts';
import { parseLottie } from '../../lib/lottie/document/index.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import { SAMPLES } from '../support/engine.ts';
import { fc } from '../support/property.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a template', () => {
  it('of After Effects tells its compositions, layers, texts and who wrote it', {
    skip: skipWithoutProjects,
  }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'nexrender-nm05ae12.aepx'));
    assert.equal(model.type, 'aepx');
    assert.equal(model.writtenBy, 'After Effects 12.1x168');
    assert.equal(model.mainComposition, 'main');
    assert.ok(model.complete);
  });

  it('in a .mogrt is found in the archive inside of the archive', { skip: skipWithoutProjects }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'nexrender-Testo.mogrt'));
    assert.equal(model.type, 'mogrt');
    assert.deepEqual(
      model.compositions.map(({ name }) => name),
      ['Comp 1'],
    );
  });

  it('refuses a wrong job of a project that it has read, and names what there is', {
    skip: skipWithoutProjects,
  }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'lottie-PointText.aep'));
    const check = (composition: string, layerName: string) =>
      resolveAssets(
        model,
        { renderer: 'after-effects', allowScripts: false },
        { composition, frames: null, assets: [{ type: 'text', layerName, value: '' }] },
      ).faults.map(({ code }) => code);
    const composition = model.compositions.find(({ layers }) => layers.some(({ kind }) => kind === 'text'));
    const text = composition?.layers.find(({ kind }) => kind === 'text');
    assert.deepEqual(check(composition?.name ?? '', text?.name ?? ''), []);
    assert.deepEqual(check(composition?.name ?? '', 'nobody'), ['LAYER_NOT_FOUND']);
    assert.deepEqual(check('no such composition', 'nobody'), ['COMPOSITION_NOT_FOUND']);
  });

  it('of Lottie lists its fonts and footage', async () => {
    const { model, hash } = await inspectTemplate(join(SAMPLES, 'invitation.json'));
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(
      model.footage.map(({ path }) => path),
      ['images/portrait.png', 'images/nothing.png', 'images/background.png'],
    );
    assert.ok(model.fonts.some(({ family }) => family === 'Playfair Display'));
  });

  it('that cannot be read says so, whatever it is', async (t) => {
    const folder = await temporaryFolder(t);
    const contents = {
      'empty.aep': '',
      'text.json': 'hello',
      'half.json': '{"layers":',
      'zip.mogrt': 'PK\u0003\u0004nothing',
      'xml.aepx': '<html/>',
      'riff.aep': 'RIFX',
    };
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(join(folder, name), content);
      await assert.rejects(inspectTemplate(join(folder, name)), { code: 'TEMPLATE_UNREADABLE' }, name);
    }
    await assert.rejects(inspectTemplate(join(folder, 'none.aep')), { code: 'TEMPLATE_NOT_FOUND' });
  });

  it('of Lottie that is cut or changed anywhere never does worse than be refused', async () => {
    const bytes = await readFile(join(SAMPLES, 'lower-third.json'));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const changed = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!cut) changed[at] = value;
        try {
          parseLottie(changed);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'TEMPLATE_UNREADABLE');
        }
      }),
    );
  });

  it('of Lottie that contains itself is refused', () => {
    const loop = {
      fr: 1,
      ip: 0,
      op: 1,
      w: 1,
      h: 1,
      layers: [],
      assets: [{ id: 'a', layers: [{ ty: 0, refId: 'a' }] }],
    };
    assert.throws(() => parseLottie(Buffer.from(JSON.stringify(loop))), { message: /contains itself/ });
  });
});
