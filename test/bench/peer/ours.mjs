/**
 * A program with the engine, from the built package: a database, jobs that are created, rendered, checked and published.
 * `node ours.mjs <folder of the package> <folder to work in> <document> <still | frames> <jobs> <workers>`
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [root, folder, src, frames, jobs, workers] = process.argv.slice(2);
const { BatchEngine } = await import(pathToFileURL(join(root, 'dist/lib/index.js')).href);
const engine = await BatchEngine.open({
  database: join(folder, 'ours.db'),
  outputDir: join(folder, 'out'),
  workers: Number(workers),
});
const { id } = await engine.templates.add({ src });
const settings = frames === 'still' ? { type: 'image', frames: 75 } : { type: 'video', frames: [0, frames - 1] };
const { batchId, errors } = await engine.batches.create({
  jobs: Array.from({ length: Number(jobs) }, (_, row) => ({
    template: { id, composition: 'main' },
    settings,
    assets: [{ type: 'text', layerName: 'title', value: `Row ${row} of a table` }],
  })),
});
const { stats } = await engine.batches.wait(batchId);
if (errors !== undefined || stats.finished !== Number(jobs)) throw new Error(JSON.stringify(await engine.jobs.list()));
await engine.close();
