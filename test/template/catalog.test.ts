import assert from 'node:assert/strict';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { TemplateType } from '../../lib/contract/formats.ts';
import { InspectionThread } from '../../lib/inspection/thread.ts';
import { TemplateCatalog } from '../../lib/template/catalog.ts';
import { SAMPLES } from '../support/engine.ts';
import { openStore } from '../support/records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The real thread, which counts what it reads. */
class CountingThread extends InspectionThread {
  inspections = 0;

  override inspect(path: string, type?: TemplateType) {
    this.inspections += 1;
    return super.inspect(path, type);
  }
}

async function catalog(t: TestContext) {
  const { store, reopen } = await openStore(t);
  const thread = new CountingThread();
  t.after(() => thread.close());
  const folder = await temporaryFolder(t);
  const file = join(folder, 'invitation.json');
  await copyFile(join(SAMPLES, 'invitation.json'), file);
  return { thread, folder, file, store, reopen, catalog: new TemplateCatalog(store.templates, thread) };
}

describe('the catalog of templates', () => {
  it('reads a file once, however many ask for it at the same time', async (t) => {
    const { catalog: templates, thread, file } = await catalog(t);
    const all = await Promise.all(Array.from({ length: 20 }, () => templates.inspect(file)));
    assert.equal(new Set(all).size, 1);
    assert.equal(thread.inspections, 1);
  });

  it('reads no file whose content was read before: another copy, or in an earlier life', async (t) => {
    const { catalog: templates, thread, file, folder, reopen } = await catalog(t);
    const { model } = await templates.inspect(file);
    await copyFile(file, join(folder, 'copy.json'));
    assert.deepEqual((await templates.inspect(join(folder, 'copy.json'))).model, model);
    assert.deepEqual((await new TemplateCatalog(reopen().templates, thread).inspect(file)).model, model);
    assert.equal(thread.inspections, 1);
  });

  it('reads a file again that has changed, and forgets a fault that was mended', async (t) => {
    const { catalog: templates, thread, file } = await catalog(t);
    const whole = await readFile(file, 'utf8');
    await writeFile(file, '{');
    await assert.rejects(templates.inspect(file), { code: 'TEMPLATE_UNREADABLE' });
    await writeFile(file, whole.replace('"main"', '"changed"'));
    assert.equal((await templates.inspect(file)).model.mainComposition, 'changed');
    await rm(file);
    await assert.rejects(templates.inspect(file), { code: 'TEMPLATE_NOT_FOUND' });
    assert.equal(thread.inspections, 2);
  });

  it('reads the same bytes again where they are announced as something else', async (t) => {
    const { catalog: templates, file } = await catalog(t);
    await templates.inspect(file);
    await assert.rejects(templates.inspect(file, 'aep'), { code: 'TEMPLATE_UNREADABLE', message: /announced as aep/ });
  });
});
