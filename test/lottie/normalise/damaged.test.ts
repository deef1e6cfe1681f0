import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EngineError } from '../../../lib/errors.ts';
import { compositionsOf, type LottieDocument, parseLottie } from '../../../lib/lottie/document/index.ts';
import {
  baked,
  differenceSentences,
  fitForSkia,
  modernised,
  type PathGeometry,
  TooMuchToBake,
} from '../../../lib/lottie/normalise/index.ts';
import { everyRuleDocument } from '../../support/every-rule-document.ts';
import { CHANGED, type Json } from '../../support/json-damage.ts';
import { fc, fuzzRuns } from '../../support/property.ts';

const geometry: PathGeometry = { offset: (shape) => [shape, shape] };

/** Throws only errors that are meant for users. */
function made(document: LottieDocument): LottieDocument | null {
  for (const composition of compositionsOf(document)) differenceSentences(document, composition);
  try {
    return fitForSkia(baked(modernised(document), geometry));
  } catch (error) {
    if (error instanceof TooMuchToBake) return null;
    throw error;
  }
}

describe('making documents fit', () => {
  it('ends with a document or a clear error, whatever is in them', () => {
    const whole = JSON.parse(JSON.stringify(everyRuleDocument())) as Json;
    let fit = 0;
    const runs = fuzzRuns(1 / 100);
    fc.assert(
      fc.property(CHANGED, (change) => {
        let document: LottieDocument;
        try {
          document = parseLottie(Buffer.from(change(structuredClone(whole))));
        } catch (error) {
          if (error instanceof EngineError) return;
          throw error;
        }
        const out = made(document);
        if (out === null) return;
        fit += 1;
        for (const number of numbersIn(out)) assert.ok(Number.isFinite(number), `${number}`);
      }),
      { numRuns: runs },
    );
    assert.ok(fit > runs / 4, `only ${fit} of ${runs}`);
  });
});

describe('an outline that is offset', () => {
  const star = (points: number, step: number) => {
    const v = Array.from({ length: points }, (_, index) => {
      const angle = index * step;
      return [40 * Math.cos(angle), 40 * Math.sin(angle)];
    });
    const flat = v.map(() => [0, 0]);
    const shapes = [
      { ty: 'sh', ks: { a: 0, k: { c: true, v, i: flat, o: flat } } },
      { ty: 'op', a: { a: 0, k: 4 }, lj: 1, ml: { a: 0, k: 4 } },
      { ty: 'fl', c: { a: 0, k: [1, 0, 0] }, o: { a: 0, k: 100 } },
    ];
    const layer = { ty: 4, ind: 1, ip: 0, op: 10, st: 0, ks: {}, shapes };
    const document = { v: '5.7.0', fr: 25, ip: 0, op: 10, w: 100, h: 100, assets: [], layers: [layer] };
    return parseLottie(Buffer.from(JSON.stringify(document)));
  };

  it('is refused if it crosses itself so often that Skia would not end', () => {
    assert.throws(() => baked(star(400, 2.4), geometry), {
      name: 'TooMuchToBake',
      message: /crosses itself at \d+ places/,
    });
  });

  it('is made if it has as many vertices and crosses itself nowhere', () => {
    baked(star(1_500, (2 * Math.PI) / 1_500), geometry);
  });
});

function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) yield* numbersIn(child);
}
