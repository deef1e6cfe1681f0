import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CODECS, findCodec } from '../../lib/contract/formats.ts';
import { idsOf } from '../../lib/plan/family.ts';
import { outputFormat } from '../../lib/plan/output.ts';
import { AlikeJobs, parseJob } from '../../lib/plan/parse.ts';
import { fc } from '../support/property.ts';

const base = { template: { id: 'x', composition: 'main' } };
const parsed = (more: object) => parseJob({ ...base, ...more });
const refused = (more: object) => {
  const answer = parsed(more);
  return answer.ok ? 'accepted' : answer.message;
};

describe('a job that is read', () => {
  it('never throws and never touches a prototype, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (value) => void parseJob(value),
      ),
    );
    fc.assert(fc.property(fc.anything(), (value) => void parseJob({ ...base, assets: [value], settings: value })));
    parseJob(
      JSON.parse('{"template":{"id":"x","composition":"m","__proto__":{"polluted":1}},"__proto__":{"polluted":1}}'),
    );
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('keeps what it does not know, but not inside settings and upload', () => {
    const answer = parsed({ tags: ['a'], mine: { any: 1 } });
    assert.ok(answer.ok);
    assert.deepEqual(Reflect.get(answer.job, 'mine'), { any: 1 });
    assert.match(refused({ settings: { mine: 1 } }), /settings.*mine/);
    assert.match(refused({ upload: { mine: 1 } }), /upload.*mine/);
  });

  it('may not write outside of the output folder', () => {
    for (const prefix of ['..', 'a/../../b', '/etc', 'C:\\x', '\\\\host\\share', 'con', 'a/NUL.txt', 'dots.', 'a\0b']) {
      assert.match(refused({ upload: { prefix } }), /upload\.prefix/, prefix);
      assert.match(refused({ assets: [{ type: 'static', src: 'a.png', name: prefix }] }), /assets\[0\]\.name/, prefix);
    }
    assert.equal(refused({ upload: { prefix: 'films/2026 (final)' } }), 'accepted');
  });

  it('names every fault by its path', () => {
    const message = refused({ preview: 'yes', assets: [{ type: 'text', layerName: 5, value: 'x' }, { type: 'film' }] });
    for (const path of [/preview/, /assets\[0\]\.layerName/, /assets\[1\]/]) assert.match(message, path);
  });

  it('says of what is missing that it is required', () => {
    const answer = parseJob({ assets: [{ type: 'text', layerName: 'a' }] });
    assert.ok(!answer.ok);
    assert.match(answer.message, /template: is required/);
    assert.match(answer.message, /assets\[0\]\.value: is required/);
    assert.match(refused({ preview: 1 }), /preview: must be of type boolean, not number/);
  });

  it('is one snapshot by JSON: what is checked is what is stored, whatever the objects of the host are', () => {
    let reads = 0;
    const poison: [value: object, fault: RegExp | null][] = [
      [{ toJSON: () => null }, /must be of type object, not null/],
      [{ toJSON: () => undefined }, /is required|must be of type object/],
      [{ ...base, priority: Object(1n) }, /cannot be (read|stored)/],
      [{ ...base, priority: Number.NaN }, /priority: must be of type number, not null/],
      [
        {
          ...base,
          get assets() {
            reads += 1;
            return reads < 2 ? [] : [{ type: 'film' }];
          },
        },
        null,
      ],
      [{ ...base, tags: new Date(0) }, null],
    ];
    for (const [value, fault] of poison) {
      const answer = parseJob(value);
      if (fault !== null) assert.match(answer.ok ? 'accepted' : answer.message, fault);
      if (answer.ok) assert.deepEqual(JSON.parse(JSON.stringify(answer.payload)), answer.payload);
    }
    const nested = parseJob({ ...base, assets: [{ toJSON: () => ({ type: 'text', layerName: 'a', value: 'b' }) }] });
    assert.ok(nested.ok);
    assert.deepEqual(nested.payload.assets, [{ type: 'text', layerName: 'a', value: 'b' }]);
  });

  it('knows each codec by its long and its short name, with the file that it makes', () => {
    for (const { id, extension, type } of CODECS) {
      assert.equal(findCodec(id.replace(/^(video|image)_/, ''))?.id, id);
      const answer = parsed({ settings: { codec: id, ...(type === 'image' ? { frames: 0 } : {}) } });
      assert.ok(answer.ok, id);
      assert.equal(outputFormat(answer.job).extension, extension);
    }
    const range = parsed({ settings: { type: 'image', frames: [2, 5] } });
    assert.ok(range.ok);
    assert.equal(outputFormat(range.job).extension, 'zip');
  });
});

describe('the jobs of one call', () => {
  const text = { type: 'text', layerName: 'title', value: 'Ada' };
  const jobs: Record<string, unknown>[] = [
    base,
    { ...base, assets: [text] },
    { ...base, assets: [{ ...text, valu: 1 }] },
    { ...base, assets: [{ ...text, value: undefined, valu: 'x' }] },
    { ...base, assets: null },
    { ...base, aseets: [text] },
    { ...base, aseets: [text], assets: [] },
    { ...base, mine: 1, assets: [{ ...text, note: 2 }] },
    { ...base, settings: { type: 'image', frames: 0 }, assets: [text] },
    { ...base, settings: { type: 'image' }, assets: [text] },
    { ...base, preview: true, settings: {}, assets: [{ type: 'film' }] },
    { ...base, assets: [{ type: 'job', layerName: 'a', ...base, assets: [text], priorty: 1 }] },
    { template: {}, assets: [text] },
  ];

  it('are read as each alone, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...jobs), { minLength: 2, maxLength: 30 }), (call) => {
        const alike = new AlikeJobs();
        for (const job of call) assert.deepEqual(parseJob(job, alike), parseJob(job));
      }),
    );
  });

  it('are stored as JSON writes them', () => {
    const answer = parseJob({ ...base, tags: undefined, local: { at: new Date(0) } });
    assert.ok(answer.ok);
    assert.equal(answer.json, '{"template":{"id":"x","composition":"main"},"local":{"at":"1970-01-01T00:00:00.000Z"}}');
    assert.deepEqual(JSON.parse(answer.json), answer.payload);
  });

  it('get ids of one moment, in their order', () => {
    const newId = idsOf(1_700_000_000_000);
    const ids = Array.from({ length: 5_000 }, newId);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const id of ids) assert.match(id, /^01HF7YAT00[0-9A-HJKMNP-TV-Z]{16}$/);
  });
});
