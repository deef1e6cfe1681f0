import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn, renderDocument, type TemplateFile } from '../support/drawn-frame.ts';
import type { WrittenLayer } from '../support/project-writer.ts';
import { composition, group, header, matchName, numbers, property, solid } from '../support/project-writer.ts';
import { list, type WrittenChunk, writeRifx, writeXml } from '../support/rifx-writer.ts';
import { writeZip } from '../support/zip-writer.ts';

const BLACK = '#000000';
const BLUE = '#0000ff';
const GREEN = '#00ff00';
const SIZE = { width: 64, height: 36, frameRate: 25, duration: 2000 };

const LAYER: WrittenLayer = {
  ...{ id: 1, name: '', layerClass: 0, sourceId: 7, parentId: 0, start: 0, in: 0, out: 2000, stretch: 100 },
  ...{ switches: 0b101, blendingMode: 2, trackMatte: 0 },
};

/** A blue square in the upper left corner of a composition that `main` shows. */
function items(): WrittenChunk[] {
  const place = [matchName('ADBE Position'), property(3, true, [numbers([10, 10, 0])])];
  const square = { ...LAYER, id: 21, properties: [matchName('ADBE Transform Group'), group(place)] };
  return [
    solid(7, 'square', 20, 20, [0, 0, 1]),
    composition({ ...SIZE, id: 4, name: 'inner', layers: [square] }),
    composition({ ...SIZE, id: 3, name: 'main', layers: [{ ...LAYER, id: 11, sourceId: 4 }] }),
    composition({ ...SIZE, id: 9, name: 'unused', layers: [{ ...LAYER, id: 31, name: 'nobody' }] }),
  ];
}

const chunks = () => [...header(), list('Fold', items())];
const project = (name: string, bytes: Uint8Array): TemplateFile => ({ name, bytes, w: SIZE.width, h: SIZE.height });
const aep = () => project('template.aep', writeRifx(chunks()));

describe('an After Effects project in the bundled renderer', () => {
  it('is drawn in each of its forms', async (t) => {
    const zip = writeZip([{ name: 'template.aep', data: writeRifx(chunks()) }]);
    for (const file of [aep(), project('template.aepx', writeXml(chunks())), project('template.zip', zip)]) {
      const frame = await drawn(t, file, 10);
      assert.deepEqual([frame.at(5, 5), frame.at(40, 5)], [BLUE, BLACK], file.name);
    }
  });

  it('is changed by the script of a job, in nested compositions too', async (t) => {
    const coloured = { type: 'function', name: 'solid-color-set', params: { color: [0, 1, 0] } } as const;
    const frame = await drawn(t, aep(), 10, { ...coloured, layerNames: ['square'], composition: 'inner' });
    assert.equal(frame.at(5, 5), GREEN);
    const hidden = await drawn(t, aep(), 10, {
      ...{ type: 'data', layerName: 'square', composition: 'inner' },
      ...{ property: 'ADBE Transform Group->ADBE Opacity', value: 0 },
    } as never);
    assert.equal(hidden.ink, null);
  });

  it('has the ids of its compositions and layers, by which the fields of a panel name them', async (t) => {
    const path = [
      { matchName: 'ADBE Transform Group', index: null },
      { matchName: 'ADBE Position', index: null },
    ];
    const target = { compId: 4, layerId: 21, path };
    const frame = await drawn(t, aep(), 10, { type: 'essential', field: 'Place', target, value: [40, 10] });
    assert.deepEqual([frame.at(5, 5), frame.at(40, 5)], [BLACK, BLUE]);
  });

  it('has compositions that nothing shows, for a script that names them', async (t) => {
    const step = { type: 'function', name: 'layer-remove', layerNames: ['nobody'], composition: 'unused', params: {} };
    assert.equal((await drawn(t, aep(), 10, step as never)).at(5, 5), BLUE);
  });

  it('says in its log what is not drawn as After Effects would, before the first frame', async (t) => {
    const dust = { ...LAYER, id: 12, name: 'dust', blendingMode: 3 };
    const main = composition({ ...SIZE, id: 3, name: 'main', layers: [dust] });
    const bytes = writeRifx([...header(), list('Fold', [solid(7, 'square', 20, 20, [0, 0, 1]), main])]);
    const { exitCode, log } = await renderDocument(t, project('template.aep', bytes), 0, []);
    assert.equal(exitCode, 0);
    const warning = log.indexOf("Composition 'main', layer 'dust': its blend mode DISSOLVE is normal.");
    assert.ok(warning > 0 && warning < log.indexOf('Total Time Elapsed'), log);
  });
});
