import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type DrawnFrame, drawn, renderDocument } from '../support/drawn-frame.ts';
import { openStudio } from '../support/engine.ts';
import type { Step } from '../support/job-script.ts';
import { smallDocument, solidLayer, textLayer } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BLACK = '#000000';
const RED = '#ff0000';
const BLUE = '#0000ff';

const call = (name: string, layerNames: string[], params: object = {}) =>
  ({ type: 'function', name, layerNames, params }) as Step;

/** A red square on the left, a blue one on the right. */
const squares = () => smallDocument([solidLayer('left', RED, 0, 0, 50, 50), solidLayer('right', BLUE, 100, 0, 50, 50)]);

const inkOf = ({ ink }: DrawnFrame) => {
  assert.ok(ink, 'nothing is drawn');
  return ink;
};

describe('the functions of a job in the bundled renderer', () => {
  it('hide, show, remove and colour the layers that they name', async (t) => {
    const plain = await drawn(t, squares(), 10);
    assert.deepEqual([plain.at(25, 25), plain.at(125, 25)], [RED, BLUE]);
    const hidden = await drawn(t, squares(), 10, call('layer-state-set', ['left', 'right'], { state: 'hidden' }));
    assert.equal(hidden.ink, null);
    const shown = await drawn(
      t,
      squares(),
      10,
      call('layer-state-set', ['left', 'right'], { visible: false }),
      call('layer-state-set', ['right'], { state: true }),
    );
    assert.deepEqual([shown.at(25, 25), shown.at(125, 25)], [BLACK, BLUE]);
    const removed = await drawn(t, squares(), 10, call('layer-remove', ['left']));
    assert.deepEqual([removed.at(25, 25), removed.at(125, 25)], [BLACK, BLUE]);
    const coloured = await drawn(t, squares(), 10, call('solid-color-set', ['left'], { color: [0, 1, 0] }));
    assert.deepEqual([coloured.at(25, 25), coloured.at(125, 25)], ['#00ff00', BLUE]);
  });

  it('leave in their place the children of a layer that is removed', async (t) => {
    const document = smallDocument([
      solidLayer('parent', RED, 100, 50, 20, 20, { ind: 1 }),
      solidLayer('child', BLUE, 30, 0, 20, 20, { ind: 2, parent: 1 }),
    ]);
    const frame = await drawn(t, document, 10, call('layer-remove', ['parent']));
    assert.deepEqual([frame.at(110, 60), frame.at(140, 60)], [BLACK, BLUE]);
  });

  it('show whole what a layer that is removed has matted', async (t) => {
    const document = smallDocument([
      solidLayer('matte', '#ffffff', 0, 0, 10, 10, { ind: 1, td: 1 }),
      solidLayer('matted', RED, 0, 0, 50, 50, { ind: 2, tt: 1 }),
    ]);
    assert.equal((await drawn(t, document, 10)).at(25, 25), BLACK);
    assert.equal((await drawn(t, document, 10, call('layer-remove', ['matte']))).at(25, 25), RED);
  });

  it('begin a layer later, end it sooner, and set how long the composition is', async (t) => {
    const late = call('layer-start-set', ['left'], { value: 1 });
    assert.equal((await drawn(t, squares(), 24, late)).at(25, 25), BLACK);
    assert.equal((await drawn(t, squares(), 25, late)).at(25, 25), RED);
    const short = call('layer-duration-set', ['left'], { value: 1 });
    assert.equal((await drawn(t, squares(), 24, short)).at(25, 25), RED);
    assert.equal((await drawn(t, squares(), 25, short)).at(25, 25), BLACK);
    const longer = call('comp-duration-set', [], { value: 3 });
    const stays = call('layer-duration-set', ['left'], { value: 3 });
    assert.equal((await drawn(t, squares(), 74, longer, stays)).at(25, 25), RED);
    const shorter = await renderDocument(t, squares(), 30, [call('comp-duration-set', [], { value: 1 })]);
    assert.match(shorter.log, /frames 30-30 lie outside of the composition, which has 25/);
  });

  it('move the keyframes of a layer along with it', async (t) => {
    const appears = [
      { t: 0, s: [0], h: 1 },
      { t: 10, s: [100], h: 1 },
    ];
    const layer = solidLayer('left', RED, 0, 0, 50, 50);
    const document = smallDocument([{ ...layer, ks: { ...layer.ks, o: { a: 1, k: appears } } }]);
    const late = call('layer-start-set', ['left'], { value: 1 });
    assert.equal((await drawn(t, document, 34, late)).ink, null);
    assert.equal((await drawn(t, document, 35, late)).at(25, 25), RED);
  });

  it('cut a nested composition, and refuse to make it longer', async (t) => {
    const inner = { id: 'inner', nm: 'inner', w: 200, h: 100, layers: [solidLayer('a', RED, 0, 0, 50, 50)] };
    const document = smallDocument(
      [
        {
          ty: 0,
          nm: 'shown',
          refId: 'inner',
          w: 200,
          h: 100,
          ip: 0,
          op: 50,
          st: 0,
          ks: solidLayer('', '', 0, 0, 0, 0).ks,
        },
      ],
      [inner],
    );
    const duration = (value: number): Step => ({
      ...{ type: 'function', name: 'comp-duration-set', layerNames: [] },
      composition: 'inner',
      params: { value },
    });
    assert.equal((await drawn(t, document, 24, duration(1))).at(25, 25), RED);
    assert.equal((await drawn(t, document, 25, duration(1))).ink, null);
    const { exitCode, log } = await renderDocument(t, document, 0, [duration(9)]);
    assert.equal(exitCode, 1);
    assert.match(log, /SCRIPT_FAILED.*cannot make a nested composition longer/);
  });

  it('set words, size, colour and font of a text, of a font that the document does not list too', async (t) => {
    const document = smallDocument([textLayer('title', 'III', [10, 60], 40)]);
    const plain = inkOf(await drawn(t, document, 0));
    const large = inkOf(await drawn(t, document, 0, call('text-params-set', ['title'], { fontSize: 60 })));
    assert.ok(large.bottom - large.top > (plain.bottom - plain.top) * 1.3);
    const wide = inkOf(await drawn(t, document, 0, call('text-params-set', ['title'], { tracking: 500 })));
    // Half of the size between three letters.
    assert.equal(wide.right, plain.right + 40);
    const looks = { textValue: 'MMM', font: 'Inter-Bold', fillColor: [1, 0, 0] };
    const frame = await drawn(t, document, 0, call('text-params-set', ['title'], looks));
    const { left, right, top, bottom } = inkOf(frame);
    assert.ok(right > plain.right + 40);
    const middle = Array.from({ length: right - left }, (_, at) => frame.at(left + at, Math.round((top + bottom) / 2)));
    assert.ok(middle.includes(RED), middle.join());
  });

  it('shrink a text in a box until it fits, never below its smallest size', async (t) => {
    const document = smallDocument([textLayer('boxed', 'MMM MMM MMM MMM', [10, 10], 40, [150, 60])]);
    assert.ok(inkOf(await drawn(t, document, 0)).bottom > 70);
    const fitted = inkOf(await drawn(t, document, 0, call('layer-autoscale', ['boxed'])));
    assert.ok(fitted.bottom <= 70 && fitted.right <= 160 && fitted.right > 120, JSON.stringify(fitted));
    const least = inkOf(await drawn(t, document, 0, call('layer-autoscale', ['boxed'], { minFontSize: 30 })));
    assert.ok(least.bottom > 70, 'it runs over its box, but is drawn');
    const most = inkOf(await drawn(t, document, 0, call('layer-autoscale', ['boxed'], { maxFontSize: 10 })));
    assert.ok(most.bottom < 30);
    const short = smallDocument([textLayer('boxed', 'MM', [10, 10], 20, [150, 60])]);
    assert.deepEqual(
      (await drawn(t, short, 0, call('layer-autoscale', ['boxed']))).ink,
      (await drawn(t, short, 0)).ink,
    );
  });

  it('shrink point text to the width of the composition', async (t) => {
    const document = smallDocument([textLayer('title', 'MMMMMMMMMM', [0, 60], 40)]);
    assert.equal(inkOf(await drawn(t, document, 0)).right, 199);
    const fitted = inkOf(await drawn(t, document, 0, call('layer-autoscale', ['title'])));
    assert.ok(fitted.right < 200 && fitted.right > 190, JSON.stringify(fitted));
    const bold = call('text-params-set', ['title'], { font: 'Inter-Bold' });
    const inBold = inkOf(await drawn(t, document, 0, bold, call('layer-autoscale', ['title'])));
    assert.ok(inBold.right < 200 && inBold.right > 190, JSON.stringify(inBold));
  });

  it('scale footage until it fills the composition, or is seen whole', async (t) => {
    const document = smallDocument([solidLayer('left', RED, 0, 0, 50, 50)]);
    const fill = await drawn(t, document, 0, call('layer-autoscale', ['left'], { type: 'fill' }));
    assert.deepEqual(fill.ink, { left: 0, top: 0, right: 199, bottom: 99 });
    const fit = await drawn(t, document, 0, call('layer-autoscale', ['left'], { type: 'fit' }));
    assert.deepEqual(fit.ink, { left: 50, top: 0, right: 149, bottom: 99 });
  });
});

describe('a script of a job in the bundled renderer', () => {
  it('changes the document, in its place among the assets; a fault ends the render with its words', async (t) => {
    const src = join(await temporaryFolder(t), 'own.jsx');
    const script: Step = {
      ...{ type: 'script', src, name: 'own.jsx', keyword: 'NX' },
      parameters: [{ key: 'hide', value: 'left' }],
    };
    await writeFile(src, "app.project.item(1).layer(NX.get('hide')).enabled = false;");
    const frame = await drawn(t, squares(), 0, script);
    assert.deepEqual([frame.at(25, 25), frame.at(125, 25)], [BLACK, BLUE]);
    const after = await drawn(t, squares(), 0, script, call('layer-state-set', ['left'], { state: true }));
    assert.equal(after.at(25, 25), RED);
    for (const [code, words] of [
      ['var = 1;', /script 'own\.jsx': Unexpected token/],
      ["throw new Error('no');", /script 'own\.jsx': no/],
    ] as const) {
      await writeFile(src, code);
      const { exitCode, log } = await renderDocument(t, squares(), 0, [script]);
      assert.equal(exitCode, 1);
      assert.match(log, /SCRIPT_FAILED/);
      assert.match(log, words);
    }
  });

  it('runs in an engine that allows it, as a function of its own', async (t) => {
    const { engine, folder } = await openStudio(t, { allowScripts: true });
    const [template, own, failing] = ['t.json', 'own.jsx', 'failing.jsx'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(template, JSON.stringify(squares()));
    await writeFile(
      own,
      "app.project.item(1).layer('left').enabled = NX.get('shown');\nreturn;\nthrow new Error('past');",
    );
    await writeFile(failing, 'app.project.item(1).layer(99);');
    const codes: string[] = [];
    engine.on('job:error', ({ code }) => codes.push(code));
    const { batchId } = await engine.batches.create({
      jobs: [own, failing].map((src) => ({
        template: { id: 'x', src: template, composition: 'main' },
        assets: [{ type: 'script' as const, src, parameters: { shown: false } }],
        settings: { type: 'image' as const, frames: 0 },
      })),
    });
    const batch = await engine.batches.wait(batchId);
    assert.deepEqual(
      batch.jobs.map(({ status }) => status),
      ['finished', 'error'],
      codes.join(),
    );
    assert.equal(codes[0], 'SCRIPT_FAILED');
    assert.match(batch.jobs[1]?.stats?.error ?? '', /^assets\[0\]: script 'failing\.jsx': .*has no layer 99/);
  });
});
