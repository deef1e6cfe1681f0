import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRows } from '../../lib/rows/create.ts';
import { jobsFromRows } from '../../lib/rows/jobs.ts';
import { readRows } from '../../lib/rows/sheet.ts';
import { SAMPLES } from '../support/engine.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';
import { atMost, median, type Row } from './measure.ts';
import type { BenchStudio } from './studio.ts';

const RUNS = 3;
const ROWS = 1_000;

/** A sheet of 1,000 rows from its file to its faults: read, understood by its template, checked job by job. */
export async function benchRows({ folder, open }: BenchStudio): Promise<Row> {
  const { template, composition, layer } = checkedTemplate();
  const file = join(folder, 'names.csv');
  const lines = Array.from({ length: ROWS }, (_, at) => `${at};Guest number ${at};${at % 100}`);
  await writeFile(file, [`id;${layer};${layer}->Transform->Opacity`, ...lines].join('\r\n'));
  const engine = await open('rows');
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const { rows, faults } = await jobsFromRows(await readRows(file), {
      template,
      composition,
      key: 'id',
      name: '{id}',
    });
    const { accepted } = await createRows(engine, rows, { dryRun: true });
    times.push((performance.now() - start) / 1_000);
    if (faults.length > 0 || accepted.length !== ROWS) throw new Error(`only ${accepted.length} rows were accepted`);
  }
  await engine.close();
  return atMost('check of a sheet of 1,000 rows (s)', median(times), 2);
}

/** A real project, where there is one. */
function checkedTemplate(): { template: string; composition: string; layer: string } {
  return skipWithoutProjects === false
    ? { template: join(aepFolder, 'lottie-PointText.aep'), composition: 'Comp 1', layer: 'ABC 2' }
    : { template: join(SAMPLES, 'invitation.json'), composition: 'main', layer: 'name' };
}
