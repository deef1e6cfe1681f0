import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { ASSETS } from '../../lib/assets/asset.ts';
import { runtimeFor } from '../../lib/script/build.ts';

const lib = fileURLToPath(new URL('../../lib', import.meta.url));
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsx'));

describe('the runtime of scripts', () => {
  it('is ES3 and ASCII in every file', () => {
    assert.ok(files.length > 5);
    for (const file of files) {
      const text = readFileSync(join(lib, file), 'utf8');
      assert.doesNotThrow(() => parse(text, { ecmaVersion: 3 }), file);
      assert.match(text, /^[\n\x20-\x7e]*$/, file);
    }
  });

  it('holds for a job only what its steps need, each file once, and what a file needs before it', () => {
    const text = runtimeFor(['text', 'text']);
    assert.equal(text.match(/^function quote\(/gm)?.length, 1);
    assert.ok(text.indexOf('function findLayer(') < text.indexOf('STEPS.text ='));
    assert.ok(!text.includes('function applyEssential') && !text.includes('STEPS.script'));
    const all = runtimeFor(['text', 'data', 'footage', 'function', 'essential', 'script']);
    for (const file of files)
      assert.ok(all.includes(readFileSync(join(lib, file), 'utf8')), `${file} is used by nobody`);
  });

  it('has a file for the step of every type of asset', () => {
    const types = new Set<string>();
    for (const type of Object.values(ASSETS)) {
      const asset = { name: 'nx:layer-remove', layerName: 'a', params: {}, src: 'a', property: 'Opacity', value: 1 };
      const composition = { controls: [{ name: 'a', path: ['a'], type: 'slider', target: {} }] };
      const place = { model: { type: 'aep' }, composition, layers: [] };
      const step = type.step(asset as never, place as never);
      if (step !== null && 'type' in step) types.add(step.type);
    }
    assert.equal(types.size, 6);
    for (const type of types) assert.ok(runtimeFor([type]).includes(`STEPS.${type} = `), type);
  });
});
