/**
 * Compares what the bundled renderer draws with two judges: After Effects' own frames of small projects, and lottie-web,
 * the reference player; and projects with what their designers exported of them. Prints a table and writes a page with the pictures side by side, the worst first.
 *
 *   npm run bench:pixels -- [--only <pattern>] [--judge truth|designers|cases|public|folder] [--folder <documents>] [--list]
 *                           [--keep <folder for our pictures and verdicts.jsonl>] [-- -supersample 4]
 */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Artist } from './artist.ts';
import { cacheFolder } from './cache.ts';
import { corpusFolder } from './corpus.ts';
import { designersFolder, judgeByDesigners } from './designers.ts';
import { caseDocuments, documentsIn } from './documents.ts';
import { writePage } from './page.ts';
import { judgeByReference } from './reference.ts';
import { missingReference, ReferencePlayer } from './reference-player.ts';
import { judgeByAfterEffects, truthFolder } from './truth.ts';
import { byHarm, type Verdict } from './verdict.ts';

const { values, positionals: more } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    judge: { type: 'string' },
    folder: { type: 'string' },
    page: { type: 'string', default: join(tmpdir(), 'bench-pixels.html') },
    keep: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
/** Percent of the pixels that are off: the rest is within one pixel of an edge. */
const EDGES_ONLY = 0.5;
const only = new RegExp(values.only);
const wants = (judge: string) => values.judge === undefined || values.judge === judge;
const notThere = (what: string) => console.log(`NOT THERE  ${what}`);
const into = values.keep ?? (await mkdtemp(join(tmpdir(), 'bench-pixels-')));
await mkdir(into, { recursive: true });
try {
  using artist = new Artist();
  const verdicts: Verdict[] = [];
  if (wants('truth')) verdicts.push(...(await byTruth(artist)));
  if (wants('designers')) verdicts.push(...(await byDesigners(artist)));
  verdicts.push(...(await byReference(artist)));
  await writePage(values.page, verdicts);
  console.log(`pictures side by side: ${values.page}`);
} finally {
  if (values.keep === undefined) await rm(into, { recursive: true, force: true });
}

async function byTruth(artist: Artist): Promise<Verdict[]> {
  if (!existsSync(truthFolder)) {
    notThere(`After Effects' own frames: ${truthFolder}`);
    return [];
  }
  const all: Verdict[] = [];
  for (const source of ['export', 'project'] as const) {
    const verdicts = await judgeByAfterEffects(artist, into, { only, more, source });
    print(verdicts);
    const strict = verdicts.filter(({ result }) => result === 'strict').length;
    const right = verdicts.filter(({ result }) => result === 'right').length;
    const what = source === 'export' ? 'exports of projects' : 'projects (.aep)';
    console.log(`${verdicts.length} ${what} of After Effects: ${strict + right} hold, ${strict} strictly`);
    all.push(...verdicts);
  }
  return all;
}

async function byDesigners(artist: Artist): Promise<Verdict[]> {
  if (!existsSync(designersFolder)) notThere(`projects with their designers' exports: ${designersFolder}`);
  const verdicts = await judgeByDesigners(artist, into, { only, more });
  print(verdicts);
  const counted = verdicts.filter(({ isJudged }) => isJudged);
  const agree = counted.filter(({ result }) => result === 'right').length;
  const others = verdicts.length - counted.length;
  console.log(
    `${counted.length} projects with a designer's export: ${agree} agree; ${others} exports that say something else (designers.ts)`,
  );
  return verdicts;
}

async function byReference(artist: Artist): Promise<Verdict[]> {
  const missing = missingReference();
  if (missing !== null) notThere(`lottie-web: ${missing}`);
  if (missing !== null) return [];
  const groups = [
    ...(wants('cases') ? [{ name: 'hand-made cases', documents: caseDocuments() }] : []),
    ...(values.folder !== undefined && wants('folder')
      ? [{ name: values.folder, documents: documentsIn(values.folder) }]
      : []),
    ...(wants('public')
      ? [{ name: 'public documents', documents: documentsIn(await corpusFolder(cacheFolder(), notThere)) }]
      : []),
  ];
  await using player = new ReferencePlayer();
  const verdicts: Verdict[] = [];
  for (const { name, documents } of groups) {
    const chosen = documents.filter(({ id }) => only.test(id));
    if (chosen.length === 0) notThere(`${name}: no documents`);
    const judged: Verdict[] = [];
    for await (const verdict of judgeByReference(artist, player, into, { documents: chosen, more })) {
      judged.push(verdict);
      await appendFile(join(into, 'verdicts.jsonl'), `${JSON.stringify(verdict)}\n`);
    }
    print(judged.filter(({ isJudged }) => isJudged));
    console.log(`${name}: ${summary(judged)}`);
    verdicts.push(...judged);
  }
  return verdicts;
}

function print(verdicts: readonly Verdict[]): void {
  for (const { id, result, distance, failure, warnings } of verdicts.toSorted(byHarm)) {
    if (!values.list && result !== 'wrong' && result !== 'failed') continue;
    const number = (value: number) => value.toFixed(2).padStart(6);
    const numbers = `mean ${number(distance.mean)}  differing ${number(distance.differing)} %  off ${number(distance.off)} %`;
    console.log(`${result.padEnd(7)} ${numbers}  ${id}  ${failure ?? (warnings.length > 0 ? '(warned)' : '')}`);
  }
}

/** Documents of which lottie-web is no measure count only if they are as it draws them. */
function summary(judged: readonly Verdict[]): string {
  const within = judged.filter(({ result }) => result === 'right');
  const outside = judged.filter(({ result }) => result !== 'right');
  const ours = outside.filter(({ isJudged }) => isJudged);
  const edges = ours.filter(({ result, distance }) => result === 'wrong' && distance.off <= EDGES_ONLY);
  const wrong = ours.filter((verdict) => !edges.includes(verdict));
  const silent = wrong.filter(({ warnings }) => warnings.length === 0);
  const warned = within.filter(({ warnings }) => warnings.length > 0);
  return [
    `${within.length} of ${judged.length} within lottie-web's picture, of them ${warned.length} with a warning`,
    `lottie-web is no measure of ${outside.length - ours.length} others (no-measure.ts)`,
    `${edges.length} differ at their edges only, ${wrong.length} differ, ${silent.length} of them without a warning`,
  ].join('; ');
}
