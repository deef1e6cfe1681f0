import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { DEFAULT_IMAGE_CODEC } from '../../lib/contract/formats.ts';
import { BatchEngine, type EngineOptions, type JobCreationInput } from '../../lib/index.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { encodeImage } from '../../lib/media/encode-image.ts';
import { CARD, CARD_LAYER, cardProject, PLACES } from '../support/card-project.ts';
import { DrawnFrame } from '../support/drawn-frame.ts';
import { parts } from '../support/layer-writer.ts';
import { fieldId } from '../support/panel-writer.ts';
import { composition, group, header, sequence } from '../support/project-writer.ts';
import { list, writeRifx } from '../support/rifx-writer.ts';
import { DISSOLVING, SIZE, squareProject } from '../support/square-project.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeZip } from '../support/zip-writer.ts';

const BLACK = '#000000';
const BLUE = '#0000ff';
const GREEN = '#00ff00';

/** An engine that renders projects without After Effects, and a project. */
async function open(t: TestContext, options: Partial<EngineOptions> = {}, bytes = squareProject()) {
  const folder = await temporaryFolder(t);
  const src = join(folder, 'template.aep');
  await writeFile(src, bytes);
  const files = { database: join(folder, 'renders.db'), outputDir: join(folder, 'renders') };
  const engine = await BatchEngine.open({ ...files, workers: 1, renderer: 'bundled', ...options });
  t.after(() => engine.close({ running: 'kill' }));
  const job = (more: Partial<JobCreationInput> = {}): JobCreationInput => ({
    template: { id: 'template', src, composition: 'main' },
    settings: { type: 'image', frames: 10 },
    ...more,
  });
  return { engine, job };
}

async function frameOf(engine: BatchEngine, id: string, { width, height } = SIZE): Promise<DrawnFrame> {
  await using decoder = new VideoDecoder(await engine.jobs.output(id));
  const picture = await decoder.frameAt(0);
  assert.ok(picture);
  return new DrawnFrame(picture.pixels, width, height);
}

const PAPER = '#f7f2e5';

/** An engine, and the card in a file of this name, with its picture and a red one beside it. */
async function openCard(t: TestContext, name = 'card.aep', bytes = cardProject()) {
  const folder = await temporaryFolder(t);
  const src = join(folder, name);
  await mkdir(join(folder, 'images'));
  await writeFile(src, bytes);
  await writeFile(join(folder, 'red.png'), await pictureOf(RED));
  await writeFile(join(folder, 'images/portrait.png'), await pictureOf([0, 160, 160, 255]));
  const files = { database: join(folder, 'renders.db'), outputDir: join(folder, 'renders') };
  const engine = await BatchEngine.open({ ...files, workers: 1, renderer: 'bundled' });
  t.after(() => engine.close({ running: 'kill' }));
  // After its bar has slid in.
  const settings = { type: 'image', frames: 60 } as const;
  const template = { id: 'card', src, composition: 'card' };
  const job = (assets: object[]) => ({ template, settings, assets }) as JobCreationInput;
  return { engine, job };
}

const RED = [255, 0, 0, 255];

async function pictureOf(color: readonly number[], side = 440): Promise<Uint8Array> {
  const pixels = Buffer.from(Array.from({ length: side * side }, () => color).flat());
  return await encodeImage(DEFAULT_IMAGE_CODEC, { width: side, height: side }, pixels);
}

/** The card as a .mogrt. */
function cardTemplate(): Uint8Array {
  const names = ['Name', 'Role', 'Accent'];
  const texts = (text: string) => ({ strDB: [{ localeString: 'en_US', str: text }] });
  const types = [6, 6, 4];
  const clientControls = names.map((name, at) => ({ id: fieldId(at + 1), type: types[at], uiName: texts(name) }));
  const inner = writeZip([
    { name: 'card.aep', data: cardProject() },
    {
      name: '(Footage)/portrait.png',
      data: readFileSync(new URL('../../samples/templates/images/portrait.png', import.meta.url)),
    },
  ]);
  return writeZip([
    { name: 'definition.json', data: Buffer.from(JSON.stringify({ clientControls })) },
    { name: 'project.aegraphic', data: inner },
  ]);
}

/** What is seen of a card. */
function look(frame: DrawnFrame) {
  const [paper, bar, portrait] = [PLACES.paper, PLACES.bar, PLACES.portrait].map(([x, y]) => frame.at(x, y));
  const columns = Array.from({ length: CARD.width - 224 }, (_, at) => at + 224).filter((x) =>
    Array.from({ length: 48 }, (_, at) => at + 124).some((y) => frame.at(x, y) !== paper),
  );
  return { colors: { paper, bar, portrait }, nameWidth: (columns.at(-1) ?? 0) - (columns[0] ?? 0) };
}

describe('a batch of After Effects projects without After Effects', () => {
  it('is rendered with its assets carried out, nested jobs included', async (t) => {
    const { engine, job } = await open(t);
    const green = { type: 'function', name: 'nx:solid-color-set', layerName: 'square', composition: 'inner' } as const;
    const placed = {
      type: 'data',
      layerName: 'square',
      composition: 'inner',
      property: 'Transform->Position',
    } as const;
    const nested = job({ assets: [{ ...green, params: { color: [0, 1, 0] } }] } as never);
    const { batchId, errors } = await engine.batches.create({
      jobs: [
        job({ assets: [{ ...placed, value: [40, 10] }] } as never),
        job({ assets: [{ type: 'job', layerName: 'inner', ...nested }] } as never),
      ],
    });
    assert.equal(errors, undefined);
    const { jobs, status } = await engine.batches.wait(batchId);
    assert.equal(status, 'finished');
    const frames = await Promise.all(jobs.map(({ id }) => frameOf(engine, id)));
    assert.deepEqual(
      frames.map((frame) => [frame.at(5, 5), frame.at(40, 5)]),
      [
        [BLACK, BLUE],
        [GREEN, BLACK],
      ],
    );
  });

  it('has texts in nested compositions, pictures and colours replaced, by assets, functions and fields of a panel', async (t) => {
    const { engine, job } = await openCard(t);
    const green = [0, 1, 0];
    const fill = 'Contents->Group->Contents->Fill->Color';
    const { batchId, errors } = await engine.batches.create({
      jobs: [
        job([]),
        job([
          { type: 'text', layerName: 'name', composition: 'words', value: 'Al' },
          { type: 'image', layerName: 'portrait', src: 'red.png' },
          { type: 'data', layerName: 'bar', property: fill, value: green },
        ]),
        job([
          {
            type: 'function',
            name: 'nx:text-params-set',
            layerName: 'name',
            composition: 'words',
            params: { fontSize: 20 },
          },
          { type: 'function', name: 'nx:layer-remove', layerName: 'portrait' },
          { type: 'function', name: 'nx:solid-color-set', layerName: 'paper', params: { color: [0, 0, 1] } },
        ]),
        job([
          { type: 'essential', layerName: 'Name', value: 'Al' },
          { type: 'essential', layerName: 'Accent', value: '#00ff00' },
        ]),
      ],
    });
    assert.equal(errors, undefined);
    const { jobs } = await engine.batches.wait(batchId);
    const frames = await Promise.all(jobs.map(({ id }) => frameOf(engine, id, CARD)));
    const [plain, replaced, functions, fields] = frames.map(look);
    assert.ok(plain && replaced && functions && fields);
    assert.deepEqual(plain.colors, { paper: PAPER, bar: '#d94d33', portrait: plain.colors.portrait });
    assert.ok(plain.nameWidth > 300, `${plain.nameWidth}`);
    assert.deepEqual(replaced.colors, { paper: PAPER, bar: GREEN, portrait: '#ff0000' });
    assert.ok(replaced.nameWidth > 30 && replaced.nameWidth < 60, `${replaced.nameWidth}`);
    assert.deepEqual(functions.colors, { paper: BLUE, bar: '#d94d33', portrait: BLUE });
    assert.deepEqual(fields, { ...replaced, colors: { ...replaced.colors, portrait: plain.colors.portrait } });
  });

  it('takes a .mogrt by the fields of its panel', async (t) => {
    const { engine, job } = await openCard(t, 'card.mogrt', cardTemplate());
    const { batchId, errors } = await engine.batches.create({
      jobs: [
        job([
          { type: 'essential', layerName: 'Name', value: 'Al' },
          { type: 'essential', layerName: 'Accent', value: [0, 1, 0] },
        ]),
      ],
    });
    assert.equal(errors, undefined);
    const { jobs } = await engine.batches.wait(batchId);
    const { colors, nameWidth } = look(await frameOf(engine, jobs[0]?.id ?? '', CARD));
    assert.deepEqual([colors.paper, colors.bar], [PAPER, GREEN]);
    assert.ok(nameWidth > 30 && nameWidth < 60, `${nameWidth}`);
  });

  it('shows the output of a nested job in its own place', async (t) => {
    const { engine, job } = await openCard(t);
    const nested = { ...job([{ type: 'function', name: 'nx:layer-remove', layerName: 'portrait' }]), type: 'job' };
    const { batchId, errors } = await engine.batches.create({
      jobs: [job([{ ...nested, layerName: 'portrait', settings: { type: 'image', frames: 60 } }])],
    });
    assert.equal(errors, undefined);
    const { jobs, status } = await engine.batches.wait(batchId);
    assert.equal(status, 'finished');
    const frame = await frameOf(engine, jobs[0]?.id ?? '', CARD);
    const [x, y] = PLACES.portrait;
    // Above the words the paper of the nested card is seen, and its bar below them.
    assert.deepEqual([frame.at(x, y - 30), frame.at(x, y + 35)], [PAPER, '#d94d33']);
  });

  it('shows a sequence of pictures that lies elsewhere on the machine', async (t) => {
    const shots = await temporaryFolder(t);
    const colors = [RED, [0, 255, 0, 255], [0, 0, 255, 255]];
    const names = colors.map((_, at) => `f_${at + 1}.png`);
    for (const [at, color] of colors.entries())
      await writeFile(join(shots, names[at] ?? ''), await pictureOf(color, 10));
    const sized = { ...SIZE, id: 3, name: 'main' };
    const layer = { ...CARD_LAYER, sourceId: 8, properties: parts({ 'ADBE Transform Group': group([]) }) };
    const items = [
      sequence(8, shots, names, { frameRate: 5, duration: 600 }),
      composition({ ...sized, layers: [layer] }),
    ];
    const { engine, job } = await open(t, {}, writeRifx([...header(), list('Fold', items)]));
    const { batchId, errors } = await engine.batches.create({
      jobs: [job({ settings: { type: 'image', frames: 7 } })],
    });
    assert.equal(errors, undefined);
    const { jobs } = await engine.batches.wait(batchId);
    assert.equal((await frameOf(engine, jobs[0]?.id ?? '')).at(SIZE.width / 2, SIZE.height / 2), GREEN);
  });

  it('refuses what would be visibly wrong, and names it', async (t) => {
    const { engine, job } = await open(t, { paused: true }, squareProject(DISSOLVING));
    const { errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors?.[0]?.errorCode, 'FEATURE_UNSUPPORTED');
    assert.match(
      errors[0].error,
      /In composition 'main', layer 'dust' will look different: its blend mode DISSOLVE is normal\./,
    );
  });

  it('accepts it with a warning if that is allowed', async (t) => {
    const allowed = { paused: true, bundled: { allowUnsupported: true } };
    const { engine, job } = await open(t, allowed, squareProject(DISSOLVING));
    const { jobs, errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors, undefined);
    const [warning] = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.match(String(warning), /layer 'dust'/);
  });

  it('lets a dry run pass with a warning if a machine with After Effects could render the job', async (t) => {
    const { engine, job } = await open(t, { paused: true, renderer: 'auto' }, squareProject(DISSOLVING));
    const check = async (checked: JobCreationInput) => {
      const warnings: string[] = [];
      const onWarning = ({ message }: { message: string }) => void warnings.push(message);
      const { errors } = await engine.batches.create({ jobs: [checked] }, { dryRun: true, onWarning });
      return { error: errors?.[0]?.errorCode, warnings: warnings.join() };
    };
    const passed = await check(job());
    assert.equal(passed.error, undefined);
    assert.match(passed.warnings, /^This machine has no After Effects, and could not render the job.*layer 'dust'/s);
    assert.equal((await engine.batches.create({ jobs: [job()] })).errors?.[0]?.errorCode, 'FEATURE_UNSUPPORTED');
    const misspelt = job({ assets: [{ type: 'text', layerName: 'dusk', value: 'x' }] });
    assert.equal((await check(misspelt)).error, 'LAYER_NOT_FOUND');
  });

  it('lets a dry run pass with a warning where only After Effects is to render, and there is none', async (t) => {
    const { engine, job } = await open(t, { paused: true, renderer: 'after-effects' });
    const warnings: string[] = [];
    const onWarning = ({ message }: { message: string }) => void warnings.push(message);
    const { errors } = await engine.batches.create({ jobs: [job()] }, { dryRun: true, onWarning });
    assert.equal(errors, undefined);
    assert.match(warnings.join(), /^This machine has no After Effects.*aerender of ae2026 was not found/);
  });

  it('does not refuse what nobody sees', async (t) => {
    const { engine, job } = await open(t, { paused: true }, squareProject({ ...DISSOLVING, switches: 0 }));
    const { errors } = await engine.batches.create({ jobs: [job()] });
    assert.equal(errors, undefined);
  });
});
