import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readBatchFile } from '../../bin/terminal/batch-file.ts';
import { aeJob, openStudio, SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 with one': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
};

describe('a file that Windows wrote', () => {
  it('is a template like any other, with its pictures, from create to render', { timeout: 60_000 }, async (t) => {
    const { engine, folder } = await openStudio(t);
    await cp(SAMPLES, join(folder, 'templates'), { recursive: true });
    const text = await readFile(join(SAMPLES, 'invitation.json'), 'utf8');
    const jobs = [];
    for (const [name, encode] of Object.entries(encodings)) {
      const src = join(folder, 'templates', `${name}.json`);
      await writeFile(src, encode(text));
      const template = { id: 'x', src, composition: 'main' };
      jobs.push({ template, settings: { type: 'image' as const, frames: 0 }, assets: [] });
    }
    const created = await engine.batches.create({ jobs });
    assert.equal(created.status, 'created', JSON.stringify(created.errors));
    const warnings = await Promise.all(created.jobs.map(({ id }) => engine.jobs.warnings(id)));
    assert.deepEqual(warnings, [[], []]);
    assert.equal((await engine.batches.wait(created.batchId)).status, 'finished');
  });

  it('is a batch file like any other; one that is not UTF-8 is refused, and says so', async (t) => {
    const file = join(await temporaryFolder(t), 'batch.json');
    const batch = { jobs: [{ template: { id: 'Grüße 素材' } }] };
    for (const encode of Object.values(encodings)) {
      await writeFile(file, encode(JSON.stringify(batch)));
      assert.deepEqual((await readBatchFile(file)).body, batch);
    }
    await writeFile(file, Buffer.from(JSON.stringify(batch), 'latin1'));
    await assert.rejects(readBatchFile(file), {
      code: 'VALIDATION_ERROR',
      message: /it is not UTF-8; save it as UTF-8/,
    });
  });
});

describe('an output folder of any name', () => {
  // Windows takes fewer characters in a name.
  const plain = '[####] 100% %20 #x {a,b} 🎬 עברית';
  const name = process.platform === 'win32' ? plain : `${plain} "q" 'q' $(x) \\ *? \n.`;

  it('gets what both renderers make, under the URL that they answer', async (t) => {
    const base = await temporaryFolder(t);
    const { engine, folder, project } = await openStudio(t, { outputDir: join(base, name) });
    await cp(join(SAMPLES, 'lower-third.json'), join(folder, 'third.json'));
    const template = { id: 'x', src: join(folder, 'third.json'), composition: 'main' };
    const created = await engine.batches.create({
      jobs: [{ template, settings: { type: 'image', frames: 0 } }, aeJob(project, 'good')],
    });
    assert.equal((await engine.batches.wait(created.batchId)).status, 'finished');
    for (const { id } of created.jobs) {
      const { outputUrl } = await engine.jobs.get(id);
      assert.ok((await readFile(fileURLToPath(outputUrl ?? ''))).length > 50);
    }
  });
});
