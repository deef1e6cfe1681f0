import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sharedFile } from '../../support/shared-folder.ts';
import type { Artist } from './artist.ts';
import { type Distance, distance, worst } from './measure.ts';
import { cropped, premultiplied, readPicture } from './picture.ts';
import type { Verdict } from './verdict.ts';

/** Another folder of the same form can be named: there are more such projects than are beside the checkout. */
export const truthFolder = process.env.BENCH_PIXELS_TRUTH ?? sharedFile('truth/');

/** Percent of the pixels, and of 255. Source: SOURCES.md beside the projects. */
const HOLDS = { off: 0.1 };
const STRICT = { mean: 0.5, differing: 0.5 };

/** What is drawn: Bodymovin's export of a project, or the project itself. */
export type TruthSource = 'export' | 'project';

const ENDINGS: Record<TruthSource, string> = { export: '.json', project: '.aep' };

/** Compares projects or their exports, drawn by the bundled renderer, with the frames that After Effects rendered. */
export async function judgeByAfterEffects(
  artist: Artist,
  into: string,
  { only, more, source }: { only: RegExp; more: readonly string[]; source: TruthSource },
): Promise<Verdict[]> {
  if (!existsSync(truthFolder)) return [];
  const verdicts: Verdict[] = [];
  const names = readdirSync(truthFolder, { recursive: true, encoding: 'utf8' });
  const ending = ENDINGS[source];
  for (const name of names.filter((name) => name.endsWith(ending) && only.test(name)).sort()) {
    const id = name.slice(0, -ending.length);
    const frames = names.flatMap((other) => frameOf(other, id) ?? []).sort((a, b) => a - b);
    const place = join(into, name.replaceAll('/', '_'));
    const drawing = await artist.draw({ document: join(truthFolder, name), frames, place, more });
    const pictures = frames.map((frame) => ({
      frame,
      reference: join(truthFolder, names.find((other) => frameOf(other, id) === frame) ?? ''),
      drawn: `${place}-${frame}.png`,
    }));
    const distances: Distance[] = [];
    for (const { reference, drawn } of drawing.failure === null ? pictures : []) {
      const truth = premultiplied(await readPicture(reference));
      distances.push(distance(truth, cropped(premultiplied(await readPicture(drawn)), truth), 4));
    }
    const most = worst(distances);
    verdicts.push({
      id,
      judge: source === 'project' ? 'After Effects (.aep)' : 'After Effects',
      isJudged: true,
      result: resultOf(drawing.failure, most),
      distance: most,
      ...drawing,
      pictures,
    });
  }
  return verdicts;
}

function resultOf(failure: string | null, { off, mean, differing }: Distance): Verdict['result'] {
  if (failure !== null) return 'failed';
  if (off > HOLDS.off) return 'wrong';
  return mean <= STRICT.mean && differing <= STRICT.differing ? 'strict' : 'right';
}

/** `shapes/star-05.png` is frame 5 of `shapes/star`. */
function frameOf(name: string, id: string): number | null {
  if (dirname(name) !== dirname(id)) return null;
  const match = /^(.*)-(\d+)\.png$/.exec(basename(name));
  return match?.[1] === basename(id) ? Number(match[2]) : null;
}
