import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { measured, type Taken } from './cpu-meter.ts';
import { BENCH_DOCUMENT, BENCH_FONT } from './frames.ts';
import { atLeast, median, type Row } from './measure.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WIDTH = 2;

/** A piece of work: so many outputs, each of so many frames; a still is one frame in the middle. */
interface Work {
  name: string;
  jobs: number;
  frames: number | 'still';
  /** An odd number, so that one of them is in the middle. */
  rounds: number;
  /** The least ratio of its speed to that of the script. */
  aim: number;
}

const WORKS: readonly Work[] = [
  { name: 'a still', jobs: 1, frames: 'still', rounds: 5, aim: 0.6 },
  { name: '150 frames', jobs: 1, frames: 150, rounds: 3, aim: 1 },
  { name: `20 rows of 30 frames, width ${WIDTH}`, jobs: 20, frames: 30, rounds: 3, aim: 1.3 },
];

interface Studio {
  folder: string;
  /** The document of each job: what the engine is told by an asset, the others find written in it. */
  documents: string[];
}

type Contender = (studio: Studio, work: Work) => Promise<Taken>;

/** The scripts, and the packages that they need; canvaskit is the renderer's own. */
const SCRIPTS: Record<string, { file: string; packages: string[] }> = {
  'canvaskit and FFmpeg': { file: 'canvaskit.mjs', packages: [] },
  '@napi-rs/canvas and FFmpeg': { file: 'napi-canvas.mjs', packages: ['@napi-rs/canvas@^1.1.1'] },
  'ThorVG and FFmpeg': { file: 'thorvg.mjs', packages: ['@lottiefiles/dotlottie-web@^0.80.0'] },
};

/**
 * The bundled renderer, with everything that an engine does around it, against the short scripts that one would write
 * instead: each a program that starts cold. Ours runs from the built package.
 */
export async function benchLottiePeers(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-lottie-'));
  try {
    console.log('        building the package');
    await execa(process.execPath, ['tools/build.ts'], { cwd: ROOT });
    const studio = { folder, documents: await documents(folder) };
    const contenders: [string, Contender][] = [['ours', ours]];
    for (const [name, { file, packages }] of Object.entries(SCRIPTS)) {
      const at = await installed(folder, packages);
      if (at === null) console.log(`        skipped: ${name}, which cannot be installed here`);
      else contenders.push([name, script(file, at)]);
    }
    const rows: Row[] = [];
    for (const work of WORKS) {
      const { ours: own = [], ...peers } = await inTurn(studio, work, contenders);
      report(`${work.name}, ours`, own);
      for (const [name, taken] of Object.entries(peers)) {
        report(`${work.name}, ${name}`, taken);
        const aim = name === 'canvaskit and FFmpeg' ? work.aim : 0;
        rows.push(ratioRow(`speed of ${work.name} / ${name}`, ratios(own, taken, 'wall'), aim));
        const byCpu = ratios(own, taken, 'cpu');
        if (byCpu.length > 0) rows.push(ratioRow('the same by CPU', byCpu, aim));
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function documents(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (let job = 0; job < 20; job += 1) {
    const path = join(folder, `document-${job}.json`);
    const text = JSON.stringify(BENCH_DOCUMENT).replace(/"t":"[^"]*"/, `"t":"Row ${job} of a table"`);
    await writeFile(path, text);
    paths.push(path);
  }
  return paths;
}

/** The folder from which these packages can be loaded; null if they cannot be installed. */
async function installed(folder: string, packages: readonly string[]): Promise<string | null> {
  if (packages.length === 0) return ROOT;
  const place = join(folder, packages.join('-').replaceAll(/[^a-z]/g, '-'));
  await mkdir(place);
  await writeFile(join(place, 'package.json'), '{ "private": true }');
  const { failed } = await execa('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...packages], {
    cwd: place,
    reject: false,
  });
  return failed ? null : place;
}

/** What each took in each round. All of a round follow each other at once; the first round warms up. */
async function inTurn(
  studio: Studio,
  work: Work,
  contenders: readonly [string, Contender][],
): Promise<Record<string, Taken[]>> {
  const all = Object.fromEntries(contenders.map(([name]) => [name, [] as Taken[]]));
  for (let round = 0; round <= work.rounds; round += 1) {
    for (const [name, contender] of contenders) {
      const taken = await contender(studio, work);
      if (round > 0) all[name]?.push(taken);
    }
  }
  return all;
}

/**
 * How much faster ours was than a peer, round by round: on a machine with other work, the same program takes twice as
 * long a minute later, so only what ran in the same minute is compared.
 */
function ratios(own: readonly Taken[], peer: readonly Taken[], of: keyof Taken): number[] {
  return peer.flatMap((taken, round) => {
    const [ours, theirs] = [own[round]?.[of] ?? null, taken[of]];
    return ours === null || theirs === null ? [] : [theirs / ours];
  });
}

/** With its spread: a wide one says that the machine was not quiet. */
function ratioRow(what: string, values: readonly number[], aim: number): Row {
  const spread = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2)).join(' to ');
  return atLeast(`${what} (${spread})`, median(values), aim);
}

function report(what: string, taken: readonly Taken[]): void {
  const cpu = taken.flatMap((one) => one.cpu ?? []);
  const middle = { wall: median(taken.map(({ wall }) => wall)), cpu: cpu.length === 0 ? null : median(cpu) };
  console.log(`        ${what}: ${seconds(middle.wall)} s, ${seconds(middle.cpu)} s of CPU`);
}

let runs = 0;

async function ours({ folder, documents }: Studio, { frames, jobs }: Work): Promise<Taken> {
  runs += 1;
  const place = join(folder, `ours-${runs}`);
  await mkdir(place);
  const program = fileURLToPath(new URL('./peer/ours.mjs', import.meta.url));
  const taken = await measured([program, ROOT, place, documents[0] ?? '', `${frames}`, `${jobs}`, `${WIDTH}`], folder);
  await rm(place, { recursive: true, force: true });
  return taken;
}

/** A script is started for each output, so many of them at a time. */
function script(file: string, packages: string): Contender {
  return async ({ folder, documents }, { frames, jobs }) => {
    const waiting = documents.slice(0, jobs).entries();
    const all: Taken[] = [];
    const begun = performance.now();
    const lane = async () => {
      for (const [job, document] of waiting) {
        const output = join(folder, `${file}-${job}.${frames === 'still' ? 'png' : 'mp4'}`);
        const program = fileURLToPath(new URL(`./peer/${file}`, import.meta.url));
        all.push(await measured([program, packages, document, BENCH_FONT, `${frames}`, output], folder));
        const { length } = await readFile(output);
        if (length < 1_000) throw new Error(`${file} wrote no output`);
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, lane));
    const cpu = all.reduce<number | null>(
      (sum, taken) => (sum === null || taken.cpu === null ? null : sum + taken.cpu),
      0,
    );
    return { wall: performance.now() - begun, cpu };
  };
}

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? '?' : (milliseconds / 1_000).toFixed(2);
}
