import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { compositionDifferences, differenceSentence, exportDocument } from '../../lib/aep-to-lottie/index.ts';
import { type LottieLayer, parseLottie } from '../../lib/lottie/document/index.ts';
import { effect, mask, parts } from '../support/layer-writer.ts';
import {
  composition,
  group,
  header,
  matchName,
  numbers,
  property,
  sequence,
  solid,
  type WrittenLayer,
} from '../support/project-writer.ts';
import { list, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';

/** The eye, and the effects. */
const VISIBLE = 0b101;
const LAYER: WrittenLayer = {
  ...{ id: 1, name: '', layerClass: 0, sourceId: 0, parentId: 0, start: 0, in: 0, out: 2000, stretch: 100 },
  ...{ switches: VISIBLE, blendingMode: 2, trackMatte: 0 },
};

function comp(id: number, name: string, layers: Partial<WrittenLayer>[]): WrittenChunk {
  const written = layers.map((layer, at) => ({ ...LAYER, id: at + 1, ...layer }));
  return composition({ id, name, width: 64, height: 36, frameRate: 25, duration: 2000, layers: written });
}

function projectOf(...items: WrittenChunk[]) {
  return readProject(writeRifx([...header(), list('Fold', items)]));
}

/** The document as a reader of the file has it, which also checks that it is one. */
function exported(items: WrittenChunk[], composition = 'main') {
  const { document, differences } = exportDocument(projectOf(...items), { composition });
  return { document: parseLottie(Buffer.from(JSON.stringify(document))), differences };
}

const names = (layers: readonly LottieLayer[] | undefined) => layers?.map(({ nm }) => nm);

describe('a composition as a Lottie document', () => {
  it('has its layers in their order, with the numbers of the timeline', () => {
    const { document, differences } = exported([
      solid(7, 'Sky', 64, 36, [0, 0.5, 1]),
      comp(3, 'main', [
        { sourceId: 7, name: 'top', parentId: 2 },
        { sourceId: 7, in: 400, out: 1000, start: 200 },
      ]),
    ]);
    const [top, below] = document.layers;
    assert.deepEqual([document.fr, document.ip, document.op, document.w, document.h], [25, 0, 50, 64, 36]);
    assert.deepEqual([top?.nm, top?.ind, top?.parent], ['top', 1, 2]);
    assert.deepEqual([below?.nm, below?.ip, below?.op, below?.st, below?.sc], ['Sky', 15, 30, 5, '#0080ff']);
    assert.deepEqual(differences, []);
  });

  it('has the compositions that it shows, each once, at any depth, and no others', () => {
    const { document } = exported([
      comp(3, 'main', [{ sourceId: 4 }, { sourceId: 4 }, { sourceId: 5 }]),
      comp(4, 'middle', [{ sourceId: 5 }]),
      comp(5, 'deep', [{ layerClass: 4, name: 'shape' }]),
      comp(6, 'another', []),
    ]);
    assert.deepEqual(
      document.assets.map(({ id, nm, layers }) => [id, nm, names(layers)]),
      [
        ['comp_4', 'middle', ['deep']],
        ['comp_5', 'deep', ['shape']],
      ],
    );
    assert.deepEqual(
      document.layers.map(({ refId }) => refId),
      ['comp_4', 'comp_4', 'comp_5'],
    );
  });

  it('is the one that no other shows, unless one is named', () => {
    const project = projectOf(comp(4, 'nested', []), comp(3, 'main', [{ sourceId: 4 }]));
    assert.equal(exportDocument(project).document.nm, 'main');
    assert.equal(exportDocument(project, { composition: 'nested' }).document.nm, 'nested');
    assert.throws(() => exportDocument(project, { composition: 'nobody' }), {
      code: 'COMPOSITION_NOT_FOUND',
      message: /no composition 'nobody'; it has 'nested', 'main'/,
    });
  });

  it('that contains itself is refused', () => {
    const project = projectOf(comp(3, 'main', [{ sourceId: 4 }]), comp(4, 'inner', [{ sourceId: 3 }]));
    assert.throws(() => exportDocument(project, { composition: 'main' }), {
      code: 'TEMPLATE_UNREADABLE',
      message: /contains itself/,
    });
  });

  it('mattes with the layer above, which is not seen itself even if its eye is open', () => {
    const { document } = exported([
      comp(3, 'main', [
        { layerClass: 4, name: 'window' },
        { layerClass: 4, name: 'view', trackMatte: 2 },
      ]),
    ]);
    const [window, view] = document.layers;
    assert.deepEqual([window?.td, window?.hd, view?.tt, view?.tp], [1, undefined, 2, 1]);
  });

  it('mattes with any layer since After Effects 23, and with none if the matte was taken away', () => {
    const { document } = exported([
      comp(3, 'main', [
        { layerClass: 4, name: 'view', trackMatte: 1, matteId: 2 },
        { layerClass: 4, name: 'window', trackMatte: 1, matteId: 0 },
      ]),
    ]);
    const [view, window] = document.layers;
    assert.deepEqual([view?.tt, view?.tp, view?.td], [1, 2, undefined]);
    assert.deepEqual([window?.tt, window?.td], [undefined, 1]);
  });

  it('has the anchor point of a null in its corner, and of a solid in its middle', () => {
    const NULL = 0x8000;
    const transform = [matchName('ADBE Transform Group'), group([])];
    const { document } = exported([
      solid(7, 'Sky', 64, 36, [0, 0.5, 1]),
      comp(3, 'main', [
        { sourceId: 7, properties: transform },
        { sourceId: 7, switches: VISIBLE | NULL, properties: transform },
      ]),
    ]);
    const anchors = document.layers.map(({ ks }) => Object(ks).a.k);
    assert.deepEqual(anchors, [
      [32, 18, 0],
      [0, 0, 0],
    ]);
  });

  it('hides what is switched off, guides, and all but what is solo', () => {
    const [SOLO, GUIDE] = [0x800, 0x20000];
    const { document, differences } = exported([
      comp(3, 'main', [
        { layerClass: 4, name: 'off', switches: 0 },
        { layerClass: 4, name: 'guide', switches: VISIBLE | GUIDE | SOLO },
        { layerClass: 4, name: 'alone', switches: VISIBLE | SOLO },
        { layerClass: 4, name: 'other' },
      ]),
    ]);
    assert.deepEqual(
      document.layers.filter(({ hd }) => hd !== true).map(({ nm }) => nm),
      ['alone'],
    );
    assert.deepEqual(
      differences.map(({ layer, visible }) => [layer, visible]),
      [['guide', false]],
    );
  });

  it('shows a sequence as a composition of its pictures, at its own rate', () => {
    const names = ['f_1.png', 'f_2.png', 'f_3.png'];
    const timing = { frameRate: 5, duration: 600 };
    const written = [sequence(8, '/shots', names, timing), comp(3, 'main', [{ sourceId: 8 }])];
    const { document, differences } = exported(written);
    const [layer] = document.layers;
    const asset = document.assets.find(({ id }) => id === layer?.refId);
    assert.deepEqual([layer?.ty, asset?.nm, asset?.w, asset?.ae?.id], [0, 'shots', 10, 8]);
    const files = document.assets.flatMap(({ id, p }) => (p === undefined ? [] : [[id, p]]));
    assert.deepEqual(
      asset?.layers?.map(({ refId, ip, op }) => [refId, ip, op]),
      files.map(([id], at) => [id, at * 5, at * 5 + 5]),
    );
    assert.deepEqual(
      files.map(([, p]) => p),
      names,
    );
    assert.deepEqual(differences, []);
    const { footage } = exportDocument(projectOf(...written));
    assert.deepEqual(
      footage.map(({ path }) => path),
      ['/shots/f_1.png', '/shots/f_2.png', '/shots/f_3.png'],
    );
  });

  it('paints a fill or stroke above those before it where it says so, as far as they paint the same paths', () => {
    const paint = (kind: 'Fill' | 'Stroke', order: number) =>
      group(parts({ 'ADBE Vector Composite Order': property(1, false, [numbers([order])]) }), `${kind} ${order}`);
    const path = () => group(parts({ 'ADBE Vector Rect Size': property(2, false, [numbers([10, 10])]) }));
    const [below, above] = [1, 2];
    const shape = (contents: WrittenChunk[]) => ({
      layerClass: 4,
      properties: parts({ 'ADBE Root Vectors Group': group(contents) }),
    });
    const rect = () => parts({ 'ADBE Vector Shape - Rect': path() });
    const fill = (order: number) => parts({ 'ADBE Vector Graphic - Fill': paint('Fill', order) });
    const stroke = (order: number) => parts({ 'ADBE Vector Graphic - Stroke': paint('Stroke', order) });
    const { document, differences } = exported([
      comp(3, 'main', [
        shape([...rect(), ...fill(below), ...stroke(above)]),
        shape([...rect(), ...fill(below), ...rect(), ...stroke(above)]),
      ]),
    ]);
    assert.deepEqual(
      document.layers.map(({ shapes }) => (shapes as { ty: string }[]).map(({ ty }) => ty)),
      [
        ['rc', 'st', 'fl'],
        ['rc', 'fl', 'rc', 'st'],
      ],
    );
    assert.deepEqual(
      differences.map(({ layerIndex, what, visible }) => [layerIndex, what, visible]),
      [[2, "'Stroke 2' is painted below what is listed before it, not above", true]],
    );
  });

  it('that runs backwards shows its source by time remapping', () => {
    const { document } = exported([
      comp(3, 'main', [{ sourceId: 4, stretch: -100, start: 2000, in: 0, out: 2000 }]),
      comp(4, 'inner', []),
    ]);
    const [layer] = document.layers;
    assert.deepEqual([layer?.ip, layer?.op, layer?.sr], [0, 50, 1]);
    const { k } = Object(layer?.tm) as { k: { t: number; s: number[] }[] };
    assert.deepEqual(
      k.map(({ t, s }) => [t, s[0]]),
      [
        [0, 1.96],
        [50, -0.04],
      ],
    );
  });
});

describe('what a document cannot say', () => {
  it('is reported with composition, layer, property and time', () => {
    const glow = list('sspc', [group([])]);
    const effects = [matchName('ADBE Effect Parade'), group([matchName('ADBE Glo2'), glow])];
    const { differences } = exported([
      comp(3, 'main', [{ layerClass: 4, name: 'lamp', properties: effects, in: 400, out: 9000 }]),
    ]);
    assert.deepEqual(differences, [
      {
        composition: 'main',
        layer: 'lamp',
        layerIndex: 1,
        property: 'ADBE Effect Parade/ADBE Glo2',
        what: 'the effect ADBE Glo2 is not drawn',
        time: { from: 0.4, to: 2 },
        outcome: 'dropped',
        visible: true,
      },
    ]);
    const [difference] = differences;
    assert.ok(difference);
    assert.equal(
      differenceSentence(difference),
      "In composition 'main', layer 'lamp' will look different, from 0:00.40 to 0:02: the effect ADBE Glo2 is not drawn.",
    );
  });

  it('is reported of an effect by the rule of the renderer, before its values are read as well', () => {
    const control = { kind: 'checkbox' } as const;
    const stroke = (style: number) =>
      effect('ADBE Stroke', [
        { name: 'Path', kind: 'mask' },
        { name: 'All Masks', ...control, value: [1] },
        ...['Stroke Sequentially', 'Color', 'Brush Size', 'Brush Hardness', 'Opacity', 'Start', 'End', 'Spacing'].map(
          (name) => ({ name, kind: 'slider' }) as const,
        ),
        { name: 'Paint Style', kind: 'menu', value: [style] },
      ]);
    const square = mask([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    const [onOriginal, revealing] = [1, 3];
    const layers = [
      {
        name: 'drawn',
        properties: parts({ 'ADBE Mask Parade': group(square), 'ADBE Effect Parade': group(stroke(onOriginal)) }),
      },
      {
        name: 'revealed',
        properties: parts({ 'ADBE Mask Parade': group(square), 'ADBE Effect Parade': group(stroke(revealing)) }),
      },
      { name: 'without masks', properties: parts({ 'ADBE Effect Parade': group(stroke(onOriginal)) }) },
      { name: 'sound', properties: parts({ 'ADBE Effect Parade': group(effect('ADBE Aud Reverb')) }) },
      { name: 'tinted', properties: parts({ 'ADBE Effect Parade': group(effect('ADBE Tint')) }) },
      { name: 'controls', properties: parts({ 'ADBE Effect Parade': group(effect('ADBE Slider Control')) }) },
    ];
    const items = [
      solid(7, 'Sky', 64, 36, [0, 0.5, 1]),
      comp(
        3,
        'main',
        layers.map((layer) => ({ sourceId: 7, ...layer })),
      ),
    ];
    const said = exported(items).differences.map(({ layer, what, visible }) => [layer, what, visible]);
    assert.deepEqual(said, [
      ['without masks', 'the effect ADBE Stroke is not drawn', true],
      ['sound', 'the sound effect ADBE Aud Reverb is left out', false],
    ]);
    const [main] = projectOf(...items).compositions;
    assert.ok(main);
    const known = main.layers.flatMap((layer) =>
      compositionDifferences(main)(layer).map(({ what, visible }) => [layer.name, what, visible]),
    );
    assert.deepEqual(known, said);
  });

  it('does not count as visible if the layer is never shown', () => {
    const dissolve = { layerClass: 4, name: 'dust', blendingMode: 3 };
    const [shown, never] = [{}, { in: 5000, out: 6000 }].map((times) => {
      const { differences } = exported([comp(3, 'main', [{ ...dissolve, ...times }])]);
      return differences.map(({ outcome, visible }) => [outcome, visible]);
    });
    assert.deepEqual(shown, [['dropped', true]]);
    assert.deepEqual(never, [['dropped', false]]);
  });
});
