import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../../lib/aep/read-project.ts';
import { compositionDifferences, exportDocument } from '../../../lib/aep-to-lottie/index.ts';
import { TextDocument } from '../../../lib/lottie/object-model/text-document.ts';
import { Paragraph } from '../../../lib/lottie/renderer/paragraph.ts';
import { styledParts } from '../../../lib/lottie/renderer/text-runs.ts';
import { drawn } from '../../support/drawn-frame.ts';
import { parts, sourceText, type WrittenRun } from '../../support/layer-writer.ts';
import { composition, group, header, numbers, property } from '../../support/project-writer.ts';
import { list, writeRifx } from '../../support/rifx-writer.ts';

const SIZE = { w: 200, h: 60 };
const LAYER = {
  ...{ id: 1, name: 'title', layerClass: 3, sourceId: 0, parentId: 0, start: 0, in: 0, out: 1000, stretch: 100 },
  ...{ switches: 0b101, blendingMode: 2, trackMatte: 0 },
};

/** A composition with one text, whose base line begins at 10, 50. */
function projectWith(...runs: WrittenRun[]): Uint8Array {
  const place = { 'ADBE Position': property(3, true, [numbers([10, 50, 0])]) };
  const properties = parts({
    'ADBE Text Properties': group(sourceText(runs)),
    'ADBE Transform Group': group(parts(place)),
  });
  const size = { width: SIZE.w, height: SIZE.h, frameRate: 25, duration: 1000 };
  const comp = composition({ id: 3, name: 'main', ...size, layers: [{ ...LAYER, properties }] });
  return writeRifx([...header(), list('Fold', [comp])]);
}

/** A block as high and wide as a capital I. */
const I: WrittenRun = { text: 'I', font: 'Inter-Bold', size: 40 };
const RED: WrittenRun['color'] = [1, 0, 0];

const project = (...runs: WrittenRun[]) => ({ name: 'template.aep', bytes: projectWith(...runs), ...SIZE });

describe('a text with several styles', () => {
  it('has each stretch in its own colour, size, scale and place', async (t) => {
    const one = (await drawn(t, project(I), 0)).ink;
    assert.ok(one);
    const both = await drawn(t, project(I, { ...I, color: RED }), 0);
    const first = Math.round((one.left + one.right) / 2);
    const second = first + (both.ink?.right ?? 0) - one.right;
    assert.deepEqual([both.at(first, 40), both.at(second, 40)], ['#ffffff', '#ff0000']);
    const heightOf = async (run: WrittenRun) => {
      const { ink } = await drawn(t, project({ ...I, text: '.' }, run), 0);
      return ink === null ? 0 : ink.bottom - ink.top + 1;
    };
    const plain = await heightOf(I);
    assert.ok(Math.abs((await heightOf({ ...I, size: 20 })) - plain / 2) <= 1);
    assert.ok(Math.abs((await heightOf({ ...I, verticalScale: 150 })) - plain * 1.5) <= 2);
    assert.ok(Math.abs((await heightOf({ ...I, baselineShift: 10 })) - plain - 10) <= 1);
    const wide = (await drawn(t, project({ ...I, horizontalScale: 200 }), 0)).ink;
    assert.ok(wide && Math.abs(wide.right - wide.left - 2 * (one.right - one.left)) <= 2);
  });

  it('is said to be nearly right where its looks are guessed, and to be lost only on other players', () => {
    const read = readProject(projectWith(I, { ...I, fauxBold: true }));
    const [main] = read.compositions;
    const [layer] = main?.layers ?? [];
    assert.ok(main && layer);
    const nearly = ['its faux bold is only nearly right', 'approximated'];
    assert.deepEqual(
      compositionDifferences(main)(layer).map(({ what, outcome }) => [what, outcome]),
      [nearly],
    );
    const lost = 'all characters of its text look like the first, though it has several faux bold';
    assert.deepEqual(
      exportDocument(read).differences.map(({ what, outcome }) => [what, outcome]),
      [[lost, 'dropped'], nearly],
    );
  });

  it('loses its runs with its words, and what is set for all of it', () => {
    const text = { t: 'ab', f: 'Inter', s: 10, fc: [1, 1, 1], ae: { runs: [{ t: 'a' }, { t: 'b', s: 20, fc: RED }] } };
    const larger = new TextDocument(text);
    larger.fontSize = 30;
    const sizes = styledParts(larger.toLottie())?.map(({ style }) => [style.size, style.paint.fill]);
    assert.deepEqual(sizes, [
      [30, [1, 1, 1]],
      [30, RED],
    ]);
    larger.text = 'abc';
    assert.equal(styledParts(larger.toLottie()), null);
  });

  it('takes no runs that are of other words, or of another form', () => {
    const text = { t: 'ab', s: 10 };
    for (const runs of [[{ t: 'a', s: 20 }], [{ t: 'ab' }], [{ t: 1 }], 'ab', [null], [{ t: 'a', s: 20 }, 'b']])
      assert.equal(styledParts({ ...text, ae: { runs } }), null, JSON.stringify(runs));
    assert.deepEqual(styledParts({ ...text, ae: { runs: [{ t: 'ab', s: '20', tr: 1e9, fc: ['x'], sx: 50 }] } }), [
      {
        text: 'ab',
        style: {
          ...{ font: '', size: 10, leading: 12, tracking: 0, baselineShift: 0, caps: 0, scale: [0.5, 1] },
          ...{ isBold: false, isItalic: false, paint: { fill: null, stroke: null } },
        },
      },
    ]);
  });

  it('breaks in a box between words, and not where only the style changes', () => {
    const [a, b] =
      styledParts({ t: 'one twothree', s: 10, ae: { runs: [{ t: 'one two' }, { t: 'three', s: 20 }] } }) ?? [];
    assert.ok(a && b);
    const face = {
      shape: (_: string, start: number, length: number) =>
        Array.from({ length }, (_, at) => ({ start: start + at, glyphs: [], advance: 1 })),
    };
    const paragraph = new Paragraph([a, b], () => face);
    const lines = paragraph.lines(8, ({ advance }) => advance);
    assert.deepEqual(
      lines.map(({ start, end }) => paragraph.text.slice(start, end)),
      ['one', 'twothree'],
    );
    assert.deepEqual(
      lines.map((line) => paragraph.partsOf(line).map(({ text }) => text)),
      [['one two'], ['one two', 'three']],
    );
  });
});
