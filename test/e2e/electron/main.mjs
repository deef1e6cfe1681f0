/**
 * The main process of an app, run by Node.js that calls itself Electron: `main.mjs <its program> <template> [option]`,
 * where the option is `--node <program>`, or `--spawn <module>` of the stand-in for Electron's utilityProcess.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, src, option, value] = process.argv.slice(2);
const node = process.execPath;
Object.defineProperty(process.versions, 'electron', { value: '39.0.0' });
process.execPath = program;

async function bundledOptions() {
  if (option === '--node') return { nodePath: value };
  if (option !== '--spawn') return {};
  const { fakeUtilityProcess } = await import(pathToFileURL(value));
  return { spawn: fakeUtilityProcess({ node, app: program }).fork };
}

const { BatchEngine } = await import('aerender-batch');
const outputDir = mkdtempSync(join(tmpdir(), 'aerender-batch-electron-'));
const engine = await BatchEngine.open({
  database: ':memory:',
  outputDir,
  bundled: await bundledOptions(),
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
