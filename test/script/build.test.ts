import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'acorn';
import { type LottieDocument, parseLottie } from '../../lib/lottie/document/index.ts';
import { runScript } from '../../lib/lottie/script/run-script.ts';
import { runInGerman } from '../support/german-after-effects.ts';
import { jobScript, type Step } from '../support/job-script.ts';
import { fc } from '../support/property.ts';

const LAYERS = ['title', 'emoji 🎉', 'שלום', 'quo"te\\', 'a</script>b', '__proto__'];

function document(): LottieDocument {
  const text = { d: { k: [{ t: 0, s: { t: 'old', f: 'Inter-Regular', s: 20, fc: [0, 0, 0] } }] } };
  const layers = LAYERS.map((nm, ind) => ({
    ty: 5,
    nm,
    ind,
    ip: 0,
    op: 10,
    st: 0,
    ks: { o: { a: 0, k: 100 } },
    t: text,
  }));
  const keyed = {
    a: 1,
    k: [
      { t: 0, s: [0, 0] },
      { t: 5, s: [9, 9] },
    ],
  };
  const fill = {
    ty: 21,
    nm: 'Fill',
    mn: 'ADBE Fill',
    ef: [{ ty: 2, nm: 'Color', mn: 'ADBE Fill-0002', v: { a: 0, k: [1, 1, 1, 1] } }],
  };
  const solid = { ty: 1, nm: 'bar', ip: 0, op: 10, sw: 4, sh: 4, sc: '#ffffff', ks: { p: keyed }, ef: [fill] };
  return parseLottie(Buffer.from(JSON.stringify({ fr: 10, ip: 0, op: 10, w: 10, h: 10, layers: [...layers, solid] })));
}

function apply(...steps: Step[]): LottieDocument {
  const changed = document();
  runScript(changed, jobScript({ composition: 'main', steps }), 'job.jsx', {
    probe: (path) => assert.fail(path),
    onLine: () => {},
    timeoutMs: 10_000,
  });
  return changed;
}

function textOf(changed: LottieDocument, layerName: string): string {
  const layer = changed.layers.find(({ nm }) => nm === layerName) as unknown as {
    t: { d: { k: { s: { t: string } }[] } };
  };
  return layer.t.d.k[0]?.s.t ?? '';
}

/** Sets a property of the German layer by this path, and returns those that accepted the value. */
function setInGerman(path: string): string[] {
  const asset: Step = { type: 'data', layerName: 'hero', property: path, value: 7 };
  const values = runInGerman(jobScript({ composition: 'main', steps: [asset] }));
  return Object.entries(values).flatMap(([name, value]) => (value === 7 ? [name] : []));
}

/** After Effects' own line end, and no half characters: what a text becomes on its way. */
const asShown = (text: string) =>
  text
    .replace(/\r\n|\n|\u2028|\u2029/g, '\r')
    .replaceAll('\0', '')
    .toWellFormed();

describe("a job's script", () => {
  it('is ES3 and ASCII, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const script = jobScript({
          composition: value,
          steps: [
            { type: 'text', layerName: value, value },
            { type: 'data', layerName: value, property: value, value },
            { type: 'function', name: 'text-params-set', layerNames: [value], params: { textValue: value } },
            { type: 'essential', field: value, target: { compId: 1, layerId: 2, path: [] }, value },
            { type: 'script', src: value, name: value, keyword: 'NX', parameters: [{ key: value, value }] },
          ],
        });
        parse(script, { ecmaVersion: 3 });
        assert.match(script, /^[\n\x20-\x7e]*$/);
        assert.ok(!script.includes('</script'));
      }),
    );
  });

  it('puts hostile values into the layer as they are', () => {
    const hostile = [
      '"\'\\',
      'two\nlines\r\nthree',
      '\u2028\u2029',
      '</script><!--',
      '🎉👨‍👩‍👧',
      'مرحبا',
      '$' + '{app}',
      '`',
      '\ud800',
      'x'.repeat(100_000),
    ];
    for (const value of hostile)
      assert.equal(textOf(apply({ type: 'text', layerName: 'title', value }), 'title'), asShown(value));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        assert.equal(textOf(apply({ type: 'text', layerName: 'title', value }), 'title'), asShown(value));
      }),
      { numRuns: 30 },
    );
  });

  it('finds layers by their exact names, whatever stands in them', () => {
    for (const layerName of LAYERS)
      assert.equal(textOf(apply({ type: 'text', layerName, value: 'new' }), layerName), 'new');
  });

  it('sets properties by name, by path and by match name, and takes the place of keyframes', () => {
    const changed = apply(
      { type: 'data', layerName: 'title', property: 'Opacity', value: 40 },
      { type: 'data', layerName: 'bar', property: 'Effects->Fill->ADBE Fill-0002', value: [1, 0, 0] },
      { type: 'data', layerName: 'bar', property: 'ADBE Transform Group -> Position', value: [3, 4] },
    );
    const bar = changed.layers.at(-1) as unknown as { ks: { p: unknown }; ef: { ef: { v: { k: unknown } }[] }[] };
    assert.deepEqual(bar.ef[0]?.ef[0]?.v.k, [1, 0, 0, 1]);
    assert.deepEqual(bar.ks.p, { a: 0, k: [3, 4] });
    assert.equal((changed.layers[0] as unknown as { ks: { o: { k: number } } }).ks.o.k, 40);
  });

  it('names what is missing, and what there is instead', () => {
    const cases: [asset: Step, message: RegExp][] = [
      [
        { type: 'text', layerName: 'Title', value: '' },
        /LAYER_NOT_FOUND.*Layer 'Title' not found in composition 'main'.*'title'/,
      ],
      [{ type: 'text', layerName: 'title', composition: 'intro', value: '' }, /COMPOSITION_NOT_FOUND.*'intro'.*'main'/],
      [
        { type: 'data', layerName: 'bar', property: 'Effects->Fill->Colour', value: 1 },
        /PROPERTY_NOT_FOUND.*'Colour'.*'Color'/,
      ],
      [{ type: 'text', layerName: 'bar', value: '' }, /ASSET_LAYER_MISMATCH.*not a text layer/],
      [{ type: 'data', layerName: 'bar', property: 'Position', value: 'left' }, /SCRIPT_FAILED.*Position/],
      [{ type: 'footage', layerName: 'bar', src: '/no/such/file.png' }, /ASSET_NOT_FOUND.*file\.png/],
    ];
    for (const [asset, message] of cases) assert.throws(() => apply(asset), { message });
  });

  it('has brackets around a conditional within another, which ExtendScript reads wrongly without', () => {
    const inside = (node: unknown): boolean =>
      Array.isArray(node) ? node.some(inside) : isRecord(node) && (isChained(node) || Object.values(node).some(inside));
    const isChained = ({ type, test, consequent, alternate }: Record<string, unknown>) =>
      type === 'ConditionalExpression' &&
      [test, consequent, alternate].some((part) => isRecord(part) && part.type === 'ConditionalExpression');
    const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
    const parsed = (code: string) => parse(code, { ecmaVersion: 3, preserveParens: true });
    assert.ok(inside(parsed('var a = 1 ? 2 : 3 ? 4 : 5;')));
    assert.ok(!inside(parsed(jobScript({ composition: null, steps: [] }))));
  });
});

describe("a job's script in an After Effects in another language", () => {
  it('finds properties by their English names', () => {
    assert.deepEqual(setInGerman('Transform->Opacity'), ['opacity']);
    assert.deepEqual(setInGerman('Transform -> Position'), ['position']);
    assert.deepEqual(setInGerman('Effects->Shine->Compositing Options->Effect Opacity'), ['effectCompositing']);
    assert.deepEqual(setInGerman('Contents->Logo->Transform->Opacity'), ['logoOpacity']);
  });

  it('finds them by the names that it shows, and by match names, as ever', () => {
    assert.deepEqual(setInGerman('Transformieren->Deckkraft'), ['opacity']);
    assert.deepEqual(setInGerman('ADBE Transform Group->ADBE Opacity'), ['opacity']);
    assert.deepEqual(setInGerman('Transform->Deckkraft'), ['opacity']);
  });

  it('knows the names that only some layers show', () => {
    for (const name of ['Rotation', 'Z Rotation']) assert.deepEqual(setInGerman(`Transform->${name}`), ['rotation']);
  });

  it('takes for a bare name the one nearest to the top of the layer, as in English', () => {
    assert.deepEqual(setInGerman('Opacity'), ['opacity']);
    assert.deepEqual(setInGerman('Effect Opacity'), ['effectCompositing']);
  });

  it('prefers what the user named so', () => {
    assert.deepEqual(setInGerman('Scale'), ['essential']);
    assert.deepEqual(setInGerman('Transform->Scale'), ['scale']);
  });

  it('does not take for the name of a group what kind of group it is', () => {
    assert.throws(() => setInGerman('Contents->Group->Transform->Opacity'), /PROPERTY_NOT_FOUND.*'Group'.*'Logo'/);
  });

  it('says what is missing, and what is shown instead', () => {
    assert.throws(
      () => setInGerman('Transform->Opacty'),
      /PROPERTY_NOT_FOUND.*'Opacty'.*'Transformieren'.*'Deckkraft'/,
    );
    assert.throws(() => setInGerman('__proto__->constructor'), /PROPERTY_NOT_FOUND/);
  });

  it('is handed only the names that the job asks for', () => {
    const script = jobScript({
      composition: null,
      steps: [
        { type: 'data', layerIndex: 1, property: 'Transform->Opacity', value: 1 },
        { type: 'text', layerIndex: 2, value: 'Scale' },
      ],
    });
    assert.match(script, /"ADBE Opacity":\["Opacity"\]/);
    assert.doesNotMatch(script, /"ADBE Scale"/);
    assert.match(jobScript({ composition: null, steps: [] }), /"englishNames":\{\}/);
  });
});

describe('the realm of scripts', () => {
  const run = (code: string) =>
    runScript(document(), code, 'x.jsx', { probe: () => assert.fail(), onLine: () => {}, timeoutMs: 300 });

  it('lets nothing of the host through', () => {
    for (const code of [
      "app.constructor.constructor('return process')()",
      "app.project.item.constructor('return process')()",
      "try { app.project.item(99) } catch (e) { e.constructor.constructor('return process')() }",
      'if (typeof process === "undefined" && typeof require === "undefined") throw new Error("no way out"); process.exit()',
      'while (true);',
    ]) {
      assert.throws(() => run(code), /strings disallowed|no way out|timed out/);
    }
  });

  it('refuses code that loads modules or goes on after its end, which ExtendScript does not have either', () => {
    for (const code of [
      "import('node:fs')",
      "import('node:fs').then(null, function (e) { e.constructor.constructor('return process')().exit(3); })",
      "if (false) { import('node:fs') }",
      '(async function () { await 0; })()',
      'let text = `a`; for (const x of [1]) {}; import.meta',
    ]) {
      assert.throws(() => run(code), { message: /import|Unexpected token/ }, code);
    }
  });

  it('takes what scripts have written since: let, arrows and templates', () => {
    run('let sum = 0; for (const x of [1, 2]) sum += x; if (sum !== 3 || `a` !== "a") throw new Error("no");');
  });
});
