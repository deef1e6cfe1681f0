import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../../lib/errors.ts';
import { compositionsOf, parseLottie } from '../../../lib/lottie/document/document.ts';
import { lottieModel } from '../../../lib/template/from-lottie.ts';
import { SAMPLES } from '../../support/engine.ts';
import { CHANGED, type Json, type JsonDamage, NESTED } from '../../support/json-damage.ts';
import { fc, fuzzRuns } from '../../support/property.ts';

/** The samples, and real exports where they are there. */
const FOLDERS = [SAMPLES, fileURLToPath(new URL('../../../../shared/aep', import.meta.url))].filter((folder) =>
  existsSync(folder),
);
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name)),
);

const EMPTY = { fr: 25, ip: 0, op: 50, w: 100, h: 100, layers: [] };

function modelOf(text: string) {
  return lottieModel(parseLottie(Buffer.from(text)), 'json');
}

/** Says whether it was read; what is not must be refused in the one way there is. */
function readHostile(text: string): boolean {
  try {
    assertPlain(modelOf(text), 'model');
    return true;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    assert.equal(error.code, 'TEMPLATE_UNREADABLE');
    assert.ok(error.message.length < 500, error.message);
    return false;
  }
}

/** A model is stored as JSON and crosses threads: there is nothing in it that would come back as something else. */
function assertPlain(value: unknown, path: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${path} is ${value}`);
  else if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    assert.ok(prototype === Object.prototype || Array.isArray(value), `${path} is no plain object`);
    for (const [key, child] of Object.entries(value)) assertPlain(child, `${path}.${key}`);
  } else assert.ok(['string', 'boolean', 'undefined'].includes(typeof value) || value === null, path);
}

describe('the frames of a composition', () => {
  it('are whole where an NTSC rate left crumbs, and cut where the document means it', () => {
    const frames = (op: number, ip = 0) =>
      modelOf(JSON.stringify({ ...EMPTY, fr: 29.97, ip, op })).compositions[0]?.frames;
    assert.deepEqual([frames(3.0000001), frames(2.9999), frames(63.0009, 2.0001)], [3, 3, 61]);
    assert.deepEqual([frames(3.2), frames(3.002)], [4, 4]);
  });

  it('are whole in a composition inside of another as well', () => {
    const asset = { id: 'inner', layers: [{ ty: 3, ip: 0, op: 3.0000001 }] };
    const model = modelOf(JSON.stringify({ ...EMPTY, assets: [asset] }));
    assert.equal(model.compositions[1]?.frames, 3);
  });
});

describe('a Lottie document', () => {
  const kinds: [where: string, damage: fc.Arbitrary<JsonDamage>][] = [
    ['values are of another type, huge, missing or misplaced', CHANGED],
    ['values are nested without end', NESTED],
  ];
  for (const [where, damage] of kinds) {
    it(`is read into a plain model, or refused, where ${where}`, () => {
      const runs = fuzzRuns(1 / 12);
      const documents = new Map(FILES.map((file): [string, Json] => [file, JSON.parse(readFileSync(file, 'utf8'))]));
      let read = 0;
      fc.assert(
        fc.property(fc.constantFrom(...FILES), damage, (file, change) => {
          if (readHostile(change(documents.get(file) ?? null))) read++;
        }),
        { numRuns: runs },
      );
      assert.ok(read > runs / 4, `only ${read} of ${runs} were read`);
    });
  }

  it('that is nested deeper than any program could follow is refused, whatever its texts hold', () => {
    const nested = (levels: number) =>
      JSON.stringify(EMPTY).replace('[]', `[{"ty":4,"x":${'['.repeat(levels)}${']'.repeat(levels)}}]`);
    assert.throws(() => modelOf(nested(1_000)), { code: 'TEMPLATE_UNREADABLE', message: /nested more than 1000 deep/ });
    modelOf(nested(997));
    modelOf(JSON.stringify({ ...EMPTY, nm: '["{\\'.repeat(2_000), layers: [{ ty: 4, nm: '\\' }] }));
  });

  it('has lengths in seconds that are numbers, or is refused', () => {
    const wrong = [{ fr: 5e-324 }, { markers: [{ tm: 1e308, dr: 0 }] }, { layers: [{ ty: 4, sr: 1e308 }] }];
    for (const part of wrong) assert.throws(() => modelOf(JSON.stringify({ ...EMPTY, ...part })), EngineError);
    modelOf(JSON.stringify({ ...EMPTY, fr: 0.001, markers: [{ tm: 1, cm: 'a', dr: 0 }, null] }));
  });

  it('whose compositions stand too deep in each other is refused, in whatever order it lists them', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, at) => ({ id: `${at}`, layers: [{ ty: 0, refId: `${at + 1}` }] }));
    for (const assets of [chain(600), chain(600).reverse()])
      assert.throws(() => modelOf(JSON.stringify({ ...EMPTY, assets })), { message: /nested more than 500 deep/ });
    for (const assets of [chain(400), chain(400).reverse()]) modelOf(JSON.stringify({ ...EMPTY, assets }));
  });

  it('with as many compositions as there may be is read in the time that their number takes', () => {
    const numbers = Array.from({ length: 50_000 }, (_, at) => at);
    const layers = numbers.map((at) => ({ ty: 0, refId: `${at}`, w: at + 1 }));
    const assets = numbers.map((at) => ({ id: `${at}`, layers: [{ ty: 4 }] })).reverse();
    const document = parseLottie(Buffer.from(JSON.stringify({ ...EMPTY, layers, assets })));
    const begun = performance.now();
    assert.equal(compositionsOf(document)[1]?.width, 50_000);
    // Each held against each other took minutes.
    assert.ok(performance.now() - begun < 5_000);
  });
});
