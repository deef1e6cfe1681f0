import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { BatchEngine, JobCreationInput } from '../lib/index.ts';
import { parseCommandLine } from '../lib/lottie/renderer/command-line.ts';
import { RenderLog } from '../lib/lottie/renderer/log.ts';
import { render } from '../lib/lottie/renderer/render.ts';
import { Coverage } from './support/coverage.ts';
import { openStudio } from './support/engine.ts';
import { jobScript } from './support/job-script.ts';
import { panelProject } from './support/panel-project.ts';
import { smallDocument, textLayer } from './support/small-document.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/**
 * How many files a job leads through. A new one has to earn its place: what is understood is passed on, and not looked at
 * again by another file. The goal is 55 and 80. `lottie/normalise` counts as one.
 */
const MOST_FILES = { aerender: 77, bundled: 117 };

/** The files of which a function runs for a second job of a template: loading, opening and inspecting are not its way. */
async function wayOf(coverage: Coverage, engine: BatchEngine, job: JobCreationInput): Promise<string[]> {
  let files = new Set<string>();
  for (let jobs = 0; jobs < 2; jobs += 1) {
    await engine.idle();
    await coverage.take();
    const { batchId, errors } = await engine.batches.create({ jobs: [job] });
    assert.equal(errors, undefined);
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    files = await coverage.take();
  }
  return [...files].sort();
}

async function jobOf(engine: BatchEngine, src: string, composition: string, layerName: string) {
  const { id } = await engine.templates.add({ src });
  const job: JobCreationInput = {
    template: { id, composition },
    settings: { type: 'image', frames: 0 },
    assets: [{ type: 'text', layerName, value: 'Ada' }],
  };
  return job;
}

class QuietLog extends RenderLog {
  override line(): void {}
}

/** The files that run in the renderer's own process, here in this one. */
async function wayOfRenderer(t: TestContext, coverage: Coverage, template: string): Promise<string[]> {
  const folder = await temporaryFolder(t);
  const place = (name: string) => join(folder, name);
  await copyFile(template, place('template.json'));
  const steps = [{ type: 'text' as const, layerName: 'title', value: 'Ada' }];
  await writeFile(place('job.jsx'), jobScript({ composition: 'main', steps }));
  const args = ['-project', place('template.json'), '-r', place('job.jsx'), '-trustScript', '-comp', 'main'];
  const output = ['-output', place('frame.png'), '-s', '0', '-e', '0', '-OMtemplate', 'image_png'];
  let files = new Set<string>();
  for (let renders = 0; renders < 2; renders += 1) {
    await coverage.take();
    await render(parseCommandLine([...args, ...output]), new QuietLog({ file: null, progress: false }));
    files = await coverage.take();
  }
  return [...files];
}

describe('the way of a job', () => {
  it('with a text leads through no more files than it has to', async (t) => {
    await using coverage = new Coverage();
    await coverage.start();
    const { engine, folder } = await openStudio(t, { workers: 1 });
    const project = join(folder, 'good.aep');
    await writeFile(project, panelProject('good'));
    const aerender = await wayOf(coverage, engine, await jobOf(engine, project, 'good', 'headline'));
    assert.ok(aerender.length <= MOST_FILES.aerender, `${aerender.length} files:\n${aerender.join('\n')}`);
    assert.ok(aerender.includes('lib/render/attempt.ts') && aerender.includes('lib/script/build.ts'));

    const document = join(folder, 'film.json');
    await writeFile(document, JSON.stringify(smallDocument([textLayer('title', 'old', [10, 50], 20)])));
    const engineFiles = await wayOf(coverage, engine, await jobOf(engine, document, 'main', 'title'));
    const rendererFiles = await wayOfRenderer(t, coverage, document);
    const folded = [...engineFiles, ...rendererFiles].map((file) => file.replace(/(lottie\/normalise)\/.*/, '$1'));
    const bundled = [...new Set(folded)].sort();
    assert.ok(bundled.length <= MOST_FILES.bundled, `${bundled.length} files:\n${bundled.join('\n')}`);
    assert.ok(bundled.includes('lib/lottie/renderer/render.ts'));
  });
});
