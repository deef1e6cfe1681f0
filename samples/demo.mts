/**
 * Renders a batch of four jobs: an invitation with a nested lower third, another invitation, one with a misspelt layer,
 * which is refused while the others go on, and a business card from an After Effects project. The videos lie under
 * `renders/`.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BatchEngine, type BatchInput } from 'aerender-batch';

const samples = dirname(fileURLToPath(import.meta.url));
const read = async (name: string) =>
  JSON.parse(await readFile(`${samples}/batches/${name}.json`, 'utf8')) as BatchInput;
const batch = { jobs: [...(await read('invitations')).jobs, ...(await read('business-card')).jobs] };
process.chdir(`${samples}/batches`);

const renders = resolve(samples, '../renders');
// After Effects never saw the project, which the tests' own writer has written: so it is not asked here either.
const renderer = 'bundled';
await using engine = await BatchEngine.open({ database: ':memory:', outputDir: renders, workers: 2, renderer });
const created = await engine.batches.create(batch);
console.log(
  `Batch ${created.batchId} is ${created.status}: ${created.successCount} of ${created.totalJobs} jobs accepted.`,
);
for (const { index, error, errorCode } of created.errors ?? [])
  console.log(`  job ${index} refused, as it should be: ${error} [${errorCode}]`);

for await (const event of engine.batches.watch(created.batchId)) {
  if (event.type === 'job:started')
    console.log(`  ${event.jobId} renders${event.parentId === null ? '' : ' (nested)'} …`);
  if (event.type === 'job:finished') console.log(`  ${event.jobId} is done: ${event.outputPath}`);
  if (event.type === 'job:error') console.log(`  ${event.jobId} failed: ${event.error}`);
}
const { status, stats } = await engine.batches.get(created.batchId);
console.log(`The batch is ${status}: ${stats.finished} of ${stats.total} rendered.`);
process.exitCode = stats.finished === stats.total ? 0 : 1;
