/** The main process of an app, run by Node.js that calls itself Electron: `main.mjs <its program> <template> [nodePath]`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, src, nodePath] = process.argv.slice(2);
Object.defineProperty(process.versions, 'electron', { value: '39.0.0' });
process.execPath = program;

const { BatchEngine } = await import('aerender-batch');
const outputDir = mkdtempSync(join(tmpdir(), 'aerender-batch-electron-'));
const engine = await BatchEngine.open({
  database: ':memory:',
  outputDir,
  bundled: nodePath === undefined ? {} : { nodePath },
});
const {
  batchId,
  jobs,
  errors = [],
} = await engine.batches.create({
  jobs: [{ template: { id: 'c', src, composition: 'main' }, settings: { type: 'image', frames: 0 } }],
});
for (const { error, errorCode } of errors) console.log(`refused ${errorCode} ${error}`);
if (jobs.length > 0) {
  await engine.batches.wait(batchId);
  const job = await engine.jobs.get(jobs[0].id);
  console.log(
    job.status === 'finished' ? `finished ${await engine.jobs.output(job.id)}` : `${job.status} ${job.stats.error}`,
  );
}
await engine.close();
