import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseLottie } from '../../lib/lottie/document/index.ts';
import { layersUnder } from '../../lib/template/composition.ts';
import { lottieModel } from '../../lib/template/from-lottie.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import { SAMPLES } from '../support/engine.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

const layer = (more: object) => ({ ty: 3, ip: 0, op: 50, st: 0, ...more });

/** A document with one composition in another, mattes, parents, markers and a text in a box. */
const document = {
  ...{ v: '5.12.0', fr: 25, ip: 0, op: 50, w: 100, h: 50, nm: 'top' },
  markers: [{ tm: 25, dr: 5, cm: 'beat' }],
  fonts: { list: [{ fName: 'Inter-Bold', fFamily: 'Inter', fStyle: 'Bold' }] },
  assets: [
    { id: 'comp_0', nm: 'inner', w: 20, h: 10, layers: [layer({ ty: 2, refId: 'image_0', nm: 'logo' })] },
    { id: 'image_0', p: 'logo.png', u: 'images/', w: 8, h: 4 },
    { id: 'image_1', p: 'data:image/png;base64,AAAA', e: 1 },
  ],
  layers: [
    layer({
      ...{ ty: 5, nm: 'title', ind: 1, parent: 3, bm: 1, tt: 2 },
      t: {
        d: {
          k: [
            {
              t: 0,
              s: { t: 'one\rtwo', f: 'Inter-Bold', s: 12, fc: [1, 0, 0], j: 2, tr: 10, sz: [80, 20], ps: [-40, -10] },
            },
          ],
        },
      },
    }),
    layer({ ty: 0, nm: 'shown', ind: 2, refId: 'comp_0', sr: 2, hd: true, tt: 1 }),
    layer({ ind: 3, nm: 'handle', ddd: 1, mb: true }),
  ],
};

describe('the model of a template', () => {
  it('of Lottie has compositions, layers, texts, footage and markers in the words of After Effects', () => {
    const model = lottieModel(parseLottie(Buffer.from(JSON.stringify(document))), 'json');
    const [top, inner] = model.compositions;
    assert.deepEqual([top?.id, top?.name, top?.frames, top?.duration, inner?.name], [1, 'top', 50, 2, 'inner']);
    assert.deepEqual(top?.markers, [{ time: 1, duration: 0.2, comment: 'beat' }]);
    const [title, shown, handle] = top?.layers ?? [];
    assert.deepEqual(title?.text, {
      ...{ text: 'one\ntwo', font: 'Inter-Bold', fontFamily: 'Inter', fontStyle: 'Bold', size: 12 },
      ...{ fill: [1, 0, 0], stroke: null, justification: 'center', tracking: 10, leading: null },
      box: { left: -40, top: -10, width: 80, height: 20 },
      fonts: ['Inter-Bold'],
      characters: 'one\rtw',
    });
    assert.deepEqual([title?.parent, title?.blendMode, title?.trackMatte], [3, 'multiply', null]);
    assert.deepEqual([shown?.sourceId, shown?.stretch, shown?.switches], [2, 200, []]);
    assert.deepEqual(shown?.trackMatte, { layer: 1, type: 'alpha' });
    assert.deepEqual(handle?.switches, ['visible', 'motionBlur', '3d']);
    assert.deepEqual(
      model.footage.map(({ id, name, path, width }) => ({ id, name, path, width })),
      [
        { id: 3, name: 'logo.png', path: 'images/logo.png', width: 8 },
        { id: 4, name: 'image_1', path: null, width: 0 },
      ],
    );
  });

  it('tells what is rendered with a composition: its layers, and those of what they show', () => {
    const model = lottieModel(parseLottie(Buffer.from(JSON.stringify(document))), 'json');
    const namesUnder = (index: number) => {
      const composition = model.compositions[index];
      assert.ok(composition);
      return layersUnder(model, composition).map((reached) => reached.layer.name);
    };
    assert.deepEqual(namesUnder(0), ['title', 'shown', 'handle', 'logo']);
    assert.deepEqual(namesUnder(1), ['logo']);
  });

  it('of a sample is plain JSON, which threads and the store take as it is', async () => {
    const { model } = await inspectTemplate(join(SAMPLES, 'invitation.json'));
    assert.deepEqual(JSON.parse(JSON.stringify(model)), model);
  });

  it('of a .mogrt has the fields of its panel, with their values and groups', {
    skip: skipWithoutProjects,
  }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'nexrender-Testo.mogrt'));
    const controls = model.compositions[0]?.controls ?? [];
    assert.deepEqual(
      controls.map(({ name, type }) => `${name} (${type})`),
      [
        'Text (text)',
        'Dropdown (dropdown)',
        'Group Test.Image (media)',
        'Group Test.Image Position (point)',
        'Checkbox Control (checkbox)',
        'Point Control (point)',
        'Angle Control (angle)',
        'Color Control (color)',
        'Slider Control (slider)',
        'Null 1 Scale (scale)',
        'Null 1 Opacity (slider)',
      ],
    );
    assert.deepEqual([controls[0]?.value, controls[0]?.path], ['foo!', ['Text']]);
    assert.deepEqual(controls[3]?.path, ['Group Test', 'Image Position']);
    assert.deepEqual(
      controls.map(({ target }) => target?.layerId),
      [13, 13, 276, 276, 29, 29, 29, 29, 29, 29, 29],
    );
    assert.deepEqual(controls[1]?.options, ['lada', 'geaorg']);
    const [square] = model.footage.filter(({ kind }) => kind === 'file');
    assert.deepEqual([square?.relativePath, square?.packed], ['(Footage)/square.jpg', true]);
    assert.deepEqual(controls[3]?.value, [540, 540]);
  });

  it('of a project has solids with colours, effects with their controls, and switches', {
    skip: skipWithoutProjects,
  }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'nexrender-nm05ae12.aepx'));
    const base = model.compositions[0]?.layers.find(({ name }) => name === 'base');
    assert.deepEqual(
      [base?.kind, base?.effects[0]?.name, base?.switches.includes('visible')],
      ['solid', 'Change to Color', true],
    );
    const color = model.footage.find(({ id }) => id === base?.sourceId)?.color ?? [];
    assert.deepEqual(
      color.map((channel) => Math.round(channel * 255)),
      [0x42, 0x4f, 0xfe],
    );
    assert.ok(model.effects[base?.effects[0]?.matchName ?? '']?.some(({ name }) => name === 'From'));
    assert.deepEqual(model.fonts[0], { name: 'AvenirNext-Regular', family: 'AvenirNext', style: 'Regular' });
  });

  it('lists the folders that a composition lies in, and the ids that its layers refer to', {
    skip: skipWithoutProjects,
  }, async () => {
    const { model } = await inspectTemplate(join(aepFolder, 'lottie-KeypathTest.aep'));
    const ids = new Set([...model.compositions, ...model.footage].map(({ id }) => id));
    assert.equal(ids.size, model.compositions.length + model.footage.length);
    for (const { sourceId } of model.compositions.flatMap(({ layers }) => layers)) {
      assert.ok(sourceId === null || ids.has(sourceId));
    }
  });
});
