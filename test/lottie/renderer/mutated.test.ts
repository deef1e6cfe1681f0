import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EngineError } from '../../../lib/errors.ts';
import { compositionsOf, type LottieDocument, parseLottie } from '../../../lib/lottie/document/index.ts';
import { baked, fitForSkia, modernised, TooMuchToBake } from '../../../lib/lottie/normalise/index.ts';
import { drawableDocument, FramePainter, startSkia } from '../../../lib/lottie/renderer/frames.ts';
import { SkiaGeometry } from '../../../lib/lottie/renderer/path-operations.ts';
import { everyRuleDocument } from '../../support/every-rule-document.ts';
import { CHANGED, type Json } from '../../support/json-damage.ts';
import { fc, fuzzRuns } from '../../support/property.ts';

/** Far more than any of them takes on a loaded machine: a test for what never ends. */
const LONGEST_MS = 60_000;

describe('a damaged document', () => {
  it('is drawn, or ends with a clear error', { timeout: 30 * LONGEST_MS }, async () => {
    const geometry = new SkiaGeometry(await startSkia());
    const whole = JSON.parse(JSON.stringify(everyRuleDocument())) as Json;
    using painter = await FramePainter.open({ width: 40, height: 20 }, { transparent: true });
    let drawn = 0;
    const runs = fuzzRuns(1 / 100);
    fc.assert(
      fc.property(CHANGED, (change) => {
        const started = performance.now();
        if (draw(() => parseLottie(Buffer.from(change(structuredClone(whole)))), geometry, painter)) drawn += 1;
        assert.ok(performance.now() - started < LONGEST_MS);
      }),
      { numRuns: runs },
    );
    assert.ok(drawn > runs / 4, `only ${drawn} of ${runs}`);
  });
});

/** Whether it was drawn; throws what is no answer for a user, as what WebAssembly throws when it has ended. */
function draw(open: () => LottieDocument, geometry: SkiaGeometry, painter: FramePainter): boolean {
  try {
    const document = fitForSkia(baked(modernised(open()), geometry));
    const [composition] = compositionsOf(document);
    assert.ok(composition);
    painter.load(drawableDocument(document, composition, { fonts: new Map(), pictures: new Map() }));
    for (const frame of [0, 17, 45]) painter.paint(frame);
    return true;
  } catch (error) {
    if (error instanceof EngineError || error instanceof TooMuchToBake) return false;
    if (error instanceof Error && error.message.startsWith('Skia cannot draw this document')) return false;
    throw error;
  }
}
