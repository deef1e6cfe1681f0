import { access, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Piscina } from 'piscina';
import type { BatchEngine } from '../../lib/index.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { panelProject } from '../support/panel-project.ts';
import { sharedFile } from '../support/shared-folder.ts';
import { atLeast, median, type Row } from './measure.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = new URL('../../dist/lib/index.js', import.meta.url).href;
const PEER = '@nexrender/core@1.63.3';
const RUNNER = fileURLToPath(new URL('./peer/nexrender.cjs', import.meta.url));
const RENDERER = fileURLToPath(new URL('./renderer.c', import.meta.url));
const JOBS = 60;
const ROUNDS = 3;

interface Template {
  name: string;
  path: string;
  /** The text that each job changes. */
  layerName: string;
}

/**
 * Jobs a second against the engine that most people use, and against a bare pool, with a renderer that does nothing:
 * everything is then the engines' own. Ours, from the built package, stores each job, and checks and publishes each
 * output.
 */
export async function benchPeer(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-peer-'));
  try {
    console.log('        building the package');
    await execa(process.execPath, ['tools/build.ts'], { cwd: ROOT });
    const aerender = await afterEffects(folder);
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await execa('npm', ['install', '--no-save', '--no-audit', '--no-fund', PEER], { cwd: folder });
    const rows: Row[] = [];
    for (const template of await templates(folder)) {
      const ours = new Map<number, number>();
      for (const width of [1, 2]) {
        const times = await measure({ folder, aerender, template, width });
        ours.set(width, times.ours);
        const about = `${template.name}, width ${width}`;
        console.log(
          `        ${about}: ${rate(times.ours)} jobs/s; nexrender ${rate(times.peer)}, bare pool ${rate(times.bare)}`,
        );
        rows.push(atLeast(`jobs a second / ${PEER} (${about})`, times.peer / times.ours, 1));
        rows.push(atLeast(`jobs a second / bare Piscina and execa (${about})`, times.bare / times.ours, 0.9));
      }
      rows.push(atLeast(`width 2 / width 1 (${template.name})`, (ours.get(1) ?? 0) / (ours.get(2) ?? 1), 1));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A stand-in After Effects that has nexrender's patch, so that both engines may hand it a script. */
async function afterEffects(folder: string): Promise<string> {
  const place = join(folder, 'ae', '2026');
  const startup = join(place, 'Scripts', 'Startup');
  await mkdir(startup, { recursive: true });
  await writeFile(join(startup, 'commandLineRenderer.jsx'), '// nexrender-patch-v1.0.4\n');
  const aerender = join(place, 'aerender');
  await execa('cc', ['-O2', '-o', aerender, RENDERER]);
  return aerender;
}

async function templates(folder: string): Promise<Template[]> {
  const small = join(folder, 'small.aep');
  await writeFile(small, panelProject());
  const found: Template[] = [{ name: 'small project', path: small, layerName: 'headline' }];
  const real = sharedFile('aep/nexrender-nm05ae12.aepx');
  const isThere = await access(real).then(
    () => true,
    () => false,
  );
  if (!isThere) console.log(`        skipped: the real project, since there is no ${real}`);
  else {
    const copy = join(folder, 'real.aepx');
    await copyFile(real, copy);
    found.push({ name: 'real project of 449 kB', path: copy, layerName: 'artist' });
  }
  return found;
}

interface Measured {
  folder: string;
  aerender: string;
  template: Template;
  width: number;
}

/** Milliseconds of `JOBS` jobs; the three in turn, so that a noisy machine disturbs them alike. */
async function measure(how: Measured): Promise<{ ours: number; peer: number; bare: number }> {
  const { folder, aerender, template, width } = how;
  const { BatchEngine: Built } = (await import(BUILT)) as { BatchEngine: typeof BatchEngine };
  const engine = await Built.open({
    database: join(folder, `ours-${width}-${Date.now()}.db`),
    outputDir: join(folder, 'ours'),
    workers: width,
    aerender: { binaries: { ae2026: aerender } },
  });
  const pool = new Piscina({
    filename: new URL('./bare-worker.ts', import.meta.url).href,
    minThreads: width,
    maxThreads: width,
  });
  const args = (index: number) => ['-output', join(folder, `bare-${index}_[#####].png`)];
  const times = { ours: [] as number[], peer: [] as number[], bare: [] as number[] };
  try {
    await ours(engine, template, 2);
    await pool.run({ file: aerender, args: args(0) });
    for (let round = 0; round < ROUNDS; round += 1) {
      times.ours.push(await timed(() => ours(engine, template, JOBS)));
      times.peer.push(await peer(how));
      const bare = Array.from({ length: JOBS }, (_, index) => index);
      times.bare.push(
        await timed(() => Promise.all(bare.map((index) => pool.run({ file: aerender, args: args(index) })))),
      );
    }
  } finally {
    await pool.destroy();
    await engine.close();
  }
  return { ours: median(times.ours), peer: median(times.peer), bare: median(times.bare) };
}

async function ours(engine: BatchEngine, { path, layerName }: Template, count: number): Promise<void> {
  const jobs = Array.from(
    { length: count },
    (_, index): JobCreationInput => ({
      template: { id: 'peer', src: path, composition: 'main' },
      settings: { type: 'image', frames: 0 },
      assets: [{ type: 'text', layerName, value: `Alice ${index}` }],
    }),
  );
  const { batchId, errors } = await engine.batches.create({ jobs });
  const { stats } = await engine.batches.wait(batchId);
  if (stats.finished !== count) throw new Error(`only ${stats.finished} jobs finished: ${JSON.stringify(errors)}`);
}

async function peer({ folder, template, width }: Measured): Promise<number> {
  const args = [RUNNER, folder, template.path, template.layerName, String(width), String(JOBS)];
  const { stdout } = await execa(process.execPath, args);
  return Number(stdout.trim().split('\n').at(-1));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function rate(milliseconds: number): string {
  return ((JOBS / milliseconds) * 1000).toFixed(0);
}
