import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Asset } from '../../lib/assets/asset.ts';
import { FUNCTIONS, type FunctionCall, type FunctionName, functionCall } from '../../lib/assets/function.ts';
import { parseJob } from '../../lib/plan/parse.ts';
import { accepted, LEAST_JOB, refused } from '../support/parsed-jobs.ts';
import { fc } from '../support/property.ts';

/** Params that each function takes. */
const SOUND: Record<FunctionName, object> = {
  'text-params-set': { font: 'Inter-Bold', fontSize: 72, tracking: 50, leading: 80, fillColor: [1, 0.5, 0] },
  'solid-color-set': { color: [0.1, 0.4, 0.9] },
  'layer-state-set': { state: 'hidden' },
  'layer-remove': {},
  'layer-autoscale': { minFontSize: 12, maxFontSize: 48 },
  'layer-start-set': { value: 1.5 },
  'layer-duration-set': { value: 2 },
  'comp-duration-set': { value: 10 },
  'gen-ai': { provider: 'openai', prompt: 'a cat' },
};
const NAMES = Object.keys(SOUND) as FunctionName[];

function read(asset: object): FunctionCall {
  const [taken] = accepted({ assets: [{ type: 'function', ...asset }] }).assets as (Asset & { type: 'function' })[];
  assert.ok(taken);
  return functionCall(taken);
}
const refuse = (asset: object) => refused({ assets: [{ type: 'function', ...asset }] });

describe('a function asset', () => {
  it('means the same with a colon and with a hyphen, with its layer beside params and within', () => {
    for (const name of NAMES) {
      const params = SOUND[name];
      const call = read({ name: `nx:${name}`, layerName: 'a', params });
      assert.deepEqual(read({ name: `nx-${name}`, layerName: 'a', params }), call);
      assert.deepEqual(read({ name: `nx:${name}`, params: { ...params, layerName: 'a' } }), call);
      assert.deepEqual(call, {
        ...{ name, composition: undefined, params },
        layerNames: FUNCTIONS[name].layers === 'none' ? [] : ['a'],
      });
    }
  });

  it('names one layer or many, in their order, where it can change many', () => {
    for (const name of NAMES) {
      const asset = { name: `nx:${name}`, layerName: ['b', 'a', 'b'], params: SOUND[name] };
      if (FUNCTIONS[name].layers === 'many') assert.deepEqual(read(asset).layerNames, ['b', 'a', 'b']);
      if (FUNCTIONS[name].layers === 'one') assert.match(refuse(asset), /layerName: of nx:layer-remove is one name/);
    }
  });

  it('needs a layer, but for the length of a composition', () => {
    for (const name of NAMES.filter((one) => FUNCTIONS[one].layers !== 'none'))
      assert.match(refuse({ name: `nx:${name}`, params: SOUND[name] }), /^assets\[0\]\.layerName: is required/);
    assert.equal(
      read({ name: 'nx:comp-duration-set', params: { composition: 'intro', value: 3 } }).composition,
      'intro',
    );
  });

  it('does not name two layers at once, one beside params and one within', () => {
    const twice = { name: 'nx:layer-remove', layerName: 'a', params: { layerName: 'b' } };
    assert.match(refuse(twice), /layerName: stands beside params and within them, and they differ/);
    assert.deepEqual(read({ ...twice, params: { layerName: 'a' } }).layerNames, ['a']);
  });

  it('has a name that is known; one that is misspelt is answered in its own spelling', () => {
    assert.match(
      refuse({ name: 'nx-layer-state-sett', layerName: 'a' }),
      /^assets\[0\]\.name: 'nx-layer-state-sett' is not a function; did you mean 'nx-layer-state-set'\? there are 'nx-text-params-set'/,
    );
    for (const name of ['layer-remove', 'nx:', 'NX:layer-remove', 'nx:constructor', 'nx:__proto__', ''])
      assert.match(refuse({ name, layerName: 'a' }), /name: '.*' is not a function; .*'nx:layer-remove'/);
    assert.match(refuse({ layerName: 'a' }), /name: is required/);
  });

  it('takes of its params only what they can be, and what it does not know besides', () => {
    const wrong: [name: FunctionName, params: object, words: RegExp][] = [
      ['text-params-set', { fontSize: 0 }, /params\.fontSize: must be at least 0\.1/],
      ['text-params-set', { fontSize: '72' }, /params\.fontSize: must be of type number, not string/],
      ['text-params-set', { fillColor: [255, 0, 0] }, /params\.fillColor\[0\]: must be at most 1/],
      ['text-params-set', { fillColor: [1, 0] }, /params\.fillColor: must hold at least 3 entries/],
      ['solid-color-set', {}, /params\.color: is required/],
      ['layer-state-set', {}, /params\.state: must be hidden, visible, true or false/],
      ['layer-state-set', { state: 'off' }, /params\.state: must be/],
      ['layer-autoscale', { minFontSize: 20, maxFontSize: 10 }, /params\.minFontSize: must not be greater than/],
      ['layer-autoscale', { type: 'stretch' }, /params\.type: must be one of fill, fit/],
      ['layer-start-set', {}, /params\.value: is required/],
      ['layer-duration-set', { value: 0 }, /params\.value: must be greater than 0/],
      ['comp-duration-set', { value: -1 }, /params\.value: must be greater than 0/],
    ];
    for (const [name, params, words] of wrong)
      assert.match(refuse({ name: `nx:${name}`, layerName: 'a', params }), words);
    for (const name of NAMES) read({ name: `nx:${name}`, layerName: 'a', params: { ...SOUND[name], later: [1] } });
    read({ name: 'nx:layer-state-set', layerName: 'a', params: { visible: false } });
    read({ name: 'nx:layer-state-set', layerName: 'a', params: { state: true } });
  });

  it('is accepted or refused, whatever its params are, and never throws', () => {
    const anything = fc.record({
      type: fc.constant('function'),
      name: fc.oneof(fc.constantFrom(...NAMES.map((name) => `nx:${name}`)), fc.string()),
      layerName: fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined)),
      params: fc.dictionary(fc.constantFrom('value', 'color', 'state', 'layerName', 'fontSize', 'x'), fc.jsonValue()),
    });
    fc.assert(
      fc.property(anything, (asset) => {
        const parsed = parseJob({ ...LEAST_JOB, assets: [asset] });
        if (!parsed.ok) return assert.match(parsed.message, /^assets\[0\]/);
        const call = functionCall(parsed.job.assets[0] as Asset & { type: 'function' });
        assert.ok(call.layerNames.every((name) => typeof name === 'string' && name !== ''));
        assert.equal(call.layerNames.length === 0, FUNCTIONS[call.name].layers === 'none');
      }),
      { numRuns: 500 },
    );
  });
});
