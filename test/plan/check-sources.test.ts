import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { TemplateType } from '../../lib/contract/formats.ts';
import { mediaKindOfBytes, mediaKindOfFile } from '../../lib/media/detect-media-kind.ts';
import { SourceChecker, SourceLocator } from '../../lib/plan/check-sources.ts';
import { accepted } from '../support/parsed-jobs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

async function studio(t: TestContext, files: Record<string, string | Buffer>) {
  const folder = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const mediaKind = (source: { path: string } | { bytes: Uint8Array }) =>
    'path' in source ? mediaKindOfFile(source.path) : mediaKindOfBytes(source.bytes);
  const checkAll = (
    assets: object[],
    renderer: 'after-effects' | 'bundled' = 'after-effects',
    type: TemplateType = 'aep',
  ) =>
    new SourceChecker({ mediaKind }, new SourceLocator(undefined)).check(accepted({ assets }).assets, {
      folder,
      type,
      renderer,
    });
  const check = (asset: object, renderer?: 'after-effects' | 'bundled') => checkAll([asset], renderer);
  return { folder, check, checkAll };
}

const frames = (...numbers: string[]) =>
  Object.fromEntries(numbers.map((number) => [`shots/frame_${number}.png`, PNG]));

describe('the includes of a script', () => {
  const script = { type: 'script', src: 'scripts/own.jsx' };

  it('are copied to where the script looks for them, in folders of their own', async (t) => {
    const { check, folder } = await studio(t, {
      'scripts/own.jsx':
        '#include "lib/words.jsx"\n//@include \'../shared/more.jsx\'\nvar a = 1; // #include "no.jsx"\n',
      'scripts/lib/words.jsx': '#include "deeper.jsx"\n#include "words.jsx"',
      'scripts/lib/deeper.jsx': '1;',
      'shared/more.jsx': '1;',
    });
    const { faults, files } = await check(script);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      files.map(({ name, source, isScript }) => [
        name,
        'path' in source && relative(folder, source.path).replaceAll(sep, '/'),
        isScript,
      ]),
      [
        ['0/inside/own.jsx', 'scripts/own.jsx', true],
        ['0/inside/lib/words.jsx', 'scripts/lib/words.jsx', undefined],
        ['0/shared/more.jsx', 'shared/more.jsx', undefined],
        ['0/inside/lib/deeper.jsx', 'scripts/lib/deeper.jsx', undefined],
      ],
    );
  });

  it('are looked for in the folders that the script names', async (t) => {
    const { check } = await studio(t, {
      'scripts/own.jsx': '#includepath "../shared;elsewhere"\n#include "more.jsx"',
      'shared/more.jsx': '1;',
    });
    const { files } = await check(script);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['0/inside/own.jsx', '0/shared/more.jsx'],
    );
  });

  it('that are missing refuse the job with their names, and so does a renderer that knows none', async (t) => {
    const { check } = await studio(t, {
      'scripts/own.jsx': '#include "lib/words.jsx"\n#include "gone.jsx"',
      'scripts/lib/words.jsx': '#include "lost.jsx"',
    });
    const { faults } = await check(script);
    assert.deepEqual(faults, [
      {
        code: 'ASSET_NOT_FOUND',
        message: "assets[0].src: the script includes 'gone.jsx', 'lost.jsx', which is not there",
      },
    ]);
    const one = await studio(t, { 'scripts/own.jsx': '#include "a.jsx"', 'scripts/a.jsx': '1;' });
    const [fault] = (await one.check(script, 'bundled')).faults;
    assert.equal(fault?.code, 'ASSET_TYPE_UNSUPPORTED');
    assert.match(fault?.message ?? '', /includes 'a\.jsx'/);
  });
});

describe('a sequence of pictures', () => {
  const image = (src: string) => ({ type: 'image', layerName: 'photo', src });

  it('is a pattern with its numbers, one with number signs, or a folder', async (t) => {
    const { check, folder } = await studio(t, { ...frames('0001', '0002', '0003', '0010'), 'shots/notes.txt': 'x' });
    for (const [src, names] of [
      ['shots/frame_[0001-0003].png', ['0001', '0002', '0003']],
      ['shots/frame_[####].png', ['0001', '0002', '0003', '0010']],
      ['shots', ['0001', '0002', '0003', '0010']],
    ] as const) {
      const { faults, files } = await check(image(src));
      assert.deepEqual(faults, []);
      const sequence = names.map((number) => `frame_${number}.png`);
      assert.deepEqual(files, [
        { folder: 'assets', name: '0/frame_0001.png', source: { path: join(folder, 'shots') }, sequence, asset: 0 },
      ]);
    }
  });

  it('with a gap is refused with the picture that is missing; a folder of other files is none', async (t) => {
    const { check, folder } = await studio(t, { ...frames('0001', '0003'), 'mixed/a1.png': PNG, 'mixed/b1.png': PNG });
    const [gap] = (await check(image('shots/frame_[0001-0003].png'))).faults;
    assert.equal(
      gap?.message,
      `assets[0].src: the file ${join(folder, 'shots/frame_0002.png')} of the sequence is not there`,
    );
    const [mixed] = (await check(image('mixed'))).faults;
    assert.equal(mixed?.code, 'ASSET_INVALID');
  });

  it('is under the extension of its content', async (t) => {
    const { check } = await studio(t, { 'shots/a1.jpg': PNG, 'shots/a2.jpg': PNG });
    assert.equal((await check(image('shots/a[1-2].jpg'))).files[0]?.name, '0/a1.png');
  });
});

describe('a static file', () => {
  const named = (...names: string[]) => names.map((name) => ({ type: 'static', src: 'data:,x', name }));

  it('has a place of its own on every system', async (t) => {
    const { checkAll } = await studio(t, {});
    assert.deepEqual((await checkAll(named('words.json', 'data/words.json', 'data/Words2.json'))).faults, []);
    for (const [first = '', second = ''] of [
      ['words.json', 'words.json'],
      ['words.json', 'Words.JSON'],
      ['data/words.json', 'DATA//words.json'],
      ['Über.json', 'u\u0308ber.json'],
      ['straße.txt', 'STRASSE.txt'],
      ['data', 'Data/words.json'],
      ['data/words.json', 'data'],
    ]) {
      const { faults } = await checkAll(named(first, second));
      assert.equal(faults.length, 1, `${first} and ${second}`);
      assert.equal(faults[0]?.code, 'VALIDATION_ERROR');
      assert.match(faults[0]?.message ?? '', /^assets\[1\]\.name: '.*' is the place of assets\[0\]/);
    }
  });

  it('never takes the place of the project', async (t) => {
    const { checkAll } = await studio(t, {});
    for (const [type, name] of [
      ['aep', 'template.aep'],
      ['aepx', 'Template.AEPX'],
      ['json', 'TEMPLATE.json'],
    ] as const) {
      const [fault] = (await checkAll(named(name), 'after-effects', type)).faults;
      assert.match(fault?.message ?? '', /is the place of the project itself/, name);
    }
    assert.deepEqual((await checkAll(named('template.aep'), 'after-effects', 'zip')).faults, []);
  });
});
