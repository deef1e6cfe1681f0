import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { OWN_FONTS } from '../lib/fonts/font-bytes.ts';
import { layFonts } from '../lib/fonts/manifest.ts';
import type { BatchEngine, JobCreationInput } from '../lib/index.ts';
import { parseCommandLine, RenderLog } from '../lib/lottie/renderer/command-line.ts';
import { render } from '../lib/lottie/renderer/render.ts';
import { Coverage } from './support/coverage.ts';
import { openStudio } from './support/engine.ts';
import { jobScript } from './support/job-script.ts';
import { panelProject } from './support/panel-project.ts';
import { smallDocument, textLayer } from './support/small-document.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/**
 * The files of which a function runs for a job with a text. A new one has to earn its place: what is understood is passed
 * on, and not looked at again by another file.
 */
const WITH_AERENDER: readonly string[] = [
  'lib/aerender/arguments.ts',
  'lib/aerender/failures.ts',
  'lib/aerender/lines.ts',
  'lib/aerender/output.ts',
  'lib/aerender/renderers.ts',
  'lib/aerender/run.ts',
  'lib/aerender/script-hook/status.ts',
  'lib/aerender/timeouts.ts',
  'lib/answers.ts',
  'lib/assets/asset.ts',
  'lib/assets/layers.ts',
  'lib/assets/text.ts',
  'lib/contract/faults.ts',
  'lib/contract/fields.ts',
  'lib/contract/formats.ts',
  'lib/contract/settings.ts',
  'lib/events/emitter.ts',
  'lib/events/hub.ts',
  'lib/events/watch.ts',
  'lib/files.ts',
  'lib/gate.ts',
  'lib/media/probe-output.ts',
  'lib/plan/check-template.ts',
  'lib/plan/check-sources.ts',
  'lib/plan/family.ts',
  'lib/plan/output.ts',
  'lib/plan/parse.ts',
  'lib/plan/planner.ts',
  'lib/plan/render-task.ts',
  'lib/processes/keeper/frames.ts',
  'lib/processes/keeper/keeper.ts',
  'lib/render/attempt.ts',
  'lib/render/output.ts',
  'lib/render/pool.ts',
  'lib/render/prepare.ts',
  'lib/render/reports.ts',
  'lib/render/work-folder.ts',
  'lib/render/worker.ts',
  'lib/resources/batches.ts',
  'lib/scheduler/ownership.ts',
  'lib/scheduler/reports.ts',
  'lib/scheduler/scheduler.ts',
  'lib/script/build.ts',
  'lib/status.ts',
  'lib/store/attempts.ts',
  'lib/store/batches.ts',
  'lib/store/database.ts',
  'lib/store/job-rows.ts',
  'lib/store/jobs.ts',
  'lib/store/library.ts',
  'lib/store/store.ts',
  'lib/template/catalog.ts',
  'lib/template/composition.ts',
  'lib/worker-thread.ts',
];

/** Windows tells the code page of the log. */
const ON_WINDOWS: readonly string[] = process.platform === 'win32' ? ['lib/processes/powershell.ts'] : [];

/** Those that the bundled renderer adds: fonts and the picture at creation, and its own process. */
const WITH_BUNDLED: readonly string[] = [
  'lib/aerender/bundled-encoder.ts',
  'lib/fonts/catalog.ts',
  'lib/fonts/font-bytes.ts',
  'lib/fonts/font.ts',
  'lib/fonts/manifest.ts',
  'lib/fonts/choose.ts',
  'lib/fonts/writing-systems.ts',
  'lib/lottie/document/document.ts',
  'lib/lottie/document/properties.ts',
  'lib/lottie/normalise',
  'lib/lottie/object-model/items.ts',
  'lib/lottie/object-model/layers.ts',
  'lib/lottie/object-model/project.ts',
  'lib/lottie/object-model/property.ts',
  'lib/lottie/object-model/text-document.ts',
  'lib/lottie/renderer/command-line.ts',
  'lib/lottie/renderer/draw-texts.ts',
  'lib/lottie/renderer/fonts.ts',
  'lib/lottie/renderer/frames.ts',
  'lib/lottie/renderer/rendered-document.ts',
  'lib/lottie/renderer/render.ts',
  'lib/lottie/renderer/text-runs.ts',
  'lib/lottie/script/realm.ts',
  'lib/lottie/script/run-script.ts',
  'lib/media/encode-image.ts',
  'lib/template/open-template.ts',
  'lib/text-encoding.ts',
];

/** `lottie/normalise` counts as one. */
const MOST_FILES = { aerender: 55, bundled: 80 };

/** The files of which a function runs for a further job of a template: loading, opening and inspecting are not its way. */
async function wayOf(coverage: Coverage, engine: BatchEngine, job: JobCreationInput): Promise<string[]> {
  let files = new Set<string>();
  // Two threads take turns, and each has its first job.
  for (let jobs = 0; jobs < 3; jobs += 1) {
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
  // The engine lays the fonts of a job beside its project.
  const font = { path: join(OWN_FONTS, 'Inter-Regular.ttf'), fileName: 'Inter-Regular.ttf', fullName: 'Inter Regular' };
  const plannedFont = { ...font, index: 0, weight: 400, colored: false, place: 'own' as const };
  await layFonts([{ ...plannedFont, names: ['Inter-Regular'], replaces: [], covers: 'Ada' }], folder, copyFile);
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

function others(found: readonly string[], listed: readonly string[]): string[] {
  return found.filter((file) => !listed.includes(file));
}

describe('the way of a job', () => {
  it('is listed in files that are there', () => {
    const gone = [...WITH_AERENDER, ...WITH_BUNDLED].filter(
      (file) => !existsSync(new URL(`../${file}`, import.meta.url)),
    );
    assert.deepEqual(gone, []);
  });

  it('with a text leads through the files of the list, and no others', async (t) => {
    await using coverage = new Coverage();
    await coverage.start();
    const { engine, folder } = await openStudio(t, { workers: 1 });
    const project = join(folder, 'good.aep');
    await writeFile(project, panelProject('good'));
    const aerender = await wayOf(coverage, engine, await jobOf(engine, project, 'good', 'headline'));
    assert.deepEqual(others(aerender, [...WITH_AERENDER, ...ON_WINDOWS]), [], 'new files on the way');
    assert.ok(aerender.length <= MOST_FILES.aerender + ON_WINDOWS.length, `${aerender.length} files`);
    assert.ok(aerender.includes('lib/render/attempt.ts') && aerender.includes('lib/script/build.ts'));

    const document = join(folder, 'film.json');
    await writeFile(document, JSON.stringify(smallDocument([textLayer('title', 'old', [10, 50], 20)])));
    const engineFiles = await wayOf(coverage, engine, await jobOf(engine, document, 'main', 'title'));
    const rendererFiles = await wayOfRenderer(t, coverage, document);
    const folded = [...engineFiles, ...rendererFiles].map((file) => file.replace(/(lottie\/normalise)\/.*/, '$1'));
    const bundled = [...new Set(folded)].sort();
    assert.deepEqual(others(bundled, [...WITH_AERENDER, ...WITH_BUNDLED, ...ON_WINDOWS]), [], 'new files on the way');
    assert.ok(bundled.length <= MOST_FILES.bundled + ON_WINDOWS.length, `${bundled.length} files`);
    assert.ok(bundled.includes('lib/lottie/renderer/render.ts'));
  });
});
