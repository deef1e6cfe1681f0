import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fromBufferPromise } from 'yauzl';
import { readProject } from '../../lib/aep/read-project.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

describe('a template of Essential Graphics', { skip: skipWithoutProjects }, () => {
  it('has its controls with what each changes, as the .mogrt around it says', async () => {
    const outer = await entriesOf(readFileSync(join(aepFolder, 'nexrender-Testo.mogrt')));
    const inner = await entriesOf(outer.get('project.aegraphic') ?? Buffer.alloc(0));
    const project = readProject(inner.get('test.aep') ?? new Uint8Array());
    const [comp] = project.compositions;
    const definition: Definition = JSON.parse(outer.get('definition.json')?.toString() ?? '{}');
    const names = definition.clientControls.map(({ uiName }) => uiName.strDB[0]?.str);
    assert.deepEqual(
      comp?.essentialGraphics?.controllers.map(({ name }) => name),
      names,
    );
    const [text] = comp?.essentialGraphics?.controllers ?? [];
    const path = ['ADBE Text Properties', 'ADBE Text Document'].map((matchName) => ({ matchName, index: null }));
    assert.deepEqual([text?.name, text?.type], ['Text', 'TEXT']);
    assert.deepEqual(text?.target, { compId: comp?.id, layerId: 13, path });
    const [, menu, group, ...others] = comp?.essentialGraphics?.controllers ?? [];
    assert.deepEqual(menu?.options, ['lada', 'geaorg']);
    assert.deepEqual(
      group?.members,
      others.slice(0, 2).map(({ id }) => id),
    );
    assert.deepEqual(
      others.find(({ name }) => name === 'Slider Control')?.target?.path.map(({ index }) => index),
      [null, 4, 1],
    );
    assert.deepEqual(
      comp?.essentialGraphics?.controllers.map(({ id }) => id),
      definition.clientControls.map(({ id }) => id),
    );
    assert.equal(comp?.layerById(13)?.textDocument?.text, 'foo!');
    // The controls of effects that were never changed: what the panel shows is their default.
    const effects = comp?.layerById(29)?.effects ?? [];
    const shown = (name: string) => definition.clientControls[names.indexOf(name)]?.value;
    const point = effects.find(({ matchName }) => matchName === 'ADBE Point Control');
    assert.deepEqual(point?.value('ADBE Point Control-0001'), Object.values(Object(shown('Point Control'))));
    const color = effects.find(({ matchName }) => matchName === 'ADBE Color Control');
    assert.deepEqual(color?.value('ADBE Color Control-0001'), shown('Color Control'));
  });
});

interface Definition {
  clientControls: { id: string; uiName: { strDB: { str: string }[] }; value?: unknown }[];
}

/** The files of a zip. */
async function entriesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const file = await fromBufferPromise(zip);
  for await (const entry of file.eachEntry()) {
    const stream = await file.openReadStreamPromise(entry);
    entries.set(entry.fileName, await buffer(stream));
  }
  return entries;
}
