import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compositionsOf, parseLottie } from '../../../lib/lottie/document/index.ts';
import { differenceSentences } from '../../../lib/lottie/normalise/index.ts';
import { DRAWN_BY_MATCH_NAME, DRAWN_BY_TYPE } from '../../../lib/lottie/normalise/known-effects.ts';
import { startSkia } from '../../../lib/lottie/renderer/frames.ts';
import { skiaWarnings } from '../../../lib/lottie/renderer/skia-log.ts';
import { shapeLayer, smallDocument, solidLayer, textLayer } from '../../support/small-document.ts';

function sentences(layers: object[], assets: object[] = []): string[] {
  const document = parseLottie(Buffer.from(JSON.stringify(smallDocument(layers, assets))));
  const [top] = compositionsOf(document);
  assert.ok(top);
  return differenceSentences(document, top);
}

const box = (more: object) => solidLayer('box', '#ff0000', 0, 0, 9, 9, more);
const effect = (nm: string, mn: string, more = {}) => ({ ty: 5, nm, mn, en: 1, ef: [], ...more });

describe('a difference from After Effects is reported', () => {
  it('of an effect that is not drawn, with the time in which it shows', () => {
    const layer = box({ ip: 25, op: 40, ef: [effect('Mosaic', 'ADBE Mosaic')] });
    assert.deepEqual(sentences([layer]), [
      "In composition 'main', layer 'box' will look different, from 0:01 to 0:01.60: the effect Mosaic is not drawn.",
    ]);
  });

  it('without a time if it is there from beginning to end', () => {
    assert.deepEqual(sentences([box({ ef: [effect('Glow', 'ADBE Glo2')] })]), [
      "In composition 'main', layer 'box' will look different: the effect Glow is not drawn.",
    ]);
  });

  it('of nothing that is not seen: effects that are off, controls, hidden layers, nulls', () => {
    const glow = effect('Glow', 'ADBE Glo2');
    assert.deepEqual(
      sentences([
        box({ ef: [{ ...glow, en: 0 }] }),
        box({ ef: [effect('Speed', 'ADBE Slider Control'), effect('Rig', 'Pseudo/MDS 12')] }),
        box({ hd: true, ef: [glow] }),
        box({ ip: 60, op: 80, ef: [glow] }),
        { ...box({ ef: [glow] }), ty: 3 },
      ]),
      [],
    );
  });

  it('of an expression that cannot be read, or asks for what is not known, by its property', () => {
    const moved = (x: string, more = {}) => {
      const layer = box(more);
      return { ...layer, ks: { ...layer.ks, o: { a: 0, k: 100, x } } };
    };
    const [broken] = sentences([moved('value +')]);
    assert.match(
      broken ?? '',
      /^In composition 'main', layer 'box': the expression of Opacity \(ks\.o\) is not evaluated \(it is no JavaScript: .+\); its value without/,
    );
    // A hidden layer may move others.
    assert.equal(sentences([moved('value +', { hd: true })]).length, 1);
    assert.deepEqual(sentences([moved('thisLayer.sampleImage([0, 0])[0]')]), [
      "In composition 'main', layer 'box' may look a little different: the expression of Opacity (ks.o) asks for sampleImage, which is not known here.",
    ]);
    for (const fine of ['value', 'if (time > 1) 80 else 20', '"footage" // sampleImage', 'with (Math) 1'])
      assert.deepEqual(sentences([moved(fine)]), [], fine);
  });

  it('of an effect that would need a second matte', () => {
    const value = (k: number) => ({ ty: 0, v: { a: 0, k } });
    const matte = (nm: string) => effect(nm, 'ADBE Set Matte3', { ef: [value(1), value(4), value(0)] });
    assert.deepEqual(sentences([box({ ef: [matte('one')] })]), []);
    assert.deepEqual(sentences([box({ ef: [matte('one'), matte('two')] })]), [
      "In composition 'main', layer 'box' will look different: the effect two is not drawn.",
    ]);
  });

  it('of Trim Paths that should go along the paths of several groups', () => {
    const groups = (m: number, ...items: object[]) => sentences([shapeLayer([...items, { ty: 'tm', m }])]);
    const inner = { ty: 'gr', it: [{ ty: 'sh' }, { ty: 'tr' }] };
    assert.deepEqual(groups(1, inner, inner), []);
    assert.deepEqual(groups(2, { ty: 'sh' }, { ty: 'sh' }), []);
    assert.deepEqual(groups(2, inner, inner), [
      "In composition 'main', layer 'shape' will look different: Trim Paths goes along the paths of each group by themselves, and not along one after the other.",
    ]);
  });

  it('of no effect that is set to nothing', () => {
    const choker = (k: number) => effect('Choker', 'ADBE Simple Choker', { ef: [{}, { ty: 0, v: { a: 0, k } }] });
    assert.deepEqual(sentences([box({ ef: [choker(0)] })]), []);
    assert.equal(sentences([box({ ef: [choker(4)] })]).length, 1);
  });

  it('of a Bulge that sinks in, at any time', () => {
    const bulge = (height: object) => effect('Bulge', 'ADBE Bulge', { ef: [{}, {}, {}, { ty: 0, v: height }] });
    const moving = { a: 1, k: [{ t: 0, s: [0.5], e: [-1] }, { t: 40 }] };
    assert.deepEqual(sentences([box({ ef: [bulge({ a: 0, k: 2 })] })]), []);
    for (const height of [{ a: 0, k: -2 }, moving])
      assert.deepEqual(sentences([box({ ef: [bulge(height)] })]), [
        "In composition 'main', layer 'box' will look different: the effect Bulge repeats its layer where it sinks in.",
      ]);
  });

  it('of modifiers that are applied before what stands above them, if that changes the picture', () => {
    const modified = (...items: object[]) => shapeLayer([{ ty: 'gr', it: [{ ty: 'sh' }, ...items, { ty: 'tr' }] }]);
    const copies = (percent: number) => ({ ty: 'rp', tr: { s: { a: 0, k: [percent, percent] } } });
    assert.deepEqual(
      sentences([
        modified({ ty: 'tm' }, { ty: 'rd' }),
        modified({ ty: 'mm', mm: 3 }, { ty: 'op' }),
        modified(copies(90), { ty: 'zz' }),
        modified({ ty: 'rd' }, { ty: 'tm' }),
        modified({ ty: 'mm', mm: 1 }, { ty: 'rd' }),
        modified(copies(100), { ty: 'rd' }),
        modified({ ty: 'tm', hd: true }, { ty: 'rd' }),
      ]),
      [
        'Round Corners is applied before Trim Paths',
        'Offset Paths is applied before Merge Paths',
        'Zig Zag is applied before Repeater',
      ].map(
        (what) =>
          `In composition 'main', layer 'shape' will look different: the shape modifier ${what}, which stands above it.`,
      ),
    );
  });

  it('of layer styles, modifiers, masks, animators and pictures', () => {
    const animator = { nm: 'a', a: { fh: { a: 0, k: 90 } } };
    const text = textLayer('title', 'Hi', [0, 0], 10);
    const mask = { mode: 'd', o: { a: 0, k: 50 }, pt: { a: 0, k: { c: true, v: [], i: [], o: [] } } };
    const found = sentences(
      [
        box({ sy: [{ ty: 8, nm: 'Gradient Overlay' }, { ty: 1 }] }),
        shapeLayer([{ ty: 'gr', it: [{ ty: 'tw' }, { ty: 'tr' }] }]),
        box({ masksProperties: [mask] }),
        { ...text, t: { ...text.t, a: [animator] } },
        { ty: 2, nm: 'logo', refId: 'svg', ip: 0, op: 50 },
        { ty: 14, nm: 'sun', ip: 0, op: 50 },
        { ty: 3, nm: 'all', ip: 0, op: 50, ae: { adjustment: true }, ef: [effect('Glow', 'ADBE Glo2')] },
      ],
      [{ id: 'svg', u: 'images/', p: 'logo.SVG' }],
    );
    assert.deepEqual(
      found.map((sentence) => sentence.replace(/^In composition 'main', layer ('\w+').*?: /, '$1: ')),
      [
        "'box': the layer style Gradient Overlay is not drawn.",
        "'shape': the shape modifier Twist is not drawn.",
        "'box': masks that lighten or darken are blended as if they added or intersected.",
        "'title': the text animator's Fill Hue is not drawn.",
        "'logo': a picture in SVG is not drawn.",
        "'sun': a light does not light anything.",
        "'all': the effect Glow is not drawn.",
      ],
    );
  });

  it('of a composition that is shown by another, once', () => {
    const inner = { id: 'inner', nm: 'inner', layers: [box({ ef: [effect('Glow', 'ADBE Glo2')] })] };
    const shown = { ty: 0, refId: 'inner', ip: 0, op: 50, w: 9, h: 9 };
    assert.deepEqual(sentences([shown, shown], [inner]), [
      "In composition 'inner', layer 'box' will look different: the effect Glow is not drawn.",
    ]);
  });
});

describe('the effects that count as drawn', () => {
  it('are those of which Skia does not say otherwise', async () => {
    const skia = (await startSkia()) as unknown as {
      MakeManagedAnimation(...args: unknown[]): { delete(): void } | null;
    };
    const drawn = [...DRAWN_BY_MATCH_NAME].map((mn) => ({ ty: 5, mn }));
    for (const kind of [...drawn, ...[...DRAWN_BY_TYPE].map((ty) => ({ ty }))]) {
      const said: string[] = [];
      const listen = (message: string) => void said.push(message);
      const values = Array.from({ length: 20 }, (_, index) => ({ ty: 0, nm: `${index}`, v: { a: 0, k: 0 } }));
      const json = JSON.stringify(smallDocument([box({ ef: [{ ...kind, ef: values }] })]));
      skia.MakeManagedAnimation(json, {}, '', null, { onError: listen, onWarning: listen })?.delete();
      assert.deepEqual(
        said.filter((message) => message.includes('Unsupported')),
        [],
        JSON.stringify(kind),
      );
    }
  });
});

describe("Skia's own log", () => {
  const document = parseLottie(
    Buffer.from(
      JSON.stringify(
        smallDocument([textLayer('title', 'First\rSecond', [0, 0], 10), box({ ks: { o: { a: 0, k: [0.833] } } })]),
      ),
    ),
  );

  it('is passed on with the layer that a line is about', () => {
    assert.deepEqual(
      skiaWarnings(
        [
          { message: "Text layout failed for 'FirstSecond'.", json: '' },
          { message: 'Could not parse keyframed property.', json: '{"a":0,"k":[0.83300006]}' },
          { message: 'Something else.', json: '' },
        ],
        document,
      ),
      [
        "In composition 'main', layer 'title': Skia says “Text layout failed for 'FirstSecond'”.",
        "In composition 'main', layer 'box': Skia says “Could not parse keyframed property”.",
        'Skia says “Something else”.',
      ],
    );
  });

  it('is not passed on twice, nor where we say it better', () => {
    const told = { message: 'Unsupported layer effect: ADBE Mosaic', json: '{"ty":5}' };
    const other = { message: 'Something else.', json: '' };
    const harmless = { message: "Specified slotID not found in 'slots'. Using default values", json: '' };
    const said = skiaWarnings([told, harmless, other, other], document);
    assert.deepEqual(said, ['Skia says “Something else”.']);
  });
});
