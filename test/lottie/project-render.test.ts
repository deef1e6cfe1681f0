import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn, renderDocument, type TemplateFile } from '../support/drawn-frame.ts';
import { DISSOLVING, SIZE, squareProject, squareProjectOn, squareProjectXml } from '../support/square-project.ts';
import { writeZip } from '../support/zip-writer.ts';

const BLACK = '#000000';
const BLUE = '#0000ff';
const GREEN = '#00ff00';

const project = (name: string, bytes: Uint8Array): TemplateFile => ({ name, bytes, w: SIZE.width, h: SIZE.height });
const aep = () => project('template.aep', squareProject());

describe('an After Effects project in the bundled renderer', () => {
  it('is drawn in each of its forms', async (t) => {
    const zip = writeZip([{ name: 'template.aep', data: squareProject() }]);
    for (const file of [aep(), project('template.aepx', squareProjectXml()), project('template.zip', zip)]) {
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

  it('has the background of the composition where it keeps no alpha, and not of those that it shows', async (t) => {
    const bytes = squareProjectOn({ main: [255, 0, 0], inner: [0, 255, 0] });
    const opaque = { ...project('template.aep', bytes), outputModule: 'image_jpeg' };
    const frame = await drawn(t, opaque, 10);
    assert.match(`${frame.at(8, 8)} ${frame.at(50, 20)}`, /^#[01].[01].[ef]. #[ef].[01].[01].$/);
    const transparent = await drawn(t, project('template.aep', bytes), 10);
    assert.equal(transparent.at(50, 20), BLACK);
  });

  it('says in its log what is not drawn as After Effects would, before the first frame', async (t) => {
    const bytes = squareProject(DISSOLVING);
    const { exitCode, log } = await renderDocument(t, project('template.aep', bytes), 0, []);
    assert.equal(exitCode, 0);
    const warning = log.indexOf(
      "In composition 'main', layer 'dust' will look different: its blend mode DISSOLVE is normal.",
    );
    assert.ok(warning > 0 && warning < log.indexOf('Total Time Elapsed'), log);
  });
});
