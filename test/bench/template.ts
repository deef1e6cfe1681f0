import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { SAMPLES } from '../support/engine.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';
import type { Taken, Work } from './alone.ts';
import { atMost, inTurn, median, type Row } from './measure.ts';
import type { BenchStudio } from './studio.ts';

const ALONE = fileURLToPath(new URL('./alone.ts', import.meta.url));
const LARGE = 50 * 2 ** 20;
const RUNS = 5;
const ROUNDS = 7;
const JOBS = 1_000;

/** A project of 50 MB, looked at by a program that has just started: how long, against the least that it could do, and how much memory. */
export async function benchInspect({ folder }: BenchStudio): Promise<Row[]> {
  if (skipWithoutProjects !== false) {
    console.log(`skipped: a project of 50 MB (${skipWithoutProjects})`);
    return [];
  }
  const file = join(folder, 'large.aep');
  const large = repeatItems(await readFile(join(aepFolder, 'lottie-Walkthrough.aep')), LARGE);
  await writeFile(file, large);
  const taken: Record<'load' | 'read' | 'inspect', Taken[]> = { load: [], read: [], inspect: [] };
  for (let run = 0; run < RUNS; run += 1)
    for (const work of ['load', 'read', 'inspect'] as const) taken[work].push(await alone(file, work));
  const milliseconds = (work: keyof typeof taken) => median(taken[work].map((run) => run.milliseconds));
  const peak = (work: keyof typeof taken) => median(taken[work].map((run) => run.peakBytes));
  return [
    atMost('inspectTemplate of a project of 50 MB (s)', milliseconds('inspect') / 1_000, 1),
    atMost('the same / reading and hashing the file', milliseconds('inspect') / milliseconds('read'), 5),
    atMost('memory that it takes / size of the file', (peak('inspect') - peak('load')) / large.length, 2.5),
  ];
}

export async function alone(file: string, work: Work): Promise<Taken> {
  const { stdout } = await execa(process.execPath, ['--conditions=source', ALONE, file, work]);
  return JSON.parse(stdout);
}

const HEADER = 8;
const KIND = 4;

/** The same project with its items again and again, until it is so large; their ids repeat. */
function repeatItems(project: Buffer, size: number): Buffer {
  const fold = project.indexOf('Fold', 0, 'latin1') - HEADER;
  const start = fold + HEADER + KIND;
  const end = fold + HEADER + project.readUInt32BE(fold + KIND);
  const items = project.subarray(start, end);
  const more = Math.ceil((size - project.length) / items.length);
  const large = Buffer.concat([
    project.subarray(0, end),
    ...Array.from({ length: more }, () => items),
    project.subarray(end),
  ]);
  for (const header of [0, fold])
    large.writeUInt32BE(large.readUInt32BE(header + KIND) + more * items.length, header + KIND);
  return large;
}

/** `create` of 1,000 jobs that are checked against what is in their template, against as many with nothing to check. */
export async function benchChecks({ open }: BenchStudio): Promise<Row> {
  const engine = await open('checks');
  const { src, composition, layerName } = checkedTemplate();
  const { id } = await engine.templates.add({ src });
  const jobs = Array.from({ length: JOBS }, (): JobCreationInput => ({ template: { id, composition } }));
  const checked = jobs.map((job, at) => ({ ...job, assets: [{ type: 'text' as const, layerName, value: `${at}` }] }));
  const create = async (body: { jobs: JobCreationInput[] }) => {
    const { successCount } = await engine.batches.create(body);
    if (successCount !== JOBS) throw new Error(`only ${successCount} jobs were accepted`);
  };
  const times = await inTurn(
    ROUNDS,
    () => create({ jobs: checked }),
    () => create({ jobs }),
  );
  await engine.close();
  return atMost('create of 1,000 jobs with a text to check / without', times.ours / times.peer, 3);
}

/** A real project, where there is one. */
function checkedTemplate(): { src: string; composition: string; layerName: string } {
  return skipWithoutProjects === false
    ? { src: join(aepFolder, 'lottie-PointText.aep'), composition: 'Comp 1', layerName: 'ABC 2' }
    : { src: join(SAMPLES, 'invitation.json'), composition: 'main', layerName: 'name' };
}
