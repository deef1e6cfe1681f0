import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TemplateComposition, TemplateFootage, TemplateLayer, TemplateModel } from '../../lib/template/model.ts';
import { modelOf, piecesOf, sharedText, shareTexts } from '../../lib/template/model-pieces.ts';

/** A model with so many layers in each composition, and so many files; the rest of it does not matter here. */
function model(layers: number[], files: number): TemplateModel {
  const compositions = layers.map((count, id) => ({
    id,
    name: `composition ${id} ✓`,
    layers: Array.from({ length: count }, (_, index) => ({ index, name: `ĺayer ${index}` }) as TemplateLayer),
  })) as TemplateComposition[];
  const footage = Array.from({ length: files }, (_, id) => ({ id, name: `file ${id}` }) as TemplateFootage);
  return { type: 'aep', complete: true, warnings: ['a'], compositions, footage } as unknown as TemplateModel;
}

describe('a model in pieces', () => {
  for (const [what, layers, files] of [
    ['nothing', [], 0],
    ['few layers', [3, 0, 2], 4],
    ['as many entries as a piece holds', [499], 0],
    ['one more', [500], 0],
    ['a composition that goes on in the next pieces', [1_700, 0, 3], 2],
    ['compositions whose ends are those of pieces', [499, 499, 499], 499],
    ['many compositions without layers', Array<number>(1_300).fill(0), 0],
    ['many files', [], 1_300],
  ] as const) {
    it(`is the same when it is put together again: ${what}`, async () => {
      const whole = model([...layers], files);
      const pieces = piecesOf(whole);
      const shared = shareTexts(pieces);
      assert.deepEqual(await modelOf((index) => sharedText(shared, index)), whole);
      const entries = layers.reduce((sum, count) => sum + count + 1, files);
      assert.equal(pieces.length, entries <= 500 ? 1 : 1 + Math.ceil(entries / 500));
    });
  }

  it('is none if one of its pieces is not there', async () => {
    const pieces = piecesOf(model([1_700], 0));
    for (const lost of pieces.keys()) {
      assert.equal(await modelOf((index) => (index === lost ? undefined : pieces[index])), undefined);
    }
  });

  it('lets the event loop have turns while it is put together', async () => {
    const pieces = piecesOf(model([100_000], 0));
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    });
    await modelOf((index) => {
      // Each piece takes a moment, on the fastest machine too.
      const until = performance.now() + 1;
      while (performance.now() < until);
      return pieces[index];
    });
    clearInterval(counting);
    assert.ok(turns > 10, `${turns} turns`);
  });
});
