import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompItem, readProject } from '../../../lib/aep/read-project.ts';
import { aepFolder } from '../../support/shared-folder.ts';
import type { Artist } from './artist.ts';
import { type Distance, distance, worst } from './measure.ts';
import { cropped, onWhite, readPicture } from './picture.ts';
import type { Verdict } from './verdict.ts';

/** Another folder of projects beside what was exported of them can be named. */
export const designersFolder = process.env.BENCH_PIXELS_DESIGNERS ?? aepFolder;

/** The mean over all channels (of 255), and the percent of the pixels of which a channel differs by more than 8. */
const AGREES = { mean: 0.5, differing: 0.5 };
const DIFFERS = 8;
/** Even moments, the first and the last frame included. */
const MOMENTS = 11;

/** Exports that say something else than their project: they are drawn and shown, and not counted. */
const NO_MEASURE: Readonly<Record<string, string>> = {
  'lottie-Benchmark': 'the export brings the glyphs of its font, the project does not',
  'lottie-DynamicGradient': 'scripts cannot read gradients: this Bodymovin exported white to black for all of them',
  'lottie-MatteTimeStretchScan':
    'the export rounds easing to three decimals: its lines lie a twentieth of a pixel beside',
  'lottie-Multiline': 'two boxes of text were moved after the export',
  'lottie-Walkthrough': 'the export has 27 layers, the project 13',
};

/** Compares projects with what their designers exported of them, both drawn by the bundled renderer. */
export async function judgeByDesigners(
  artist: Artist,
  into: string,
  { only, more }: { only: RegExp; more: readonly string[] },
): Promise<Verdict[]> {
  if (!existsSync(designersFolder)) return [];
  const names = readdirSync(designersFolder).sort();
  const projects = names.filter((name) => name.endsWith('.aep')).map((name) => join(designersFolder, name));
  const verdicts: Verdict[] = [];
  for (const name of names.filter((one) => one.endsWith('.json') && only.test(one))) {
    const exported = join(designersFolder, name);
    const pair = pairOf(exported, projects);
    if (pair !== null) verdicts.push(await judged(artist, into, { exported, ...pair, more }));
  }
  return verdicts;
}

interface Pair {
  project: string;
  composition: CompItem;
}

/** The composition of that name and size, of the project whose name is most like the export's. Old exports name none. */
function pairOf(exported: string, projects: readonly string[]): Pair | null {
  const { nm, w, h } = JSON.parse(readFileSync(exported, 'utf8'));
  const likeness = (project: string) => [...project].findIndex((letter, at) => letter !== exported[at]);
  for (const project of projects.toSorted((a, b) => likeness(b) - likeness(a))) {
    const { compositions } = readProject(readFileSync(project));
    const composition = compositions.find(
      ({ name, width, height }) => width === w && height === h && (name === nm || exported.endsWith(`${name}.json`)),
    );
    if (composition !== undefined) return { project, composition };
  }
  return null;
}

async function judged(
  artist: Artist,
  into: string,
  { exported, project, composition, more }: Pair & { exported: string; more: readonly string[] },
): Promise<Verdict> {
  const id = exported.slice(designersFolder.length).replace(/^[/\\]|\.json$/g, '');
  const { ip, op } = JSON.parse(readFileSync(exported, 'utf8'));
  const last = Math.max(0, Math.round(op - ip) - 1);
  const moments = Array.from({ length: MOMENTS }, (_, at) => Math.round((last * at) / (MOMENTS - 1)));
  const frames = [...new Set(moments)];
  const places = { exported: join(into, `${id}-exported`), project: join(into, `${id}-project`) };
  const reference = await artist.draw({ document: exported, frames, place: places.exported, more });
  // A composition counts from its start, an export from its work area.
  const shifted = frames.map((frame) => frame + Math.round(ip));
  const named = ['-comp', composition.name, ...more];
  const drawing = await artist.draw({ document: project, frames: shifted, place: places.project, more: named });
  const failure = reference.failure ?? drawing.failure;
  const pictures = frames.map((frame, at) => ({
    frame,
    reference: `${places.exported}-${frame}.png`,
    drawn: `${places.project}-${shifted[at]}.png`,
  }));
  const distances: Distance[] = [];
  for (const { reference: theirs, drawn } of failure === null ? pictures : []) {
    const own = onWhite(await readPicture(drawn));
    const other = cropped(onWhite(await readPicture(theirs)), own);
    distances.push(distance(other, cropped(own, other), 3, DIFFERS));
  }
  const most = worst(distances);
  const agrees = most.mean <= AGREES.mean && most.differing <= AGREES.differing;
  const result = failure !== null ? 'failed' : agrees ? 'right' : 'wrong';
  const isJudged = NO_MEASURE[id] === undefined;
  return { id, judge: 'designer', isJudged, result, distance: most, ...drawing, failure, pictures };
}
