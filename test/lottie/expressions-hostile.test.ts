import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bake, documentOf, layer, numbersAt, property, subjects } from '../support/expression-document.ts';

const opacity = (x: string) => ({ o: { a: 0, k: 100, x } });

/**
 * Few milliseconds, little memory: what is caught here is caught later with more. All together have time enough, so that
 * each has its turn on a busy machine as well.
 */
const LIMITS = { callMs: 500, totalMs: 300_000, memoryMb: 64 };

/** Bakes each expression on a layer of its own, beside one that means well; gives the reasons by expression. */
async function reasons(expressions: readonly string[], limits: typeof LIMITS = LIMITS): Promise<string[]> {
  const layers = expressions.map((x, at) => layer(`bad ${at}`, opacity(x)));
  const document = documentOf([
    layer('first', opacity('time * 10')),
    ...layers,
    layer('good', opacity('[4, 3].sort()[0] * 10')),
  ]);
  const failed = await bake(document, { limits });
  assert.deepEqual(numbersAt(property(document, 'first', 'o'), 5), [5]);
  assert.deepEqual(numbersAt(property(document, 'good', 'o'), 5), [30]);
  return expressions.map((x, at) => {
    const found = failed.find((one) => one.layer === `bad ${at}`);
    // The value without the expression is left as it was.
    if (found !== undefined) assert.deepEqual(property(document, `bad ${at}`, 'o'), { a: 0, k: 100, x });
    return found?.reason ?? '';
  });
}

describe('a hostile expression', () => {
  it('is left when it does not end, and the others are evaluated', async () => {
    const endless = [
      'for (;;) {}',
      'while (true) { try { for (;;) {} } finally { continue; } }',
      '/(a+)+$/.test("a".repeat(60) + "b")',
      'throw { get message() { for (;;) {} } }',
      '[1].map(function () { for (;;) {} })',
    ];
    for (const reason of await reasons(endless)) assert.equal(reason, 'it does not come to an end');
  });

  it('is left when it takes all memory, by little or at once', async () => {
    const greedy = ['a = []; for (;;) a.push(new Array(1000).fill(time))', 'new Array(Math.pow(2, 27)).fill(0)'];
    // A realm that has run out of memory is started afresh, which a busy machine needs seconds for.
    const limits = { ...LIMITS, totalMs: 300_000 };
    for (const reason of await reasons(greedy, limits)) assert.match(reason, /too much memory|does not come to an end/);
  });

  it('reaches nothing outside of its realm', async () => {
    const escapes = [
      'this.constructor.constructor("return process")().pid',
      'thisComp.constructor.constructor("return process")().pid',
      'value.constructor.constructor("return process")().pid',
      '(function () {}).constructor("return 1")()',
      'thisLayer.effect.constructor("return 1")()',
      'new (Object.getPrototypeOf(function* () {}).constructor)("yield 1")',
      'process.exit()',
      'require("node:fs").readFileSync("/etc/passwd").length',
      'console.log(1)',
      'new Uint8Array(10).length',
      'WebAssembly.validate()',
      'Promise.resolve(1)',
      'Array.fromAsync([1])',
    ];
    for (const [at, reason] of (await reasons(escapes)).entries()) assert.notEqual(reason, '', escapes[at]);
    const loaders = ['import("node:fs")', '(async function () {})()', 'async () => 1'];
    for (const reason of await reasons(loaders)) assert.match(reason, /^it uses (import|async), which/);
  });

  it('does not change what the next one finds', async () => {
    const document = documentOf([
      layer(
        'spoiler',
        opacity('Array.prototype.push = Array.prototype.slice = Math.max = null; Object.prototype.k = 1; 10'),
      ),
      layer('leak', opacity('leaked = 5; time = 9; globalThis.left = 7; Object.assign(thisLayer, { index: 9 }); 20')),
      layer('engine', opacity('try { $engine.bake = null } catch (e) {} $engine = null; 30')),
      layer(
        'reader',
        opacity(
          'typeof leaked + typeof left + time + ({}).k + (index > 9) == "undefinedundefined0undefinedtrue" ? 1 : 2',
        ),
      ),
      ...subjects(),
    ]);
    const failed = await bake(document);
    // Where an object refuses the change, the one that tried it may fail; nobody else does.
    assert.ok(
      failed.every((one) => one.layer === 'leak'),
      JSON.stringify(failed),
    );
    assert.deepEqual(numbersAt(property(document, 'reader', 'o'), 0), [1]);
    assert.deepEqual(numbersAt(property(document, 'engine', 'o'), 0), [30]);
  });

  it('is told of by the reason that it gives', async () => {
    const table: readonly [string, RegExp][] = [
      ['throw new Error("no data\\nWARNING: x")', /^no data\nWARNING: x, at frame 0$/],
      ['throw null', /^null, at frame 0$/],
      ['throw {}', /no error/],
      ['time < 1 ? 1 : nothing.at.all', /nothing is not defined, at frame 10$/],
      ['1 +', /Unexpected token/],
      ['[1, 2]', /gives 2 numbers where 1 is needed/],
      ['0 / 0', /NaN, which is no number/],
      ['({ valueOf: function () { return 1; } })', /object, which is no number/],
      ['var a = 1;', /gives no value/],
      ['effect("None")(1)', /has no “ADBE Effect Parade”/],
      ['thisComp.layer("none")', /has no layer none/],
      ['value * [1, 2] * [3, 4]', /cannot be multiplied/],
      [`${'('.repeat(30_000)}1${')'.repeat(30_000)}`, /./],
      ['(function again() { return again(); })()', /call stack/],
      [`"${'x'.repeat(200_000)}"`, /longer than/],
    ];
    const given = await reasons(table.map(([expression]) => expression));
    for (const [at, [expression, wanted]] of table.entries())
      assert.match(given[at] ?? '', wanted, expression.slice(0, 80));
  });
});
