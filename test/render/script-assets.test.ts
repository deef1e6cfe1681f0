import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scriptAssets } from '../../lib/render/script-assets.ts';
import { panelProject } from '../support/panel-project.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = (src: string) => ({ type: 'script' as const, src, name: 'own.jsx', keyword: 'NX', parameters: [] });
const title = { type: 'essential' as const, layerName: 'Words.Title', value: 'new' };

describe('the assets of a script', () => {
  it('have for a field of the panel the property that it changes, of the composition that is rendered', async (t) => {
    const path = join(await temporaryFolder(t), 'panel.aep');
    await writeFile(path, panelProject());
    const template = { path, type: 'aep' as const };
    const [field] = await scriptAssets({ template }, 'main', [title]);
    const steps = ['ADBE Text Properties', 'ADBE Text Document'].map((matchName) => ({ matchName, index: null }));
    const target = { compId: 5, layerId: 11, path: steps };
    assert.deepEqual(field, { type: 'essential', field: 'Words.Title', value: 'new', target });
    await assert.rejects(scriptAssets({ template }, 'other', [title]), {
      code: 'LAYER_NOT_FOUND',
      message: /^assets\[0\]: field 'Words\.Title' not found/,
    });
    await assert.rejects(scriptAssets({ template }, 'gone', [title]), { code: 'COMPOSITION_NOT_FOUND' });
  });

  it('have it for a .mogrt too, whose definition names the fields', { skip: skipWithoutProjects }, async () => {
    const template = { path: join(aepFolder, 'nexrender-Testo.mogrt'), type: 'mogrt' as const };
    const assets = [
      { ...title, layerName: 'Group Test.Image Position', value: [10, 20] },
      { ...title, layerName: 'Dropdown', value: 'geaorg' },
    ];
    const fields = await scriptAssets({ template }, null, assets);
    assert.deepEqual(
      fields.map((field) => field.type === 'essential' && [field.target.layerId, field.value]),
      [
        [276, [10, 20]],
        [13, 2],
      ],
    );
  });

  it('have scripts as functions of their own, but for what is compiled or in a code page', async (t) => {
    const src = join(await temporaryFolder(t), 'own.jsx');
    const wrapped = async (content: string | Uint8Array) => {
      await writeFile(src, content);
      await scriptAssets({ template: { path: '', type: 'aep' } }, 'main', [script(src)]);
      return await readFile(src);
    };
    const code = 'var a = "é";';
    for (const content of [code, `\ufeff${code}`, Buffer.from(`\ufeff${code}`, 'utf16le')])
      assert.equal((await wrapped(content)).toString(), '\ufeff(function () {\nvar a = "é";\n}());\n');
    for (const content of [Buffer.from('@JSXBIN@ES@2.0@MyBb'), Buffer.from('var a = "é";', 'latin1')])
      assert.deepEqual(await wrapped(content), content);
  });
});
