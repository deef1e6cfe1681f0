import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { drawn } from '../support/drawn-frame.ts';
import type { Step } from '../support/job-script.ts';
import { smallDocument, solidLayer, transform } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RED = '#ff0000';
const fixed = (k: unknown) => ({ a: 0, k });
const set = (property: string, value: unknown): Step =>
  ({ type: 'data', layerName: 'square', property, value }) as Step;
const corner = (left: number, top: number) => ({ left, right: left + 19, top, bottom: top + 19 });

/** A square of 20 by 20 with its upper left corner at its position. */
const square = (p: unknown) => smallDocument([solidLayer('square', RED, 0, 0, 20, 20, { ks: { ...transform(), p } })]);
const separated = (x: unknown, y: unknown) => ({ s: true, x, y });
const ease = { o: { x: 0.6, y: 0 }, i: { x: 0.4, y: 1 } };
/** From (0, 40) to (100, 40) in 40 frames. */
const moving = {
  a: 1,
  k: [
    { ...ease, t: 0, s: [0, 40, 0] },
    { t: 40, s: [100, 40, 0] },
  ],
};

describe('the position of a layer in the bundled renderer', () => {
  it('is separated if a job sets one of its dimensions, and keeps the other one', async (t) => {
    const at = fixed([30, 40, 0]);
    assert.deepEqual((await drawn(t, square(at), 10, set('X Position', 100))).ink, corner(100, 40));
    assert.deepEqual((await drawn(t, square(at), 10, set('Transform->Y Position', 5))).ink, corner(30, 5));
    const both = await drawn(t, square(at), 10, set('ADBE Position_0', 100), set('ADBE Position_1', 5));
    assert.deepEqual(both.ink, corner(100, 5));
  });

  it('moves in the other dimension as it did', async (t) => {
    for (const frame of [5, 20, 33]) {
      const { left } = (await drawn(t, square(moving), frame)).ink ?? assert.fail('nothing is drawn');
      assert.deepEqual((await drawn(t, square(moving), frame, set('Y Position', 10))).ink?.left, left);
    }
    assert.deepEqual((await drawn(t, square(moving), 20, set('Y Position', 10))).ink?.top, 10);
  });

  it('is set as a whole though the template has its dimensions separated', async (t) => {
    const apart = square(separated(fixed(30), fixed(40)));
    assert.deepEqual((await drawn(t, apart, 10)).ink, corner(30, 40));
    assert.deepEqual((await drawn(t, apart, 10, set('Position', [100, 5]))).ink, corner(100, 5));
    assert.deepEqual((await drawn(t, apart, 10, set('Position', [100, 5, 0]))).ink, corner(100, 5));
    const scale = {
      type: 'function',
      name: 'layer-autoscale',
      layerNames: ['square'],
      params: { type: 'fit' },
    } as Step;
    assert.ok((await drawn(t, apart, 10, scale)).ink);
  });

  it('shows a script what After Effects shows, and hides what it hides', async (t) => {
    const src = join(await temporaryFolder(t), 'own.jsx');
    await writeFile(
      src,
      `var transform = app.project.item(1).layer('square').property('ADBE Transform Group');
      var position = transform.property('Position');
      var x = transform.property('ADBE Position_0');
      function hidden(property, value) {
        try { property.setValue(value); } catch (error) { return true; }
        return false;
      }
      function check(wanted, what) { if (!wanted) { throw new Error(what); } }
      check(position.isSeparationLeader === true && position.dimensionsSeparated === false, 'leader');
      check(x.isSeparationFollower === true && x.separationLeader.name === 'Position', 'follower');
      check(x.value === 30 && hidden(x, 5), 'the part is hidden');
      position.dimensionsSeparated = true;
      check(x.value === 30 && position.getSeparationFollower(1).value === 40, 'values');
      check(hidden(position, [1, 2, 0]) && position.value[0] === 30, 'the whole is hidden');
      x.setValue(100);`,
    );
    const script: Step = { type: 'script', src, name: 'own.jsx', keyword: 'NX', parameters: [] };
    const frame = await drawn(t, square(fixed([30, 40, 0])), 10, script);
    assert.deepEqual(frame.ink, corner(100, 40));
  });
});
