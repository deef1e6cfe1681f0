/** A job in a job: the lower third is rendered first, with a transparent background, and laid over the invitation. */
import { fileURLToPath } from 'node:url';
import { BatchEngine } from 'aerender-batch';

await using engine = await BatchEngine.open({ database: ':memory:', outputDir: 'renders' });

const add = (name: string) =>
  engine.templates.add({ src: fileURLToPath(new URL(`templates/${name}.json`, import.meta.url)) });
const [invitation, lowerThird] = await Promise.all([add('invitation'), add('lower-third')]);

const created = await engine.batches.create({
  jobs: [
    {
      template: { id: invitation.id, composition: 'main' },
      assets: [
        { type: 'text', layerName: 'name', value: 'Dorothy Vaughan' },
        {
          type: 'job',
          layerName: 'lower third',
          template: { id: lowerThird.id, composition: 'main' },
          settings: { codec: 'video_prores_4444' },
          assets: [{ type: 'text', layerName: 'name', value: 'Christine Darden' }],
        },
      ],
    },
  ],
});

// The answer names the child; its events come under its own id, with the parent's beside it.
console.log(JSON.stringify(created, null, 2));
for await (const event of engine.batches.watch(created.batchId)) {
  if (event.type === 'job:finished') console.log(event.parentId === null ? 'parent' : 'child', event.outputPath);
}
