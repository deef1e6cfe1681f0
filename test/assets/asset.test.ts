import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, refused } from '../support/parsed-jobs.ts';

const take = (asset: object) => accepted({ assets: [asset] }).assets[0];
const refuse = (asset: unknown) => refused({ assets: [asset] });

describe('an asset', () => {
  it('has one of the known types', () => {
    for (const asset of [{}, { type: 'film' }, { type: 5 }, { type: 'Text' }, { type: 'constructor' }]) {
      assert.match(refuse(asset), /^assets\[0\]\.type: must be one of text, data, image, video, audio, static,/);
    }
    for (const asset of [null, 5, 'text', []]) assert.match(refuse(asset), /^assets\[0\]: must be of type object/);
  });

  it('of type text needs a layer and a value, and may name the composition', () => {
    const text = { type: 'text', layerName: 'title', value: 'Ada' };
    assert.deepEqual(take(text), text);
    assert.deepEqual(take({ ...text, composition: 'intro' }), { ...text, composition: 'intro' });
    assert.match(refuse({ type: 'text', value: 'x' }), /layerName: is required/);
    assert.match(refuse({ type: 'text', layerName: 'x' }), /value: is required/);
    assert.match(refuse({ ...text, layerName: '' }), /layerName: must not be empty/);
  });

  it('of type text shows whatever a text can hold', () => {
    for (const value of [
      '',
      '"\'`\\',
      '\u2028\u2029',
      'x'.repeat(100_000),
      '\0',
      '\ud800',
      '🎬',
      '-r',
      '\u0024{secrets.A}',
    ]) {
      assert.deepEqual(take({ type: 'text', layerName: 'title', value }), { type: 'text', layerName: 'title', value });
    }
    assert.match(refuse({ type: 'text', layerName: 't', value: 'x'.repeat(1_000_001) }), /at most 1000000 characters/);
  });

  it('names layers by texts that travel whole through a log and a script', () => {
    const named = (layerName: string) => ({ type: 'text', layerName, value: 'x' });
    for (const name of ['-r', 'a"b', "a'b", 'a\u2028b', 'Layer->1', '../x', '__proto__']) take(named(name));
    assert.match(refuse(named('a\0b')), /NUL/);
    assert.match(refuse(named('\udc00')), /half of a surrogate pair/);
    assert.match(refuse(named('x'.repeat(100_000))), /at most 1000 characters/);
  });

  it('of type data takes a text, a number, an array or a colour', () => {
    for (const value of [
      'x',
      5,
      -0.5,
      true,
      [1, 2],
      [0, 0.5, 1, 1],
      [
        [0, 0],
        [1, 1],
      ],
    ]) {
      const data = { type: 'data', layerName: 'box', property: 'Effects->Fill->Color', value };
      assert.deepEqual(take(data), data);
    }
    for (const value of [{}, null, ['x'], Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.match(refuse({ type: 'data', layerName: 'box', property: 'Scale', value }), /^assets\[0\]\.value/);
    }
  });

  it('of type data has a value or an expression, one of the two', () => {
    const data = { type: 'data', layerName: 'box', property: 'Scale' };
    take({ ...data, expression: 'time * 90' });
    assert.match(refuse(data), /exactly one of value and expression/);
    assert.match(refuse({ ...data, value: 1, expression: 'time' }), /exactly one of value and expression/);
    assert.match(refuse({ type: 'data', layerName: 'box', value: 1 }), /property: is required/);
  });

  it('of a footage type needs a source, and a layer by name or number', () => {
    for (const type of ['image', 'video', 'audio']) {
      take({ type, layerName: 'photo', src: 'a.png', conform: false });
      take({ type, layerIndex: 1, src: 'file:///a.png' });
      assert.match(refuse({ type, src: 'a.png' }), /needs layerName or layerIndex/);
      assert.match(refuse({ type, layerName: 'photo' }), /src: is required/);
      assert.match(refuse({ type, layerName: 'photo', src: '' }), /src: must not be empty/);
      assert.match(refuse({ type, layerName: 'photo', src: 'a\0b' }), /src: must not contain a NUL/);
      for (const layerIndex of [0, -1, 1.5, '1']) {
        assert.match(refuse({ type, layerIndex, src: 'a.png' }), /layerIndex/);
      }
    }
  });

  it('of type static has a name that stays in the folder of the job', () => {
    take({ type: 'static', src: 'a.txt', name: 'data/names.txt' });
    for (const name of ['../a', '/a', 'C:\\a', '\\\\host\\a', 'nul', 'a.', '', '/', '-r\0', 'a//../b']) {
      assert.match(refuse({ type: 'static', src: 'a.txt', name }), /^assets\[0\]\.name: /, name);
    }
  });

  it('of type essential sets a text, a number, a switch, or the numbers of a point or a colour', () => {
    for (const value of ['x', 5, false, [1, 2], [0, 0.5, 1, 1]])
      take({ type: 'essential', layerName: 'Group.Title', value });
    for (const value of [{}, null, [1], ['x', 'y'], [1, 2, 3, 4, 5]])
      assert.match(refuse({ type: 'essential', layerName: 'Title', value }), /^assets\[0\]\.value/);
  });

  it('of type script needs a source, and has parameters as a list of keys and values or as an object', () => {
    assert.deepEqual(take({ type: 'script', src: 'a.jsx' }), { type: 'script', src: 'a.jsx', keyword: 'NX' });
    take({ type: 'script', src: 'a.jsx', parameters: { any: [1, null] }, keyword: 'Data' });
    take({ type: 'script', src: 'a.jsx', parameters: [{ key: 'dog', value: 'doggo' }, { key: 'cat' }] });
    assert.match(refuse({ type: 'script' }), /src: is required/);
    assert.match(refuse({ type: 'script', src: 'a.jsx', parameters: [{ value: 1 }] }), /parameters/);
    assert.match(
      refuse({ type: 'script', src: 'a.jsx', parameters: 5 }),
      /parameters: must be of type array or object/,
    );
    assert.match(refuse({ type: 'script', src: 'a.jsx', keyword: 'a b' }), /keyword: must be the name of a variable/);
  });
});
