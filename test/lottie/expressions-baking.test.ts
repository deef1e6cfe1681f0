import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compositionsOf, keyframesOf, type LottieLayer } from '../../lib/lottie/document/index.ts';
import { bakeExpressions } from '../../lib/lottie/expressions/bake.ts';
import { bake, documentOf, layer, moving, numbersAt, property, subjects } from '../support/expression-document.ts';

interface Key {
  t: number;
  s: object;
}

/** A layer as a test knows it to be. */
function parts<Known>(of: LottieLayer | undefined): Known {
  assert.ok(of);
  return of as Known;
}

const driven = (x: string, k: unknown = 100) => ({ a: 0, k, x });

describe('what an expression gives', () => {
  it('becomes one value where it never changes, and keys where it does', async () => {
    const document = documentOf([
      layer('still', { o: driven('40 + 2') }),
      layer('steps', { o: driven('time < 1 ? 10 : 20') }),
      layer('moves', { o: driven('time * 10') }),
    ]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(property(document, 'still', 'o'), { a: 0, k: 42 });
    const steps = keyframesOf(property(document, 'steps', 'o'));
    assert.deepEqual(
      steps.map(({ t, s }) => [t, s]),
      [
        [0, [10]],
        [9, [10]],
        [10, [20]],
      ],
    );
    assert.equal(keyframesOf(property(document, 'moves', 'o')).length, 21);
  });

  it('is evaluated for the frames that are rendered, and for no others', async () => {
    const document = documentOf([layer('moves', { o: driven('time < 0.5 ? nothing : time * 10') })]);
    assert.deepEqual(await bake(document, { first: 5, last: 8 }), []);
    const keys = keyframesOf(property(document, 'moves', 'o'));
    assert.deepEqual([keys[0]?.t, keys.at(-1)?.t], [5, 8]);
  });

  it('keeps the depth of a point and the alpha of a colour', async () => {
    const document = documentOf([
      layer('point', { p: driven('[time, 2]', [0, 0, 7]) }),
      layer('color', { o: driven('[1, 0, 0]', [0, 0, 0, 0.5]) }),
      layer('plane', { p: driven('[value.length, 1]', [0, 0, 7]) }),
      layer('space', { p: driven('[value.length, 1, 5]', [0, 0, 7]) }, { ddd: 1 }),
    ]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(numbersAt(property(document, 'point', 'p'), 10), [1, 2, 7]);
    assert.deepEqual(numbersAt(property(document, 'color', 'o'), 0), [1, 0, 0, 0.5]);
    assert.deepEqual(numbersAt(property(document, 'plane', 'p'), 0), [2, 1, 7]);
    assert.deepEqual(numbersAt(property(document, 'space', 'p'), 0), [3, 1, 5]);
  });

  it('may be a text, which keeps its looks', async () => {
    const looks = { f: 'Inter', s: 30, fc: [0, 0, 0] };
    const text = (x: string) => ({
      t: { d: { k: [{ t: 0, s: { t: 'Ada', ...looks } }], x }, p: {}, m: {}, a: [] },
      ty: 5,
    });
    const document = documentOf([
      layer('count', {}, text('"n\\u0000 " + Math.floor(time) + "\\n" + value')),
      layer('copy', {}, text('thisComp.layer("count").text.sourceText + "!"')),
    ]);
    assert.deepEqual(await bake(document), []);
    const shown = (at: number) => {
      return parts<{ t: { d: { k: Key[] } } }>(document.layers[at]).t.d.k.map(({ t, s }) => [t, s]);
    };
    assert.deepEqual(shown(0), [
      [0, { t: 'n 0\rAda', ...looks }],
      [10, { t: 'n 1\rAda', ...looks }],
      [20, { t: 'n 2\rAda', ...looks }],
    ]);
    assert.deepEqual(shown(1)[1], [10, { t: 'n 1\rAda!', ...looks }]);
  });

  it('may follow from how large a text is, but for one that an expression writes', async () => {
    const text = (t: string, x?: string) => ({
      ty: 5,
      t: { d: { k: [{ t: 0, s: { t, s: 30 } }], x }, p: {}, m: {}, a: [] },
    });
    const wide = (name: string) =>
      driven(`[thisComp.layer("${name}").sourceRectAtTime(0).width + 20, 100]`, [100, 100, 100]);
    const document = documentOf([
      layer('box', { s: wide('title') }),
      layer('null', { s: wide('box') }),
      layer('late', { s: wide('count') }),
      layer('drawn', { s: wide('shape') }),
      layer('title', {}, text('Ada')),
      layer('count', {}, text('Ada', 'time')),
      layer('shape', {}, { ty: 4, shapes: [] }),
    ]);
    const measure =
      async () =>
      ({ t = '' }) => ({ left: 0, top: -20, width: t.length * 10, height: 30 });
    const failed = await bake(document, { measure });
    assert.deepEqual(numbersAt(property(document, 'box', 's'), 0), [50, 100, 100]);
    assert.deepEqual(numbersAt(property(document, 'null', 's'), 0), [120, 100, 100]);
    assert.deepEqual(numbersAt(property(document, 'drawn', 's'), 0), [20, 100, 100]);
    assert.deepEqual(
      failed.map(({ layer: name, reason }) => [name, reason]),
      [['late', 'the size of a text that an expression writes is known only when it is drawn, at frame 0']],
    );
  });

  it('may be a path', async () => {
    const path = {
      v: [
        [0, 0],
        [10, 0],
      ],
      i: [
        [0, 0],
        [0, 0],
      ],
      o: [
        [1, 1],
        [0, 0],
      ],
      c: true,
    };
    const x = 'p = points(); p[0] = [time, 5]; createPath(p, [], thisProperty.outTangents(), !isClosed())';
    const mask = { mode: 'a', o: driven('50'), f: driven('[1, 2]', [0, 0]), x: driven('3', 0), pt: driven(x, path) };
    const document = documentOf([layer('masked', {}, { hasMask: true, masksProperties: [mask] })]);
    assert.deepEqual(await bake(document), []);
    const { masksProperties } = parts<{ masksProperties: [{ pt: { k: Key[] }; o: object; f: object; x: object }] }>(
      document.layers[0],
    );
    const [baked] = masksProperties;
    const at = baked.pt.k.find(({ t }) => t === 10);
    assert.deepEqual(at?.s, [
      {
        v: [
          [1, 5],
          [10, 0],
        ],
        i: [
          [0, 0],
          [0, 0],
        ],
        o: [
          [1, 1],
          [0, 0],
        ],
        c: false,
      },
    ]);
    assert.deepEqual(
      [baked.o, baked.f, baked.x],
      [
        { a: 0, k: 50 },
        { a: 0, k: [1, 2] },
        { a: 0, k: 3 },
      ],
    );
  });

  it('counts for the expressions that read it, whichever comes first', async () => {
    const document = documentOf([
      layer('last', { o: driven('thisComp.layer("middle").opacity + 1') }),
      layer('middle', { o: driven('thisComp.layer("first").position[0] * 2') }),
      layer('first', { p: driven('[time * 10, 0]', [0, 0, 0]) }),
      layer('child', { p: driven('thisLayer.toComp([0, 0])', [1, 2, 0]) }, { parent: 1 }),
      layer('parent', { p: driven('[30, 40]', [0, 0, 0]) }, { ind: 1 }),
      layer('apart', { p: { s: true, x: driven('time', 0), y: { a: 0, k: 6 } } }),
      layer('joined', { p: driven('thisComp.layer("apart").position', [0, 0, 0]) }),
    ]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(numbersAt(property(document, 'last', 'o'), 10), [21]);
    assert.deepEqual(numbersAt(property(document, 'child', 'p'), 0), [31, 42, 0]);
    assert.deepEqual(numbersAt(property(document, 'joined', 'p'), 10), [1, 6, 0]);
  });

  it('is not counted of what is being evaluated: by itself, and by those that it reads', async () => {
    const document = documentOf([
      layer('a', { o: driven('thisComp.layer("b").opacity + 1', 10) }),
      layer('b', { o: driven('thisComp.layer("a").opacity + 1', 20) }),
      layer('outside', { o: driven('thisComp.layer("a").opacity + thisComp.layer("b").opacity') }),
      layer('itself', { o: driven('thisLayer.opacity + transform.opacity', 3) }),
    ]);
    assert.deepEqual(await bake(document), []);
    const opacities = ['a', 'b', 'outside', 'itself'].map((name) => numbersAt(property(document, name, 'o'), 0));
    assert.deepEqual(opacities, [[12], [13], [25], [6]]);
  });

  it('finds the name of a layer and of what is in it as Bodymovin writes it', async () => {
    const hose = { ty: 'gr', nm: 'A', it: [{ ty: 'gr', nm: 'first', it: [{ ty: 'tr' }] }, { ty: 'tr' }] };
    const document = documentOf([
      layer('first', { o: driven('30') }),
      {
        ...layer('named', { o: driven('thisComp.layer(thisLayer(2)("A")(2)(1)._name).opacity') }),
        ty: 4,
        shapes: [hose],
      },
    ]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(numbersAt(property(document, 'named', 'o'), 0), [30]);
  });

  it('is the same in each render, however random, and differs by layer, property and seed', async () => {
    const make = () =>
      documentOf([
        layer('one', {
          o: driven('wiggle(2, 50)'),
          p: driven('wiggle(2, [50, 0])', [50, 50, 0]),
          r: driven('random(10)', 0),
        }),
        layer('two', { o: driven('wiggle(2, 50)'), r: driven('Math.random() * 10', 0) }),
        layer('held', { o: driven('seedRandom(3, true); random(100)'), r: driven('gaussRandom(5) + noise(time)', 0) }),
        layer('pair', { p: driven('random([1, 1], [2, 2])', [0, 0, 0]), o: driven('seedRandom(4); wiggle(2, 50)') }),
      ]);
    const [first, second] = [make(), make()];
    assert.deepEqual([await bake(first), await bake(second)], [[], []]);
    const values = (document: typeof first, name: string, key: string) =>
      [0, 1, 2, 3].map((frame) => numbersAt(property(document, name, key), frame));
    for (const { nm = '' } of first.layers)
      for (const key of ['o', 'p', 'r']) assert.deepEqual(values(first, nm, key), values(second, nm, key));
    assert.notDeepEqual(values(first, 'one', 'o'), values(first, 'two', 'o'));
    assert.notDeepEqual(values(first, 'one', 'r'), values(first, 'two', 'r'));
    assert.equal(new Set(values(first, 'two', 'r').flat()).size, 4);
    assert.equal(property(first, 'held', 'o').a, 0);
    const [x = 0, y = 0] = numbersAt(property(first, 'one', 'p'), 3);
    assert.ok(x !== 50 && y === 50 && Math.abs(x - 50) <= 50);
    for (const part of numbersAt(property(first, 'pair', 'p'), 3).slice(0, 2)) assert.ok(part >= 1 && part <= 2);
  });
});

describe('nested compositions', () => {
  const inner = (more: object = {}) => ({
    id: 'inner',
    nm: 'inside',
    w: 100,
    h: 100,
    layers: [
      layer('deep', { o: driven('time * 10'), r: driven('comp("main").layer("outer").opacity + thisComp.width', 0) }),
    ],
    ...more,
  });

  it('are evaluated at their own frames, as far as they are shown', async () => {
    const shown = { ty: 0, refId: 'inner', st: 4, ip: 6, op: 12 };
    const document = documentOf([layer('outer', {}, shown)], { assets: [inner()] });
    assert.deepEqual(await bake(document), []);
    const { o, r } = parts<{ ks: { o: { k: Key[] }; r: object } }>(document.assets[0]?.layers?.[0]).ks;
    assert.deepEqual([o.k[0]?.t, o.k.at(-1)?.t, o.k[0]?.s], [2, 8, [2]]);
    assert.deepEqual(r, { a: 0, k: 200 });
  });

  it('are evaluated whole where their time is remapped, itself by an expression as well', async () => {
    const tm = { ...moving([0], [1]), x: 'loopOut("pingpong")' };
    const document = documentOf([layer('outer', {}, { ty: 0, refId: 'inner', tm })], { assets: [inner()] });
    assert.deepEqual(await bake(document), []);
    const { o } = parts<{ ks: { o: { k: Key[] } } }>(document.assets[0]?.layers?.[0]).ks;
    assert.deepEqual([o.k[0]?.t, o.k.at(-1)?.t], [0, 21]);
  });

  it('are left alone where nothing shows them, and rendered by themselves where they are asked for', async () => {
    const document = documentOf([layer('alone', { o: driven('5') })], {
      assets: [inner(), inner({ id: 'x', nm: 'broken', layers: [layer('bad', { o: driven('oops') })] })],
    });
    assert.deepEqual(await bake(document), []);
    const nested = compositionsOf(document)[2];
    assert.ok(nested);
    const [failed] = await bakeExpressions(document, nested, { first: 0, last: 3 });
    assert.deepEqual(failed, {
      ...{ composition: 'broken', layer: 'bad', property: 'Opacity (ks.o)' },
      ...{ reason: 'oops is not defined, at frame 0', ofJob: false, isUnreadable: false },
    });
  });
});

describe('a document', () => {
  it('is evaluated in one go however many of its expressions read others', async () => {
    const chain = Array.from({ length: 120 }, (_, at) =>
      layer(`link ${at}`, { o: driven(at === 0 ? 'time' : 'thisComp.layer(index - 1).opacity.valueAtTime(time) + 1') }),
    );
    const document = documentOf([...chain, ...subjects()]);
    assert.deepEqual(await bake(document), []);
    assert.deepEqual(numbersAt(property(document, 'link 119', 'o'), 20), [121]);
  });
});
