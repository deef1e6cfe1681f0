/** One invitation, from a template to a video. */
import { fileURLToPath } from 'node:url';
import { BatchEngine } from 'aerender-batch';

await using engine = await BatchEngine.open({ database: 'renders/renders.db', outputDir: 'renders' });

const src = fileURLToPath(new URL('templates/invitation.json', import.meta.url));
const template = await engine.templates.add({ src });
const { batchId } = await engine.batches.create({
  jobs: [
    {
      template: { id: template.id, composition: 'main' },
      assets: [{ type: 'text', layerName: 'name', value: 'Ada Lovelace' }],
    },
  ],
});

engine.on('job:progress', ({ frame, totalFrames }) => console.log(`frame ${frame} of ${totalFrames}`));
const batch = await engine.batches.wait(batchId);
for (const { id, status } of batch.jobs) {
  console.log(status, status === 'finished' ? await engine.jobs.output(id) : (await engine.jobs.get(id)).stats.error);
}
