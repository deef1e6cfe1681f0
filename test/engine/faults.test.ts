import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { BatchInput, JobCreationInput } from '../../lib/plan/request.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';

const invitation = join(SAMPLES, 'invitation.json');
const portrait = join(SAMPLES, 'images/portrait.png');
const text = { type: 'text' as const, layerName: 'name', value: 'Ada' };

function job(assets: unknown[], more: Partial<JobCreationInput> = {}): JobCreationInput {
  return { template: { id: 'x', src: invitation, composition: 'main' }, assets, ...more } as JobCreationInput;
}

function nested(assets: unknown[], composition = 'main') {
  return { type: 'job', layerName: 'lower third', template: { id: 'x', src: invitation, composition }, assets };
}

/** Files that are not what their names say. */
async function strangeFiles(t: TestContext) {
  const { folder, engine } = await openStudio(t, { paused: true });
  const place = (name: string) => join(folder, name);
  await writeFile(place('empty.png'), '');
  await writeFile(place('page.png'), '<html>404 Not Found</html>');
  await copyFile(portrait, place('film.mp4'));
  await copyFile(portrait, place('no-extension'));
  return { engine, place };
}

describe('a batch of faults', () => {
  it('answers each with its code and with words that say what to do', async (t) => {
    const { engine, place } = await strangeFiles(t);
    const faults: [job: JobCreationInput, code: string, words: string][] = [
      [
        job([text], { template: { id: 'x', src: invitation, composition: 'Main' } }),
        'COMPOSITION_NOT_FOUND',
        "template.composition: Composition 'Main' not found in the template; did you mean 'main'? there are 'main'",
      ],
      [
        job([{ ...text, layerName: 'nome' }]),
        'LAYER_NOT_FOUND',
        "assets[0].layerName: Layer 'nome' not found in composition 'main'; did you mean 'name'?",
      ],
      [
        job([text, { ...text, composition: 'end' }]),
        'COMPOSITION_NOT_FOUND',
        "assets[1].composition: Composition 'end' not found in the template; there are 'main'",
      ],
      [
        job([{ ...text, layerName: 'photo' }]),
        'ASSET_LAYER_MISMATCH',
        "assets[0].layerName: layer 'photo' is a footage layer; an asset of type text needs a layer of kind text",
      ],
      [
        job([{ type: 'data', layerName: 'accent', property: 'Effects->Fill->Colour', value: [1, 0, 0] }]),
        'PROPERTY_NOT_FOUND',
        "assets[0].property: Property 'Colour' not found in 'Fill' of layer 'accent'; did you mean 'Color'?",
      ],
      [
        job([{ type: 'image', layerIndex: 99, src: portrait }]),
        'LAYER_NOT_FOUND',
        "assets[0].layerIndex: Layer 99 not found in composition 'main'",
      ],
      [
        job([text], { settings: { type: 'image', frames: 100 } }),
        'FRAMES_OUT_OF_RANGE',
        "settings.frames: frame 100 lies outside of composition 'main', whose frames are 0-99",
      ],
      [
        job([text], { settings: { codec: 'h265' } }),
        'CODEC_UNKNOWN',
        "settings.codec: 'h265' is unknown; did you mean",
      ],
      [
        job([{ type: 'image', layerName: 'photo', src: place('gone.png') }]),
        'ASSET_NOT_FOUND',
        `assets[0].src: the file ${place('gone.png')} is not there`,
      ],
      [
        job([{ type: 'image', layerName: 'photo', src: place('empty.png') }]),
        'ASSET_INVALID',
        `assets[0].src: ${place('empty.png')} is empty`,
      ],
      [
        job([{ type: 'image', layerName: 'photo', src: place('page.png') }]),
        'ASSET_INVALID',
        `assets[0].src: ${place('page.png')} cannot be used: its content is not that of a .png file`,
      ],
      [
        job([{ type: 'video', layerName: 'photo', src: place('film.mp4') }]),
        'ASSET_INVALID',
        `assets[0].src: ${place('film.mp4')} cannot be used: it is of type image/png, and the asset is of type video`,
      ],
      [
        job([{ type: 'image', layerName: 'photo', src: 'data:image/png;base64,aGVsbG8=' }]),
        'ASSET_INVALID',
        'assets[0].src: the data: URI cannot be used: its content is not that of a .png file',
      ],
      [
        job([nested([{ ...text, layerName: 'nome' }])]),
        'LAYER_NOT_FOUND',
        "assets[0].assets[0].layerName: Layer 'nome' not found in composition 'main'; did you mean 'name'?",
      ],
      [
        job([nested([text], 'mian')]),
        'COMPOSITION_NOT_FOUND',
        "assets[0].template.composition: Composition 'mian' not found in the template; did you mean 'main'?",
      ],
    ];
    const answer = await engine.batches.create({ jobs: faults.map(([one]) => one) });
    for (const [index, [, code, words]] of faults.entries()) {
      const error = answer.errors?.find((entry) => entry.index === index);
      assert.equal(error?.errorCode, code, `job ${index}: ${error?.error}`);
      assert.ok((error?.error ?? '').startsWith(words), `job ${index}: ${error?.error}`);
    }
  });

  it('tells all faults of a job together, those of its nested jobs too; the first gives the code', async (t) => {
    const { engine, place } = await strangeFiles(t);
    const faulty = job(
      [
        { ...text, layerName: 'nome' },
        { type: 'image', layerName: 'name', src: place('gone.png') },
        nested([{ ...text, layerName: 'also not there' }]),
      ],
      { settings: { frames: [0, 500] } },
    );
    const { errors, successCount } = await engine.batches.create({ jobs: [faulty, job([text])] });
    assert.equal(successCount, 1);
    assert.equal(errors?.[0]?.errorCode, 'FRAMES_OUT_OF_RANGE');
    const message = errors?.[0]?.error ?? '';
    const told = ['frame 500', "'nome' not found", 'is a text layer', 'gone.png is not there', "'also not there'"];
    let before = -1;
    for (const words of told) {
      const at = message.indexOf(words);
      assert.ok(at > before, `${words} in ${message}`);
      before = at;
    }
  });

  it('takes a picture by its content, not by its name', async (t) => {
    const { engine, place } = await strangeFiles(t);
    const image = (src: string) => job([{ type: 'image', layerName: 'photo', src }]);
    const answer = await engine.batches.create({ jobs: [image(place('no-extension')), image(portrait)] });
    assert.equal(answer.status, 'created');
  });

  it('refuses nothing of a template that could not be read whole, and says so', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const warnings: string[] = [];
    const body: BatchInput = {
      jobs: [
        {
          template: { id: 'x', src: project, composition: 'perhaps' },
          assets: [{ ...text, layerName: 'perhaps' }],
        },
      ],
    };
    const { status, jobs } = await engine.batches.create(body, { onWarning: ({ message }) => warnings.push(message) });
    assert.equal(status, 'created');
    assert.match(warnings[0] ?? '', /could not be read whole, so the job was not checked against it.* at byte \d+/);
    assert.deepEqual(await engine.jobs.warnings(jobs[0]?.id ?? ''), warnings);
  });
});
