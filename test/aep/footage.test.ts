import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { FootageItem } from '../../lib/aep/footage.ts';
import { readProject } from '../../lib/aep/read-project.ts';
import { header } from '../support/project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

const idta = chunk('idta', [...fields(84, [[0, 'uint16', 7]])]);
const settings = (values: Parameters<typeof fields>[1]) => chunk('sspc', [...fields(222, values)]);
const alas = (path: string) => list('Als2', [chunk('alas', JSON.stringify({ fullpath: path }))]);
const opti = chunk('opti', [...Buffer.from('png!'), ...new Uint8Array(20)]);

function footage(pin: WrittenChunk[], name = ''): FootageItem {
  const item = list('Item', [idta, utf8(name), list('Pin ', pin)]);
  const [read] = readProject(writeRifx([...header(), list('Fold', [item])])).footage;
  assert.ok(read);
  return read;
}

describe('footage', () => {
  it('has the path of its file, and the name of the file where it has none of its own', () => {
    for (const path of ['/Users/me/shot.mov', 'C:\\work\\shot.mov']) {
      const item = footage([settings([[36, 'uint16', 5]]), alas(path), opti]);
      assert.deepEqual([item.name, item.mainSource.kind === 'file' && item.mainSource.path], ['shot.mov', path]);
    }
    assert.equal(footage([settings([]), alas('/a.mov'), opti], 'Hero').name, 'Hero');
  });

  it('has the time of its file, at the rate that it was conformed to, as often as it loops', () => {
    const clip = settings([
      [32, 'uint16', 640],
      [36, 'uint16', 480],
      [38, 'uint32', 20],
      [42, 'uint32', 10],
      [56, 'uint32', 24],
      [129, 'uint8', 3],
      [136, 'uint32', 2],
      [140, 'uint32', 1],
      [148, 'uint16', 12],
      [160, 'float64', 48000],
    ]);
    const { width, height, duration, frameRate, pixelAspect, hasVideo, hasAudio } = footage([clip, alas('/a'), opti]);
    assert.deepEqual([width, height, duration, frameRate, pixelAspect], [640, 480, 12, 12, 2]);
    assert.deepEqual([hasVideo, hasAudio], [true, true]);
  });

  it('of a Photoshop file has the layer that it shows, and none if it shows all of them', () => {
    const photoshop = (index: number) => {
      const data = fields(94, [
        [0, 'uint32', 0x38425053],
        [16, 'uint16', index],
        [40, 'uint8', 16],
      ]);
      for (const [at, edge] of [-5, 2, 7, 30].entries()) new DataView(data.buffer).setInt32(78 + at * 4, edge, true);
      const { mainSource } = footage([settings([]), alas('/a.psd'), chunk('opti', [...data])]);
      return mainSource.kind === 'file' ? mainSource.photoshopLayer : undefined;
    };
    assert.deepEqual(photoshop(2), { depth: 16, index: 2, top: -5, left: 2, bottom: 7, right: 30 });
    assert.equal(photoshop(0xffff), null);
  });

  it('of a sequence has its first file, from the list of names or from the parts of a name', () => {
    const names = list('StVc', [utf8('f_08.png'), utf8('f_09.png')]);
    const listed = footage([settings([]), alas('/seq'), names, opti]).mainSource;
    assert.deepEqual(listed.kind === 'file' && [listed.path, listed.fileNames], [
      '/seq/f_08.png',
      ['f_08.png', 'f_09.png'],
    ]);
    const numbered = settings([
      [172, 'uint32', 8],
      [180, 'uint32', 4],
    ]);
    const made = footage([numbered, alas('C:\\seq'), utf8('f_'), utf8('.png'), opti]).mainSource;
    assert.equal(made.kind === 'file' && made.path, 'C:\\seq\\f_0008.png');
  });

  it('knows its way from the project: beside it, below it, or above it', () => {
    const way = (fullpath: string, up: unknown, down: unknown) => {
      const data = JSON.stringify({ fullpath, ascendcount_base: up, ascendcount_target: down });
      const source = footage([settings([]), list('Als2', [chunk('alas', data)]), opti]).mainSource;
      return source.kind === 'file' ? source.relativePath : undefined;
    };
    assert.equal(way('/old/(Footage)/a.png', 1, 2), '(Footage)/a.png');
    assert.equal(way('/old/a.png', 1, 1), 'a.png');
    assert.equal(way('C:\\films\\shots\\a.mov', 3, 2), '../../shots/a.mov');
    for (const [up, down] of [
      [0, 0],
      [1, 9],
      [1.5, 1],
      ['1', 1],
      [1, undefined],
      [1e9, 1],
    ]) {
      assert.equal(way('/old/a.png', up, down), null);
    }
  });

  it('stays as a placeholder where its path cannot be read', () => {
    for (const text of ['{"fullpath": ', '[]', '{"fullpath": 5}', '']) {
      const item = footage([settings([]), list('Als2', [chunk('alas', text)]), opti]);
      assert.equal(item.mainSource.kind, 'placeholder');
    }
  });

  it('of the real ones is a file, a solid or a placeholder with its name', { skip: skipWithoutProjects }, () => {
    const project = readProject(readFileSync(join(aepFolder, 'boltframe-Item-01.aep')));
    const found = project.footage.map(({ name, mainSource }) => `${name}: ${mainSource.kind}`);
    assert.deepEqual(found.slice(0, 3), ['Blue Solid: solid', 'Green Solid: solid', 'Missing Footage: placeholder']);
    const missing = project.footage.find(({ name }) => name === 'Missing Footage');
    assert.deepEqual([missing?.width, missing?.height, missing?.duration], [1234, 5678, 127]);
  });
});
