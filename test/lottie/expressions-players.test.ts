import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Animated } from '../../lib/lottie/document/index.ts';
import { bake, documentOf, layer, moving, numbersAt, property } from '../support/expression-document.ts';

const still = (k: unknown) => ({ a: 0, k });
const turned = (x: string, k: unknown = 0) => ({ r: { a: 0, k, x } });

/** A slider with a match name of its own and one without, as older exports wrote it. */
function effect(nm: string, value: number, more: object = {}) {
  const control = { ty: 0, nm: 'Slider', mn: 'ADBE Slider Control-0001', ix: 1, v: still(value) };
  return { ty: 5, nm, mn: 'ADBE Slider Control', ix: 1, ef: [control], ...more };
}

/** A group at 30 degrees, which holds a rectangle of 40 by 20 and a group with an ellipse of 10, moved by 100. */
function shapes() {
  const group = (nm: string, it: object[], tr: object = {}) => ({
    ...{ ty: 'gr', nm },
    it: [
      ...it,
      { ty: 'tr', p: still([0, 0]), a: still([0, 0]), s: still([100, 100]), r: still(0), o: still(100), ...tr },
    ],
  });
  const rectangle = { ty: 'rc', nm: 'Rectangle', s: still([40, 20]), p: still([0, 0]), r: still(0) };
  const ellipse = { ty: 'el', nm: 'Ellipse', s: still([10, 10]), p: still([0, 0]) };
  const stroke = { ty: 'st', nm: 'Stroke', c: still([1, 0, 0, 1]), o: still(100), w: still(6), lc: 1, lj: 1 };
  return [
    group('Admin', [rectangle, stroke]),
    group('Moved', [group('Inner', [ellipse])], { p: still([100, 0]), r: still(30) }),
  ];
}

type Asked = readonly [x: string, value: number, more?: object, frame?: number];

/** Checks what expressions give as the rotation of a layer, all in one document. */
async function check(table: readonly Asked[]): Promise<void> {
  const layers = table.map(([x, , more], at) => layer(`asked ${at}`, turned(x), more));
  const document = documentOf([...layers, layer('other', { r: still(77) })]);
  assert.deepEqual(await bake(document), []);
  const given = table.map(([, , , frame = 0], at) => numbersAt(property(document, `asked ${at}`, 'r'), frame)[0]);
  const near = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10;
  assert.deepEqual(
    table.map(([x], at) => [x, near(given[at])]),
    table.map(([x, value]) => [x, near(value)]),
  );
}

describe('an expression that Bodymovin or a tool wrote', () => {
  it('finds the groups of a layer by the numbers of After Effects, and by those of other players', async () => {
    const shape = { ty: 4, shapes: shapes(), ef: [effect('Angle', 12)] };
    const table: [x: string, value: number][] = [
      ["thisLayer(2)('Moved')('Transform')('Rotation')", 30],
      ['thisLayer(2)(2)(3)(6)', 30],
      ["thisLayer(2)(1)(2)('Rectangle')(2)[0]", 40],
      ["thisLayer(4)('Angle')(1)", 12],
      ["thisLayer('ADBE Effect Parade')(1)(1)", 12],
      ["thisLayer(5)('ADBE Opacity')", 100],
      ['thisLayer(6)("Opacity")', 100],
      ['thisLayer(2)(1)(2).numProperties', 2],
    ];
    const flat = { ef: [effect('Angle', 9)] };
    await check([
      ...table.map(([x, value]): Asked => [x, value, shape]),
      ["thisLayer(5)('Angle')(1)", 9, flat],
      ["thisLayer(4)('Angle')(1)", 9, flat],
    ]);
  });

  it('finds what an effect has by number and match name, whatever is left out before it', async () => {
    const many = {
      ...{ ty: 5, nm: 'Many', mn: 'ADBE Tint', ix: 2 },
      ef: [
        { ty: 6, nm: 'Heading', mn: 'ADBE Tint-0001', ix: 1, v: 0 },
        { ty: 0, nm: 'Amount', mn: 'ADBE Tint-0003', ix: 3, v: still(42) },
      ],
    };
    const { mn: _, ...unnamed } = (effect('x', 5).ef as { mn: string }[])[0] ?? { mn: '' };
    const effects = { ef: [effect('x', 5), many, { ...effect('old', 6), ix: 3, ef: [{ ...unnamed, v: still(6) }] }] };
    const table: [x: string, value: number][] = [
      ["effect('x')('ADBE Slider Control-0001')", 5],
      ["effect('Many')(3)", 42],
      ["effect('Many')('ADBE Tint-0003')", 42],
      ['effect(2)(3)', 42],
      ["effect('old')('ADBE Slider Control-0001')", 6],
      ["effect('old')('Slider')", 6],
    ];
    await check(table.map(([x, value]): Asked => [x, value, effects]));
  });

  it('goes up any number of groups, and knows its number in each', async () => {
    const inner = (x: string) => {
      const [first, moved] = shapes();
      const [group, transform] = moved?.it ?? [];
      const [ellipse, place] = (group as unknown as { it: object[] }).it;
      return [first, { ...moved, it: [{ ...group, it: [ellipse, { ...place, r: { a: 0, k: 0, x } }] }, transform] }];
    };
    const table: [x: string, value: number][] = [
      ['thisProperty.propertyGroup(2).propertyIndex', 1],
      ["thisProperty.propertyGroup(4)(3)('Rotation')", 30],
      ['thisProperty.propertyGroup(4).propertyIndex * 20', 40],
      ["propertyGroup(4).name == 'Moved' ? 1 : 0", 1],
      ["thisProperty.propertyGroup(9).name == 'asked 4' ? 1 : 0", 1],
      ['thisProperty.propertyIndex', 6],
    ];
    const layers = table.map(([x], at) => layer(`asked ${at}`, {}, { ty: 4, shapes: inner(x) }));
    const document = documentOf(layers);
    assert.deepEqual(await bake(document), []);
    for (const [at, [x, value]] of table.entries()) {
      const [, moved] = (document.layers[at]?.shapes ?? []) as { it: { it: { r: Animated }[] }[] }[];
      const baked = moved?.it[0]?.it[1]?.r;
      assert.deepEqual(baked && numbersAt(baked, 0), [value], x);
    }
  });

  it('evaluates a text with what is around it, and nothing outside of its realm', async () => {
    await check([
      ['var c = "thisComp.layer"; c += "(\'other\')"; -eval(c).rotation', -77],
      ['var local = 3; eval("local * time + 2")', 5, {}, 10],
      ['$bm_rt = eval("value + 4")', 4],
    ]);
    const document = documentOf([
      layer('process', turned('eval("process.pid")')),
      layer('maker', turned('eval("this.constructor.constructor(\'return process\')().pid")')),
      layer('good', turned('eval("7")')),
    ]);
    const failed = await bake(document);
    assert.deepEqual(
      failed.map((one) => one.layer),
      ['process', 'maker'],
    );
    assert.deepEqual(numbersAt(property(document, 'good', 'r'), 0), [7]);
  });

  it('loops in any case, and takes a key of one number for a list', async () => {
    for (const type of ['Cycle', 'cycle', 'CYCLE']) {
      const document = documentOf([layer('asked', { r: { ...moving([0], [10]), x: `loopOut('${type}')` } })]);
      assert.deepEqual(await bake(document), []);
      assert.deepEqual(numbersAt(property(document, 'asked', 'r'), 13), [3]);
    }
    const document = documentOf([
      layer('asked', { r: { ...moving([5], [10]), x: 'key(1)[0] + key(2)[0] + key(1).length' } }),
    ]);
    const [failed] = await bake(document);
    assert.match(failed?.reason ?? '', /NaN|no number/);
    const keyed = documentOf([layer('asked', { r: { ...moving([5], [10]), x: 'key(1)[0] + 45 || value' } })]);
    assert.deepEqual(await bake(keyed), []);
    assert.deepEqual(numbersAt(property(keyed, 'asked', 'r'), 3), [50]);
  });

  it('knows how large shapes are: groups, strokes, paths and what moves them', async () => {
    const shape = { ty: 4, shapes: shapes() };
    const rect = (part: string, more = '') => `thisLayer.sourceRectAtTime(time${more}).${part}`;
    const [zero, up] = [
      [0, 0],
      [0, -80],
    ];
    const path = { v: [zero, [100, 0]], i: [zero, up], o: [up, zero], c: false };
    const curve = { ty: 4, shapes: [{ ty: 'sh', nm: 'Path', ks: still(path) }] };
    await check([
      [rect('left'), -20, shape],
      [rect('top'), -10, shape],
      [rect('width'), 125, shape],
      [rect('height'), 20, shape],
      [rect('left', ', true'), -23, shape],
      [rect('top'), -60, curve],
      [rect('width'), 0, { ty: 4, shapes: [] }],
    ]);
  });

  it('of Ease and Wizz and of RubberHose gives what it gives in After Effects', async () => {
    const easeAndWizz = `
      function easeAndWizz() { var n = 0; if (numKeys > 0) { n = nearestKey(time).index; if (key(n).time > time) { n--; } }
        try { var key1 = key(n); var key2 = key(n + 1); } catch (e) { return null; }
        var dim = 1; try { key(1)[1]; dim = 2; key(1)[2]; dim = 3; } catch (e) {}
        var t = time - key1.time; var d = key2.time - key1.time; var sX = key1[0]; var eX = key2[0] - key1[0];
        return eX * (t / d) * (t / d) + sX; }
      (easeAndWizz() || value);`;
    const document = documentOf([layer('asked', { r: { ...moving([10], [20]), x: easeAndWizz } })]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(numbersAt(property(document, 'asked', 'r'), 5), [12.5]);
    const hose = `var $bm_rt; var eff, A, B, out; try { eff = thisLayer(4)('Hose'); A = thisComp.layer('other').toComp([0, 0]);
      B = thisLayer(2)('Admin')('ADBE Vectors Group')('Rectangle')('ADBE Vector Rect Size'); out = length(A, B); $bm_rt = eff(1) + out * 0; }
      catch (e) { $bm_rt = -1; }`;
    await check([[hose, 31, { ty: 4, shapes: shapes(), ef: [effect('Hose', 31)] }]]);
  });
});
