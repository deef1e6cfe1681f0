import assert from 'node:assert/strict';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

const invitation = join(SAMPLES, 'invitation.json');

describe('a registered template', () => {
  it('answers in the shapes of the API, version 3', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const { id } = await engine.templates.add({ src: invitation });
    assert.deepEqual(await engine.templates.compositions(id), [
      { aeid: '1', name: 'main', width: 1280, height: 720, duration: 4, frame_rate: 25 },
    ]);
    const layers = await engine.templates.layers(id);
    assert.deepEqual(
      layers.find(({ name }) => name === 'photo'),
      {
        ...{ composition_id: 1, aeid: 7, name: 'photo', top: 0, left: 0, width: 440, height: 440 },
        ...{ start_time: 0, in_point: 0, out_point: 4, layer_type: 'AVLayer', source_type: 'footage' },
        ...{ source_comp_id: null, parent_id: null },
      },
    );
    const name = layers.find((layer) => layer.name === 'name');
    assert.deepEqual([name?.layer_type, name?.source_type, name?.top], ['TextLayer', null, null]);
    assert.deepEqual(
      (await engine.templates.layers(id, { limit: 2, offset: 1 })).map(({ aeid }) => aeid),
      [2, 3],
    );
  });

  it('of After Effects has the ids of After Effects, and layers refer to compositions by them', {
    skip: skipWithoutProjects,
  }, async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const { id } = await engine.templates.add({ src: join(aepFolder, 'lottie-KeypathTest.aep') });
    const compositions = await engine.templates.compositions(id);
    const layers = await engine.templates.layers(id);
    assert.equal(compositions.length, 2);
    for (const { composition_id } of layers) {
      assert.ok(compositions.some(({ aeid }) => aeid === String(composition_id)));
    }
    const shown = layers.filter(({ source_comp_id }) => source_comp_id !== null);
    assert.ok(shown.length > 0);
    for (const { source_comp_id, source_type } of shown) {
      assert.equal(source_type, 'precomposition');
      assert.ok(compositions.some(({ aeid }) => aeid === String(source_comp_id)));
    }
  });

  it('from a .mogrt tells the fields of its panel', { skip: skipWithoutProjects }, async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const added = await engine.templates.add({ src: join(aepFolder, 'nexrender-Testo.mogrt') });
    assert.deepEqual([added.type, added.compositions], ['mogrt', ['Comp 1']]);
    assert.deepEqual(added.mogrt?.essentialGraphics[0], { name: 'Text', type: 'text', value: 'foo!' });
    assert.deepEqual(await engine.templates.get(added.id), added);
  });

  it('can be looked at as it was when it was added, also when its file is gone', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const src = join(folder, 'card.json');
    await copyFile(invitation, src);
    const added = await engine.templates.add({ src });
    await rm(src);
    assert.deepEqual(await engine.templates.get(added.id), added);
    assert.equal((await engine.templates.layers(added.id)).length, 9);
    const { errors } = await engine.batches.create({ jobs: [{ template: { id: added.id, composition: 'main' } }] });
    assert.equal(errors?.[0]?.errorCode, 'TEMPLATE_NOT_FOUND');
  });
});
