import { join } from 'node:path';
import type { Artist } from './artist.ts';
import type { JudgedDocument } from './documents.ts';
import { average, type Distance, distance } from './measure.ts';
import { cropped, onWhite, readPicture } from './picture.ts';
import type { ReferencePlayer } from './reference-player.ts';
import type { Verdict } from './verdict.ts';

/** Within: a mean of at most 1 of 255, and at most 1 % of the pixels differ by more than 16; on white. */
const WITHIN = { mean: 1, differing: 1 };

/** Compares what the bundled renderer draws with what lottie-web draws, a document at a time. */
export async function* judgeByReference(
  artist: Artist,
  player: ReferencePlayer,
  into: string,
  { documents, more }: { documents: readonly JudgedDocument[]; more: readonly string[] },
): AsyncGenerator<Verdict> {
  for (const document of documents) {
    const references = await player.draw(document);
    if (references === null) continue;
    const { id, frames, isJudged } = document;
    const place = join(into, id);
    const drawing = await artist.draw({ document: document.path, frames, place, more });
    const pictures = frames.map((frame, index) => ({
      frame,
      reference: references[index] ?? '',
      drawn: `${place}-${frame}.png`,
    }));
    const distances: Distance[] = [];
    for (const { reference, drawn } of drawing.failure === null ? pictures : []) {
      const own = onWhite(await readPicture(drawn));
      const other = cropped(onWhite(await readPicture(reference)), own);
      distances.push(distance(other, cropped(own, other), 3));
    }
    const mean = average(distances);
    const isWithin = mean.mean <= WITHIN.mean && mean.differing <= WITHIN.differing;
    const result = drawing.failure !== null ? 'failed' : isWithin ? 'right' : 'wrong';
    yield { id, judge: 'lottie-web', isJudged, result, distance: mean, ...drawing, pictures };
  }
}
