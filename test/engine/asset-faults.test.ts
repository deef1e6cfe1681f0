import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { panelProject } from '../support/panel-project.ts';

const invitation = join(SAMPLES, 'invitation.json');

function job(src: string, assets: unknown[], more: Partial<JobCreationInput> = {}): JobCreationInput {
  return { template: { id: 'x', src, composition: 'main' }, assets, ...more } as JobCreationInput;
}

const call = (name: string, params: object, more: object = {}) => ({ type: 'function', name, params, ...more });

describe('functions, fields and scripts of a job', () => {
  it('are refused at once where they cannot be carried out, in words that say why', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true, allowScripts: true });
    const panel = join(folder, 'panel.aep');
    await writeFile(panel, panelProject());
    const lottie = (assets: unknown[], more?: Partial<JobCreationInput>) => job(invitation, assets, more);
    const faults: [job: JobCreationInput, code: string, words: string][] = [
      [
        lottie([call('nx:layer-state-sett', { state: 'hidden' }, { layerName: 'name' })]),
        'VALIDATION_ERROR',
        "assets[0].name: 'nx:layer-state-sett' is not a function; did you mean 'nx:layer-state-set'?",
      ],
      [
        lottie([call('nx:gen-ai', { prompt: 'a cat' }, { layerName: 'photo' })]),
        'ASSET_TYPE_UNSUPPORTED',
        'assets[0].name: nx:gen-ai needs the network',
      ],
      [
        lottie([call('nx:layer-remove', {}, { layerName: 'nome' })]),
        'LAYER_NOT_FOUND',
        "assets[0].layerName: Layer 'nome' not found in composition 'main'; did you mean 'name'?",
      ],
      [
        lottie([call('nx-layer-state-set', { state: false, layerName: ['name', 'date', 'dat'] })]),
        'LAYER_NOT_FOUND',
        "assets[0].layerName: Layer 'dat' not found in composition 'main'; did you mean 'date'?",
      ],
      [
        lottie([call('nx:text-params-set', { fontSize: 5, layerName: 'photo' })]),
        'ASSET_LAYER_MISMATCH',
        "assets[0].layerName: layer 'photo' is a footage layer; the function nx:text-params-set needs a layer of kind text",
      ],
      [
        lottie([call('nx:solid-color-set', { color: [1, 0, 0] }, { layerName: 'name' })]),
        'ASSET_LAYER_MISMATCH',
        "assets[0].layerName: layer 'name' is a text layer; the function nx:solid-color-set needs a layer of kind solid",
      ],
      [
        lottie([call('nx:comp-duration-set', { value: 2, composition: 'end' })]),
        'COMPOSITION_NOT_FOUND',
        "assets[0].composition: Composition 'end' not found in the template; there are 'main'",
      ],
      [
        lottie([call('nx:comp-duration-set', { value: 2 })], { settings: { frames: [0, 99] } }),
        'FRAMES_OUT_OF_RANGE',
        "settings.frames: frame 99 lies outside of composition 'main', whose frames are 0-49",
      ],
      [
        lottie([{ type: 'essential', layerName: 'Title', value: 'x' }]),
        'ASSET_TYPE_UNSUPPORTED',
        'assets[0].layerName: a Lottie document has no Essential Graphics panel',
      ],
      [
        job(panel, [{ type: 'essential', layerName: 'Words.Titel', value: 'x' }]),
        'LAYER_NOT_FOUND',
        "assets[0].layerName: field 'Words.Titel' not found in the Essential Graphics panel of composition 'main'; did you mean 'Words.Title'?",
      ],
      [
        job(panel, [{ type: 'essential', layerName: 'Style', value: 'italic' }]),
        'VALIDATION_ERROR',
        "assets[0].value: field 'Style' is a dropdown and takes one of 'plain', 'bold', or its number from 1",
      ],
      [
        lottie([{ type: 'script', src: join(folder, 'gone.jsx') }]),
        'ASSET_NOT_FOUND',
        `assets[0].src: the file ${join(folder, 'gone.jsx')} is not there`,
      ],
    ];
    const answer = await engine.batches.create({ jobs: faults.map(([one]) => one) });
    for (const [index, [, code, words]] of faults.entries()) {
      const error = answer.errors?.find((entry) => entry.index === index);
      assert.equal(error?.errorCode, code, `job ${index}: ${error?.error}`);
      assert.ok((error?.error ?? '').startsWith(words), `job ${index}: ${error?.error}`);
    }
  });

  it('are accepted where they fit; a longer composition has more frames to choose from', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const panel = join(folder, 'panel.aep');
    await writeFile(panel, panelProject());
    const jobs = [
      job(invitation, [call('nx:comp-duration-set', { value: 8 })], { settings: { frames: [0, 199] } }),
      job(invitation, [
        call('nx-layer-autoscale', { maxFontSize: 48 }, { layerName: ['name', 'event'] }),
        call('nx:layer-autoscale', { layerName: 'photo', composition: 'main', type: 'fill' }),
        call('nx:solid-color-set', { color: [0, 0, 1] }, { layerName: 'accent' }),
      ]),
      job(panel, [
        { type: 'essential', layerName: 'Words.Title', value: 'x' },
        { type: 'essential', layerName: 'Colour', value: [1, 0, 0] },
      ]),
    ];
    const answer = await engine.batches.create({ jobs });
    assert.deepEqual(answer.errors, undefined);
  });

  it('run scripts only in an engine that allows them', async (t) => {
    const { engine, folder, open } = await openStudio(t, { paused: true });
    const script = join(folder, 'own.jsx');
    await writeFile(script, 'app.project;');
    const jobs = [job(invitation, [{ type: 'script', src: script }])];
    const refused = await engine.batches.create({ jobs });
    assert.equal(refused.errors?.[0]?.errorCode, 'SCRIPTS_NOT_ALLOWED');
    assert.match(refused.errors?.[0]?.error ?? '', /^assets\[0\]\.type: .* Open the engine with allowScripts: true/);
    const nested = { type: 'job', layerName: 'lower third', ...jobs[0] };
    const inNested = await engine.batches.create({ jobs: [job(invitation, [nested])] });
    assert.match(inNested.errors?.[0]?.error ?? '', /^assets\[0\]\.assets\[0\]\.type: scripts/);
    await engine.close();
    const allowing = await open({ allowScripts: true });
    assert.equal((await allowing.batches.create({ jobs })).status, 'created');
    await allowing.close();
    // Opened anew without the option, the engine does not run what it took before.
    const again = await open({ paused: false });
    const { jobs: left } = await again.batches.wait((await allowedBatch(again)) ?? '');
    assert.match(left[0]?.stats?.error ?? '', /without allowScripts/);
  });

  it('are warned of params that do nothing, and of fonts that are not there', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const warnings: string[] = [];
    const answer = await engine.batches.create(
      {
        jobs: [
          job(invitation, [call('nx:text-params-set', { fontsize: 5, font: 'Soleil-Bold' }, { layerName: 'name' })]),
        ],
      },
      { onWarning: ({ message }) => warnings.push(message) },
    );
    assert.match(warnings[0] ?? '', /^assets\[0\]\.params: nx:text-params-set knows no 'fontsize'.* mean 'fontSize'\?/);
    assert.deepEqual(answer.jobs[0]?.missingFonts, ['Soleil (Bold)']);
  });

  it('become, for a field, the property behind it, when the job is rendered', async (t) => {
    const { engine, folder } = await openStudio(t, { keepWorkDirs: 'always' });
    const panel = join(folder, 'panel.aep');
    await writeFile(panel, panelProject('good'));
    const assets = [{ type: 'essential' as const, layerName: 'Words->Title', value: 'new words' }];
    const { batchId } = await engine.batches.create({
      jobs: [
        { template: { id: 'x', src: panel, composition: 'good' }, assets, settings: { type: 'image', frames: 0 } },
      ],
    });
    const batch = await engine.batches.wait(batchId);
    assert.equal(batch.status, 'finished', JSON.stringify(batch));
    const [attempt = ''] = await readdir(join(folder, 'renders', '.aerender-batch'));
    const script = await readFile(join(folder, 'renders', '.aerender-batch', attempt, 'job.jsx'), 'utf8');
    assert.match(
      script,
      /"field":"Words-\\u003eTitle","target":\{"compId":5,"layerId":11,"path":\[.*"ADBE Text Document".*"value":"new words"/,
    );
  });
});

async function allowedBatch(engine: { batches: { list(): Promise<{ batchId: string }[]> } }) {
  const [batch] = await engine.batches.list();
  return batch?.batchId;
}
