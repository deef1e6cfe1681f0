import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  FakeComp,
  FakeFootage,
  FakeLayer,
  FakeSolidSource,
  FakeTextLayer,
  runInAfterEffects,
  transformGroup,
} from '../support/fake-after-effects.ts';
import { FakeDocument, FakeGroup, FakeProperty, FakeText } from '../support/fake-properties.ts';
import { jobScript, type Step } from '../support/job-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Items = (FakeComp | FakeFootage)[];

function project() {
  const items: Items = [];
  const main = new FakeComp(1, 'main', items);
  return { items, main };
}

function textLayer(comp: FakeComp, name: string, ...documents: FakeDocument[]) {
  const text = new FakeText(...documents);
  const layer = new FakeTextLayer(comp, name, null, new FakeGroup('ADBE Text Properties', text), transformGroup());
  return { layer, text };
}

function solidItem(items: Items, id: number, color = [0, 0, 0]): FakeFootage {
  const comps = items.filter((item) => item instanceof FakeComp);
  const solid = new FakeFootage(id, 'solid', new FakeSolidSource(color), comps);
  items.push(solid);
  return solid;
}

const colorOf = ({ source }: FakeLayer) => ((source as FakeFootage).mainSource as FakeSolidSource).color;
const valuesOf = (layer: FakeLayer) =>
  ((layer.property('ADBE Transform Group') as FakeGroup).members as FakeProperty[]).map(({ value }) => value);

const call = (name: string, layerNames: string[], params: object, composition?: string) =>
  ({ type: 'function', name, layerNames, composition, params }) as Step;

function run(items: Items, ...steps: Step[]): string[] {
  return runInAfterEffects(items, jobScript({ composition: 'main', steps }));
}

describe('the functions of a job in After Effects', () => {
  it('set the looks of a text at all of its keyframes, and leave an expression that gives its words', () => {
    const { items, main } = project();
    const { text } = textLayer(main, 'title', new FakeDocument('one'), new FakeDocument('two'));
    text.expressionEnabled = true;
    run(
      items,
      call('text-params-set', ['title'], { font: 'Inter-Bold', fontSize: 72, leading: 80, fillColor: [1, 0.5, 0, 1] }),
    );
    for (const document of text.documents) {
      const { font, fontSize, leading, autoLeading, applyFill, fillColor } = document;
      assert.deepEqual([font, fontSize, leading, autoLeading, applyFill], ['Inter-Bold', 72, 80, false, true]);
      assert.deepEqual([...fillColor], [1, 0.5, 0]);
    }
    assert.deepEqual([text.expressionEnabled, text.documents[1]?.text], [true, 'two']);
    run(items, call('text-params-set', ['title'], { textValue: 'new\nwords' }));
    assert.deepEqual([text.expressionEnabled, text.documents[1]?.text], [false, 'new\rwords']);
  });

  it('colour a solid, and only the one that is meant where several layers show it', () => {
    const { items, main } = project();
    const alone = new FakeLayer(main, 'alone', solidItem(items, 10));
    const shared = solidItem(items, 11);
    const [first, second] = [new FakeLayer(main, 'first', shared), new FakeLayer(main, 'second', shared)];
    run(items, call('solid-color-set', ['alone', 'first'], { color: [1, 0, 0] }));
    assert.deepEqual([...colorOf(alone)], [1, 0, 0]);
    assert.equal(alone.source?.id, 10, 'the same solid');
    assert.deepEqual(
      [[...colorOf(first)], [...colorOf(second)]],
      [
        [1, 0, 0],
        [0, 0, 0],
      ],
    );
    assert.deepEqual(
      main.stack.map(({ name }) => name),
      ['alone', 'first', 'second'],
    );
  });

  it('hide, show and remove layers, locked ones too', () => {
    const { items, main } = project();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => new FakeLayer(main, name, null)) as [
      FakeLayer,
      FakeLayer,
      FakeLayer,
    ];
    c.locked = true;
    run(
      items,
      call('layer-state-set', ['a', 'b'], { state: 'hidden' }),
      call('layer-state-set', ['b'], { state: true }),
      call('layer-remove', ['c'], {}),
    );
    assert.deepEqual([a.enabled, b.enabled, main.stack], [false, true, [a, b]]);
    run(items, call('layer-state-set', ['a'], { visible: true }), call('layer-state-set', ['b'], { visible: false }));
    assert.deepEqual([a.enabled, b.enabled], [true, false]);
  });

  it('move a layer to where it is seen from, and end it after a while', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'a', null);
    layer.inPoint = 1;
    run(items, call('layer-start-set', ['a'], { value: 3 }));
    assert.deepEqual([layer.startTime, layer.inPoint, layer.outPoint], [2, 3, 6]);
    run(items, call('layer-duration-set', ['a'], { value: 0.5 }));
    assert.deepEqual([layer.startTime, layer.inPoint, layer.outPoint], [2, 3, 3.5]);
  });

  it('set the length of a composition, and of its work area where that was all of it', () => {
    const { items, main } = project();
    const other = new FakeComp(2, 'other', items);
    other.workAreaStart = 1;
    other.workAreaDuration = 2;
    run(items, call('comp-duration-set', [], { value: 10 }), call('comp-duration-set', [], { value: 8 }, 'other'));
    assert.deepEqual([main.duration, main.workAreaDuration], [10, 10]);
    assert.deepEqual([other.duration, other.workAreaStart, other.workAreaDuration], [8, 1, 2]);
  });

  it('make a text as large as fits into its box, lines that are set apart with it', () => {
    const { items, main } = project();
    // At 20 pixels ten letters make two lines in a box of 100 by 40.
    const { text } = textLayer(main, 'boxed', new FakeDocument('x'.repeat(10), [100, 40]));
    const document = new FakeDocument('x'.repeat(10), [100, 80]);
    Object.assign(document, { autoLeading: false, leading: 80 });
    const { text: spaced } = textLayer(main, 'spaced', document);
    run(items, call('layer-autoscale', ['boxed', 'spaced'], {}));
    assert.ok(Math.abs((text.documents[0]?.fontSize ?? 0) - 20) <= 0.1, `${text.documents[0]?.fontSize}`);
    const { fontSize = 0, leading = 0 } = spaced.documents[0] ?? {};
    assert.ok(Math.abs(leading / fontSize - 2) < 1e-9);
    assert.equal(spaced.documents[0]?.boxOverflow, false);
  });

  it('make point text as large as the composition is wide, with the scale of its layer, at each keyframe', () => {
    const { items, main } = project();
    const { layer, text } = textLayer(main, 'point', new FakeDocument('x'.repeat(10)), new FakeDocument('xx'));
    ((layer.property('ADBE Transform Group') as FakeGroup).property('ADBE Scale') as FakeProperty).value = [
      200, 200, 100,
    ];
    run(items, call('layer-autoscale', ['point'], {}));
    const sizes = text.documents.map(({ fontSize }) => fontSize);
    assert.ok(Math.abs((sizes[0] ?? 0) - 20) <= 0.1, `${sizes[0]}`);
    assert.equal(sizes[1], 40);
  });

  it('never make a text larger, nor smaller than it may be', () => {
    const { items, main } = project();
    const { text: small } = textLayer(main, 'small', new FakeDocument('x'));
    const { text: long } = textLayer(main, 'long', new FakeDocument('x'.repeat(100)));
    run(
      items,
      call('layer-autoscale', ['small'], { maxFontSize: 90 }),
      call('layer-autoscale', ['long'], { minFontSize: 12 }),
    );
    assert.deepEqual([small.documents[0]?.fontSize, long.documents[0]?.fontSize], [40, 12]);
    run(items, call('layer-autoscale', ['small'], { maxFontSize: 9 }));
    assert.equal(small.documents[0]?.fontSize, 9);
  });

  it('scale footage until the composition is filled, or all of it is seen', () => {
    const { items, main } = project();
    const [fill, fit] = ['fill', 'fit'].map(
      (name, at) => new FakeLayer(main, name, solidItem(items, 20 + at), transformGroup()),
    ) as [FakeLayer, FakeLayer];
    Object.assign(fit.source as object, { height: 100 });
    Object.assign(fill.source as object, { height: 100 });
    run(items, call('layer-autoscale', ['fill'], { type: 'fill' }), call('layer-autoscale', ['fit'], {}));
    const plain = (layer: FakeLayer) => JSON.parse(JSON.stringify(valuesOf(layer)));
    assert.deepEqual(plain(fill), [[50, 50, 0], [200, 100, 0], [400, 400, 100], 100]);
    assert.deepEqual(plain(fit), [[50, 50, 0], [200, 100, 0], [200, 200, 100], 100]);
  });

  it('change no layer where one of those that are named is missing, and say which cannot be changed', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'a', null);
    textLayer(main, 'words', new FakeDocument('x'));
    const faults: [asset: Step, words: RegExp][] = [
      [call('layer-state-set', ['a', 'b'], { state: false }), /LAYER_NOT_FOUND.*'b' not found.*'a', 'words'/],
      [call('text-params-set', ['a'], { fontSize: 5 }), /ASSET_LAYER_MISMATCH.*'a' is not a text layer/],
      [call('solid-color-set', ['words'], { color: [0, 0, 0] }), /ASSET_LAYER_MISMATCH.*'words' is not a solid/],
      [call('layer-autoscale', ['a'], {}), /ASSET_LAYER_MISMATCH.*'a' has neither a text nor footage/],
      [call('comp-duration-set', [], { value: 1 }, 'none'), /COMPOSITION_NOT_FOUND/],
    ];
    for (const [asset, words] of faults) assert.throws(() => run(items, asset), words);
    assert.equal(layer.enabled, true);
  });
});

describe('the fields of a panel in After Effects', () => {
  const field = (path: [matchName: string, index: number | null][], value: string | number | number[], layerId = 100) =>
    ({
      ...{ type: 'essential', field: 'Group.Title', value },
      target: { compId: 1, layerId, path: path.map(([matchName, index]) => ({ matchName, index })) },
    }) as Step;

  it('set the property that each stands for, of effects that have one name by their place', () => {
    const { items, main } = project();
    const { text } = textLayer(main, 'words', new FakeDocument('old'));
    const sliders = [1, 2].map((at) => new FakeProperty('ADBE Slider Control-0001', at));
    const effects = sliders.map((slider) => new FakeGroup('ADBE Slider Control', slider));
    new FakeLayer(main, 'control', null, new FakeGroup('ADBE Effect Parade', ...effects), transformGroup());
    const slider = (index: number | null) =>
      [
        ['ADBE Effect Parade', null],
        ['ADBE Slider Control', index],
        // Counted with the invisible first parameter, so it is not this place.
        ['ADBE Slider Control-0001', 1],
      ] as [string, number | null][];
    run(
      items,
      field(
        [
          ['ADBE Text Properties', null],
          ['ADBE Text Document', null],
        ],
        'new',
      ),
      field(slider(1), 7, 101),
      field(
        [
          ['ADBE Transform Group', null],
          ['ADBE Opacity', null],
        ],
        40,
        101,
      ),
    );
    assert.equal(text.value.text, 'new');
    assert.deepEqual(
      sliders.map(({ value }) => value),
      [1, 7],
    );
    assert.equal(valuesOf(main.stack[1] as FakeLayer)[3], 40);
    run(items, field(slider(null), 9, 101));
    assert.equal(sliders[0]?.value, 9);
  });

  it('say so where the layer or the property is gone', () => {
    const { items, main } = project();
    textLayer(main, 'words', new FakeDocument('old'));
    assert.throws(() => run(items, field([['ADBE Opacity', null]], 1, 999)), /LAYER_NOT_FOUND.*'Group\.Title'/);
    for (const path of [[['ADBE Marker', null]], [['ADBE Text Properties', null]], []] as [string, null][][])
      assert.throws(() => run(items, field(path, 1)), /PROPERTY_NOT_FOUND.*'Group\.Title'.*'words'/);
  });
});

describe('a script of a job in After Effects', () => {
  const script = (src: string, more: object = {}) =>
    ({ type: 'script', src, name: 'own.jsx', keyword: 'NX', parameters: [], ...more }) as Step;

  it('runs on the open project, in its place among the assets, with its parameters as data', async (t) => {
    const { items, main } = project();
    const { text } = textLayer(main, 'words', new FakeDocument('old'));
    const src = join(await temporaryFolder(t), 'own.jsx');
    await writeFile(
      src,
      `var text = app.project.item(1).layer(1).property('ADBE Text Properties').property('ADBE Text Document');
       var document = text.value;
       document.text = [document.text, NX.get('dog'), NX.get('none'), NX.get('code'), typeof Other].join('|');
       text.setValue(document);`,
    );
    const parameters = [
      { key: 'dog', value: 'doggo' },
      { key: 'code', value: 'function () { return 1; }' },
    ];
    run(items, { type: 'text', layerName: 'words', value: 'first' }, script(src, { parameters }));
    assert.equal(text.value.text, 'first|doggo||function () { return 1; }|undefined');
  });

  it('that leaves an undo group open, or closes one too many, keeps no later asset from its layer', async (t) => {
    const { items, main } = project();
    const { text } = textLayer(main, 'words', new FakeDocument('old'));
    const src = join(await temporaryFolder(t), 'own.jsx');
    const after: Step = { type: 'text', layerName: 'words', value: 'new' };
    for (const [code, warnings] of [
      ["app.beginUndoGroup('mine');", 1],
      ['app.endUndoGroup();', 1],
      ["app.beginUndoGroup('mine'); app.endUndoGroup();", 0],
    ] as const) {
      await writeFile(src, code);
      assert.equal(run(items, script(src), after).length, warnings);
      assert.equal(text.value.text, 'new');
    }
    // Ours open none: a job is never undone.
    assert.deepEqual(run(items, after), []);
  });

  it('ends the job where it is wrong or fails, with the name of the asset', async (t) => {
    const { items } = project();
    const folder = await temporaryFolder(t);
    const [wrong, failing] = [join(folder, 'wrong.jsx'), join(folder, 'failing.jsx')];
    await writeFile(wrong, 'var = 5;');
    await writeFile(failing, "throw new Error('no such layer');");
    const words = (asset: Step) => () => run(items, asset);
    assert.throws(words(script(wrong)), /SCRIPT_FAILED.*assets\[0\]: script 'own\.jsx': /);
    assert.throws(words(script(failing)), /SCRIPT_FAILED.*assets\[0\]: script 'own\.jsx': no such layer/);
  });
});

describe('footage in After Effects', () => {
  it('leaves the layer its name, so that later assets find it', async (t) => {
    const src = join(await temporaryFolder(t), '0-mary.png');
    await writeFile(src, '');
    const { items, main } = project();
    const photo = new FakeFootage(7, '1.jpg', {}, [main]);
    const layer = new FakeLayer(main, '1.jpg', photo, transformGroup());
    run(items, { type: 'footage', layerName: '1.jpg', src }, call('layer-autoscale', ['1.jpg'], {}));
    assert.deepEqual([layer.name, layer.source?.name], ['1.jpg', '0-mary.png']);
    assert.equal(JSON.stringify(valuesOf(layer)[2]), '[400,400,100]');
  });
});

describe('a property that After Effects hides', () => {
  it('is set in its parts if its dimensions are separated', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'box', solidItem(items, 9), transformGroup());
    const group = layer.property('ADBE Transform Group') as FakeGroup;
    const parts = [new FakeProperty('ADBE Position_0', 0), new FakeProperty('ADBE Position_1', 0)];
    const position = group.property('ADBE Position') as FakeProperty;
    Object.assign(position, { isSeparationLeader: true, dimensionsSeparated: true });
    Object.assign(position, { getSeparationFollower: (index: number) => parts[index] });
    run(items, { type: 'data', layerName: 'box', property: 'ADBE Position', value: [30, 40, 0] });
    assert.deepEqual(
      parts.map(({ value }) => value),
      [30, 40],
    );
    assert.deepEqual(position.value, [0, 0, 0]);
  });

  it('is switched on: a part of a position, and time remapping', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'box', solidItem(items, 9), transformGroup());
    const group = layer.property('ADBE Transform Group') as FakeGroup;
    const leader = { dimensionsSeparated: false };
    const part = Object.assign(new FakeProperty('ADBE Position_0', 0), {
      isSeparationFollower: true,
      separationLeader: leader,
    });
    group.members.push(part);
    const remap = layer.addTimeRemap();
    run(
      items,
      { type: 'data', layerName: 'box', property: 'ADBE Position_0', value: 30 },
      { type: 'data', layerName: 'box', property: 'ADBE Time Remapping', value: 2 },
    );
    assert.deepEqual([leader.dimensionsSeparated, part.value], [true, 30]);
    // It goes off again with its last keyframe.
    assert.deepEqual([layer.timeRemapEnabled, remap.numKeys, remap.value], [true, 1, 2]);
    run(items, { type: 'data', layerName: 'box', property: 'Time Remap', value: 1 } as Step);
    assert.deepEqual([layer.timeRemapEnabled, remap.numKeys, remap.value], [true, 1, 1]);
  });

  it('is refused with the words of After Effects if it cannot be switched on', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'box', solidItem(items, 9), transformGroup());
    layer.addTimeRemap();
    layer.timeRemap = null;
    const step = { type: 'data', layerName: 'box', property: 'ADBE Time Remapping', value: 2 } as Step;
    assert.throws(() => run(items, step), /SCRIPT_FAILED.*assets\[0\] \(property 'ADBE Time Remapping'\).*hidden/);
  });

  it('takes no value of another form, and the fault names the asset', () => {
    const { items, main } = project();
    new FakeLayer(main, 'box', solidItem(items, 9), transformGroup());
    for (const [property, value] of [
      ['ADBE Opacity', 'half'],
      ['ADBE Opacity', [50]],
      ['ADBE Position', [1, 2, 3, 4]],
      ['ADBE Position', 7],
    ] as const)
      assert.throws(
        () => run(items, { type: 'data', layerName: 'box', property, value } as Step),
        /SCRIPT_FAILED.*assets\[0\]/,
      );
  });
});

describe('the steps of a job in After Effects', () => {
  it('change a locked layer as any other', async (t) => {
    const { items, main } = project();
    const { layer: title, text } = textLayer(main, 'title', new FakeDocument('old'));
    const photo = new FakeLayer(main, 'photo', solidItem(items, 10), transformGroup());
    title.locked = true;
    photo.locked = true;
    const src = join(await temporaryFolder(t), 'new.png');
    await writeFile(src, '');
    run(
      items,
      { type: 'text', layerName: 'title', value: 'new' },
      { type: 'data', layerName: 'photo', property: 'Opacity', value: 50 } as Step,
      { type: 'footage', layerName: 'photo', src } as Step,
      call('layer-start-set', ['photo'], { value: 1 }),
    );
    assert.equal(text.value.text, 'new');
    assert.deepEqual([valuesOf(photo)[3], photo.source?.name, photo.inPoint], [50, 'new.png', 1]);
  });

  it('set a property that has keyframes for the whole time', () => {
    const { items, main } = project();
    const layer = new FakeLayer(main, 'box', solidItem(items, 10), transformGroup());
    const opacity = (layer.property('ADBE Transform Group') as FakeGroup).property('ADBE Opacity') as FakeProperty;
    opacity.numKeys = 3;
    run(items, { type: 'data', layerName: 'box', property: 'Transform->Opacity', value: 20 } as Step);
    assert.deepEqual([opacity.numKeys, opacity.value], [0, 20]);
  });

  it('count layers as the template does, whatever steps before them have removed', async (t) => {
    const { items, main } = project();
    const layers = ['a', 'b', 'c'].map((name, index) => new FakeLayer(main, name, solidItem(items, 10 + index)));
    const src = join(await temporaryFolder(t), 'new.png');
    await writeFile(src, '');
    const footage = { type: 'footage', layerIndex: 3, src } as Step;
    run(items, call('layer-remove', ['a'], {}), footage);
    assert.deepEqual(
      layers.map(({ source }) => source?.name),
      ['solid', 'solid', 'new.png'],
    );
    assert.throws(() => run(items, footage), /LAYER_NOT_FOUND.*Layer 3 not found/);
  });

  it('say of a file that is gone that it is gone', () => {
    const { items, main } = project();
    new FakeLayer(main, 'photo', solidItem(items, 10), transformGroup());
    const step = { type: 'footage', layerName: 'photo', src: '/nowhere/new.png' } as Step;
    assert.throws(() => run(items, step), /ASSET_NOT_FOUND.*\/nowhere\/new\.png is not there/);
  });
});
