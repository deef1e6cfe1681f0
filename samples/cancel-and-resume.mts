/**
 * An engine that is closed in the middle of its work, and another one on the same file that goes on with it. The batch is
 * cancelled at the end: what renders is skipped, as in the cloud.
 */
import { fileURLToPath } from 'node:url';
import { BatchEngine } from 'aerender-batch';

const options = { database: 'renders/cancel-and-resume.db', outputDir: 'renders', workers: 1 };
const src = fileURLToPath(new URL('templates/lower-third.json', import.meta.url));
const job = (name: string) => ({
  template: { id: 'lower-third', src, composition: 'main' },
  assets: [{ type: 'text' as const, layerName: 'name', value: name }],
});

const first = await BatchEngine.open(options);
// Listen before create, which may start the first job.
const started = new Promise<void>((resolve) => first.once('job:started', () => resolve()));
const { batchId } = await first.batches.create({ jobs: ['Ada', 'Grace', 'Mary'].map(job) });
await started;
// Ended with its process tree; it is queued again, and costs none of its retries.
await first.close({ running: 'kill' });
console.log('closed while a job was rendering');

await using second = await BatchEngine.open(options);
await new Promise<void>((resolve) => second.once('job:finished', () => resolve()));
console.log('the first job was rendered by the second engine');

const { status, cancelledCount, skippedCount } = await second.batches.cancel(batchId);
console.log(`cancel: ${status}; ${cancelledCount} cancelled, ${skippedCount} skipped`);
console.log((await second.batches.wait(batchId)).stats);
