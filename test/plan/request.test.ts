import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJob } from '../../lib/plan/parse.ts';
import { accepted, LEAST_JOB, refused } from '../support/parsed-jobs.ts';

describe('a job', () => {
  it('needs only a template, and gets the defaults of the cloud', () => {
    assert.deepEqual(accepted(), {
      ...LEAST_JOB,
      preview: false,
      fonts: [],
      assets: [],
      settings: { quality: 'full', engine: 'ae2026' },
    });
  });

  it('says what is required and missing', () => {
    assert.match(refused({ template: undefined }), /^template: is required$/);
    assert.match(
      refused({ template: { composition: 'main' } }),
      /^template\.id: is required, unless template\.src names a file$/,
    );
    assert.match(refused({ template: 5 }), /^template: must be of type object, not number$/);
    for (const value of [undefined, null, 5, 'job', []]) assert.equal(parseJob(value).ok, false);
  });

  it('may leave out the composition or write null, as for a .mogrt', () => {
    assert.equal(accepted({ template: { id: 'x' } }).template.composition, undefined);
    assert.equal(accepted({ template: { id: 'x', composition: null } }).template.composition, null);
  });

  it('may name the file to use in place of the registered one', () => {
    assert.equal(accepted({ template: { id: 'any', src: '/a.aep', composition: 'm' } }).template.src, '/a.aep');
    assert.match(refused({ template: { id: 'any', src: '' } }), /template\.src: must not be empty/);
    assert.match(refused({ template: { id: 'any', src: 'a\0.aep' } }), /template\.src: .*NUL/);
  });

  it('keeps fields that it does not know, beside it and in its template', () => {
    const job = accepted({ template: { id: 'x', version: 7 }, customer: { name: 'Ada' } });
    assert.equal(Reflect.get(job.template, 'version'), 7);
    assert.deepEqual(Reflect.get(job, 'customer'), { name: 'Ada' });
  });

  it('is a preview or has settings, never both', () => {
    assert.equal(accepted({ preview: true }).preview, true);
    assert.match(refused({ preview: true, settings: {} }), /^preview: excludes settings/);
    const nested = { type: 'job', layerName: 'film', template: { id: 'intro', composition: 'main' } };
    assert.match(
      refused({ assets: [{ ...nested, preview: true, settings: {} }] }),
      /^assets\[0\]\.preview: excludes settings/,
    );
    assert.equal(accepted({ preview: false, settings: { quality: 'draft' } }).settings.quality, 'draft');
  });

  it('takes fonts by their file names', () => {
    assert.deepEqual(accepted({ fonts: ['Inter.ttf'] }).fonts, ['Inter.ttf']);
    assert.match(refused({ fonts: 'Inter.ttf' }), /^fonts: must be of type array, not string$/);
    assert.match(refused({ fonts: ['a', 5] }), /^fonts\[1\]: must be of type string, not number$/);
  });

  it('keeps its assets in their order', () => {
    const assets = ['c', 'a', 'b'].map((value) => ({ type: 'text', layerName: 'title', value }));
    assert.deepEqual(accepted({ assets }).assets, assets);
  });

  it('takes a priority that is a number, and tags as a list or a text', () => {
    assert.equal(accepted({ priority: -2.5 }).priority, -2.5);
    for (const priority of ['high', Number.NaN, Number.POSITIVE_INFINITY, 1e10]) {
      assert.match(refused({ priority }), /^priority: /);
    }
    assert.deepEqual(accepted({ tags: ['a', 'b'] }).tags, ['a', 'b']);
    assert.equal(accepted({ tags: 'a,b' }).tags, 'a,b');
    assert.match(refused({ tags: 5 }), /^tags: must be of type string or array, not number$/);
  });

  it('tells all of its faults together, but no more than can be read', () => {
    const message = refused({ preview: 5, fonts: 5, assets: [{ type: 'text' }] });
    for (const field of ['preview', 'fonts', 'assets[0].layerName', 'assets[0].value']) {
      assert.ok(message.includes(`${field}: `), message);
    }
    assert.match(refused({ fonts: Array.from({ length: 100 }, () => 5) }), /; and 80 more$/);
  });

  it('is refused in a message of bounded length, however long its names are', () => {
    const long = 'k'.repeat(100_000);
    assert.ok(refused({ settings: { [long]: 1, [`${long}2`]: 1 } }).length < 1_000);
    assert.ok(refused({ webhook: { url: 'x', headers: { [long]: 5 } } }).length < 1_000);
    assert.ok(refused({ settings: { codec: long } }).length < 2_000);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, 1]));
    assert.match(refused({ upload: many }), /'key9', 490 more$/);
  });
});
