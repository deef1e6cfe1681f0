import assert from 'node:assert/strict';
import { copyFile, mkdir, open, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { EngineOptions } from '../../lib/config.ts';
import { FontCatalog } from '../../lib/fonts/catalog.ts';
import { fontBytes, OWN_FONTS } from '../../lib/fonts/font-bytes.ts';
import { InspectionThread } from '../../lib/inspection/thread.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { openStore } from '../support/records.ts';
import { sharedFile, skipWithout } from '../support/shared-folder.ts';

const PLAYFAIR = join(SAMPLES, 'fonts/PlayfairDisplay-Bold.ttf');
const INTER = fileURLToPath(new URL('../../assets/fonts/Inter-Bold.ttf', import.meta.url));

/** A document whose only text asks for a font that no machine has, or for one that it is given. */
async function template(
  t: TestContext,
  font: { name: string; family: string; style: string },
  options?: Partial<EngineOptions>,
) {
  const studio = await openStudio(t, { paused: true, ...options });
  const src = join(studio.folder, 'card.json');
  const { name, family, style } = font;
  const text = (nm: string) => ({
    ...{ ty: 5, nm, ip: 0, op: 5, st: 0, ks: { p: { a: 0, k: [10, 50] } } },
    t: {
      d: { k: [{ t: 0, s: { t: 'Ada', f: name, s: 30, fc: [1, 1, 1], j: 0, lh: 36 } }] },
      p: {},
      m: { g: 1, a: { a: 0, k: [0, 0] } },
      a: [],
    },
  });
  await writeFile(
    src,
    JSON.stringify({
      ...{ v: '5.12.0', fr: 25, ip: 0, op: 5, w: 200, h: 80, nm: 'main' },
      fonts: { list: [{ fName: name, fFamily: family, fStyle: style }] },
      assets: [
        { id: 'plain', nm: 'without text', w: 200, h: 80, layers: [{ ty: 3, nm: 'null', ip: 0, op: 5, st: 0 }] },
        { id: 'inner', nm: 'inner', w: 200, h: 80, layers: [text('inside')] },
        {
          id: 'outer',
          nm: 'outer',
          w: 200,
          h: 80,
          layers: [{ ty: 0, nm: 'shows', refId: 'inner', ip: 0, op: 5, st: 0, w: 200, h: 80 }],
        },
      ],
      layers: [text('title'), { ty: 1, nm: 'place', sw: 10, sh: 10, sc: '#000000', ip: 0, op: 5, st: 0, ks: {} }],
    }),
  );
  const job = (composition = 'main') => ({
    template: { id: 'x', src, composition },
    settings: { type: 'image' as const, frames: 0 },
  });
  return { ...studio, src, job };
}

const SOLEIL = { name: 'Soleil-Regular', family: 'Soleil', style: 'Regular' };
const PLAYFAIR_BOLD = { name: 'PlayfairDisplay-Bold', family: 'Playfair Display', style: 'Bold' };

describe("the engine's font library", () => {
  it('adds, lists, gets and removes fonts in the shape of the API', { skip: skipWithout('contract') }, async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const added = await engine.fonts.add({ src: PLAYFAIR });
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(JSON.parse(await readFile(sharedFile('contract/answers.schema.json'), 'utf8')), 'answers');
    assert.ok(ajv.validate({ $ref: 'answers#/$defs/font' }, added), ajv.errorsText());
    assert.deepEqual([added.familyName, added.fileName], ['Playfair Display', 'PlayfairDisplay-Bold.ttf']);
    assert.deepEqual(await engine.fonts.get(added.id), added);
    const named = await engine.fonts.add({ src: INTER, familyName: 'House font' });
    assert.equal(named.familyName, 'House font');
    assert.deepEqual(await engine.fonts.list(), [added, named]);
    const kept = join(folder, 'renders.db-fonts', added.id, added.fileName);
    assert.deepEqual(await readFile(kept), await readFile(PLAYFAIR));
    await engine.fonts.remove(added.id);
    assert.deepEqual(await engine.fonts.list(), [named]);
    await assert.rejects(readFile(kept), { code: 'ENOENT' });
    await assert.rejects(engine.fonts.get(added.id), { code: 'FONT_NOT_FOUND' });
    await assert.rejects(engine.fonts.remove('no'), { code: 'VALIDATION_ERROR' });
  });

  it('holds a font once, however often the same file is added', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const first = await engine.fonts.add({ src: PLAYFAIR });
    assert.deepEqual(await engine.fonts.add({ src: PLAYFAIR }), first);
    assert.equal((await engine.fonts.list()).length, 1);
  });

  it('refuses what is no font, with words that say why, and keeps nothing of it', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const place = (name: string) => join(folder, name);
    await writeFile(place('empty.ttf'), '');
    await writeFile(place('text.ttf'), 'hello, this is not a font');
    await writeFile(place('web.woff2'), 'wOF2 and so on');
    await writeFile(place('cut.ttf'), (await readFile(PLAYFAIR)).subarray(0, 200));
    await using large = await open(place('large.ttf'), 'w');
    await large.truncate(40 * 2 ** 20 + 1);
    const refused: [src: string, words: RegExp][] = [
      [place('empty.ttf'), /neither a TrueType nor an OpenType font/],
      [place('text.ttf'), /neither a TrueType nor an OpenType font/],
      [place('web.woff2'), /web font \(WOFF\); take the \.ttf or \.otf/],
      [place('cut.ttf'), /cannot be used: /],
      [place('large.ttf'), /41 MiB, and a font may have 40 MiB/],
      [place('none.ttf'), /it is not there/],
      [folder, /a folder, not a file/],
    ];
    for (const [src, words] of refused) {
      await assert.rejects(engine.fonts.add({ src }), { code: 'FONT_INVALID', message: words }, src);
    }
    await assert.rejects(engine.fonts.add({ src: 'https://x.test/a.ttf' }), { code: 'VALIDATION_ERROR' });
    await assert.rejects(engine.fonts.add({} as never), { code: 'VALIDATION_ERROR', message: 'src: is required' });
    assert.deepEqual(await engine.fonts.list(), []);
  });

  it('gives no font away that jobs still need', async (t) => {
    const { engine, job } = await template(t, PLAYFAIR_BOLD);
    const { id } = await engine.fonts.add({ src: PLAYFAIR });
    const other = await engine.fonts.add({ src: INTER });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job(), job(), job()] });
    const [first, second, third] = jobs.map((one) => one.id);
    await assert.rejects(engine.fonts.remove(id), {
      code: 'IN_USE',
      message: `Font ${id} (PlayfairDisplay-Bold.ttf) is needed by jobs that have not ended: ${first}, ${second}, ${third}. Wait for them, or cancel them.`,
    });
    await engine.jobs.cancel([first ?? '', third ?? '']);
    await assert.rejects(engine.fonts.remove(id), { message: new RegExp(`ended: ${second}\\. Wait`) });
    await engine.fonts.remove(other.id);
    await engine.batches.cancel(batchId);
    await engine.fonts.remove(id);
  });

  it('keeps a font that draws single characters of a job that has not ended', async (t) => {
    const { engine, job, folder } = await template(t, { name: 'Inter-Bold', family: 'Inter', style: 'Bold' });
    const hebrew = join(folder, 'House-Hebrew.ttf');
    await writeFile(hebrew, fontBytes(join(OWN_FONTS, 'NotoSansHebrew-Regular.ttf.br')));
    const { id } = await engine.fonts.add({ src: hebrew });
    const assets = [{ type: 'text' as const, layerName: 'title', value: 'שלום' }];
    const { jobs, batchId } = await engine.batches.create({ jobs: [{ ...job(), assets }] });
    assert.deepEqual(await engine.jobs.warnings(jobs[0]?.id ?? ''), [
      '“שלום” are not in Inter Bold; Noto Sans Hebrew draws them.',
    ]);
    await assert.rejects(engine.fonts.remove(id), { code: 'IN_USE', message: new RegExp(jobs[0]?.id ?? 'no id') });
    await engine.batches.cancel(batchId);
    await engine.fonts.remove(id);
  });

  it('lasts until the next engine on the same file', async (t) => {
    const { engine, open: reopen } = await openStudio(t, { paused: true });
    const added = await engine.fonts.add({ src: PLAYFAIR });
    await engine.close();
    assert.deepEqual(await (await reopen()).fonts.list(), [added]);
  });
});

describe('missing fonts', () => {
  it('are told of a job and of its nested jobs, and only of the compositions that they render', async (t) => {
    const { engine, job, src } = await template(t, SOLEIL);
    const child = { type: 'job' as const, layerName: 'place', template: { id: 'x', src, composition: 'outer' } };
    const { jobs } = await engine.batches.create({
      jobs: [
        job(),
        job('without text'),
        job('outer'),
        { ...job('without text'), assets: [] },
        { ...job(), assets: [child] },
      ],
    });
    assert.deepEqual(
      jobs.map(({ missingFonts }) => missingFonts),
      [['Soleil (Regular)'], undefined, ['Soleil (Regular)'], undefined, ['Soleil (Regular)']],
    );
    assert.deepEqual(jobs[4]?.children?.[0]?.missingFonts, ['Soleil (Regular)']);
    assert.deepEqual(await engine.jobs.warnings(jobs[0]?.id ?? ''), [
      'The font Soleil (Regular) is missing; Inter Regular takes its place. Add it with fonts.add, or put its file into the folder fonts beside the template.',
    ]);
  });

  it('are those that the job names as well, by their file names', async (t) => {
    const { engine, job } = await template(t, SOLEIL);
    await engine.fonts.add({ src: PLAYFAIR });
    const fonts = ['PlayfairDisplay-Bold.ttf', 'House-Black.otf'];
    const { jobs } = await engine.batches.create({ jobs: [{ ...job('without text'), fonts }] });
    assert.deepEqual(jobs[0]?.missingFonts, ['House-Black.otf']);
  });

  it('are not those of the library, the option fonts, the folder beside the template, or the package', async (t) => {
    const { engine, job, src, open: reopen } = await template(t, PLAYFAIR_BOLD);
    const missing = async (on = engine) => (await on.batches.create({ jobs: [job()] })).jobs[0]?.missingFonts;
    assert.deepEqual(await missing(), ['Playfair Display (Bold)']);
    assert.equal(await missing(await reopen({ database: ':memory:', fonts: [join(SAMPLES, 'fonts')] })), undefined);
    const beside = join(dirname(src), 'fonts');
    await mkdir(beside);
    await copyFile(PLAYFAIR, join(beside, 'any-name.ttf'));
    assert.equal(await missing(), undefined);
    await rm(beside, { recursive: true });
    assert.deepEqual(await missing(), ['Playfair Display (Bold)']);
    await engine.fonts.add({ src: PLAYFAIR });
    assert.equal(await missing(), undefined);
    const inter = await template(t, { name: 'Inter-Bold', family: 'Inter', style: 'Bold' });
    assert.equal((await inter.engine.batches.create({ jobs: [inter.job()] })).jobs[0]?.missingFonts, undefined);
  });

  it('are rendered with once they are in the library, also when they are added after the job', async (t) => {
    const { engine, job } = await template(t, PLAYFAIR_BOLD);
    const { batchId, jobs } = await engine.batches.create({ jobs: [job()] });
    assert.deepEqual(jobs[0]?.missingFonts, ['Playfair Display (Bold)']);
    await engine.fonts.add({ src: PLAYFAIR });
    await engine.resume();
    await engine.batches.wait(batchId);
    const log = await engine.jobs.logs(jobs[0]?.id ?? '');
    assert.match(log, /Finished composition/);
    assert.doesNotMatch(log, /Font family/);
  });
});

describe('the fonts that create has found', () => {
  it('are those of the render, whatever the case of their names', async (t) => {
    const { engine, job } = await template(t, {
      name: 'PLAYFAIRDISPLAY-bold',
      family: 'PLAYFAIR display',
      style: 'bold',
    });
    await engine.fonts.add({ src: PLAYFAIR });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job()] });
    assert.equal(jobs[0]?.missingFonts, undefined);
    await engine.resume();
    await engine.batches.wait(batchId);
    const log = await engine.jobs.logs(jobs[0]?.id ?? '');
    assert.match(log, /Finished composition/);
    assert.doesNotMatch(log, /Font family/);
  });

  it('are not asked for if the document brings their glyphs', async (t) => {
    const { engine, job, src } = await template(t, SOLEIL);
    const document = JSON.parse(await readFile(src, 'utf8'));
    const glyph = (ch: string) => ({ ch, fFamily: 'Soleil', style: 'Regular', size: 30, w: 50, data: {} });
    await writeFile(src, JSON.stringify({ ...document, chars: [...'Ad'].map(glyph) }));
    const { jobs } = await engine.batches.create({ jobs: [job()] });
    assert.equal(jobs[0]?.missingFonts, undefined);
    const warnings = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.match(warnings.join(), /^“a” is not in Soleil Regular; [\w ]+ draws it\.$/);
  });
});

describe('characters that the font of a text lacks', () => {
  const INTER_FONT = { name: 'Inter-Regular', family: 'Inter', style: 'Regular' };

  it('are warned of when the job is created, with what draws them, and are drawn with it', async (t) => {
    const { engine, job } = await template(t, INTER_FONT);
    const assets = [{ type: 'text' as const, layerName: 'title', value: 'Ada שלום' }];
    const { batchId, jobs } = await engine.batches.create({ jobs: [{ ...job(), assets }] });
    const [warning, ...more] = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.match(warning ?? '', /^“שלום” are not in Inter Regular; [\w ]+ draws them\.$/);
    assert.deepEqual(more, []);
    await engine.resume();
    await engine.batches.wait(batchId);
    assert.equal((await engine.jobs.get(jobs[0]?.id ?? '')).status, 'finished');
    assert.doesNotMatch(await engine.jobs.logs(jobs[0]?.id ?? ''), /boxes|is not in/);
  });

  it('are looked for in the texts of the template too, and in what a function may write', async (t) => {
    const { engine, job, src } = await template(t, INTER_FONT);
    await writeFile(src, (await readFile(src, 'utf8')).replaceAll('"Ada"', '"Ada ก"'));
    const params = { textValue: 'ข' };
    const name = 'nx:text-params-set' as const;
    const assets = [{ type: 'function' as const, name, layerName: 'title', params }];
    const { jobs } = await engine.batches.create({ jobs: [{ ...job(), assets }] });
    const warnings = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.match(warnings.join('\n'), /“กข” are not in Inter Regular/);
  });

  it('are boxes if no font has them, and create says so', async (t) => {
    const { engine, job } = await template(t, INTER_FONT);
    const assets = [{ type: 'text' as const, layerName: 'title', value: 'Ada \u{11bc0} \u{f8fe}' }];
    const { jobs } = await engine.batches.create({ jobs: [{ ...job(), assets }] });
    const warnings = await engine.jobs.warnings(jobs[0]?.id ?? '');
    assert.equal(warnings.length, 2);
    for (const warning of warnings) assert.match(warning, /nor in any other font: boxes take (its|their) place/);
  });
});

describe('the fonts of a machine', () => {
  it('are read once, and again when their size or time has changed', async (t) => {
    const { folder, engine } = await openStudio(t, { paused: true });
    await engine.close();
    const fonts = join(folder, 'fonts/below');
    await mkdir(fonts, { recursive: true });
    const file = join(fonts, 'a.ttf');
    await copyFile(PLAYFAIR, file);
    await writeFile(join(fonts, 'broken.otf'), 'no font');
    const { store, reopen } = await openStore(t);
    const thread = new InspectionThread();
    t.after(() => thread.close());
    const names = async (on = store) =>
      (
        await new FontCatalog({ library: folder, folders: [] }, on, thread).inFolders([join(folder, 'fonts')])
      ).fonts.map(({ postScriptName }) => postScriptName);
    assert.deepEqual(await names(), ['PlayfairDisplay-Bold']);
    assert.equal(store.fontFiles.list().length, 2);
    const time = new Date(Date.UTC(2026, 0, 1));
    await utimes(file, time, time);
    await names();
    const [{ size } = { size: 0 }] = store.fontFiles.list();
    // Another content of the same size and time: what was read before is what counts, also after a restart.
    await writeFile(file, Buffer.alloc(size));
    await utimes(file, time, time);
    assert.deepEqual(await names(reopen()), ['PlayfairDisplay-Bold']);
    await copyFile(INTER, file);
    assert.deepEqual(await names(), ['Inter-Bold']);
    await rm(file);
    assert.deepEqual(await names(), []);
    assert.equal(store.fontFiles.list().length, 1);
  });
});
