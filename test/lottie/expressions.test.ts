import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bake, documentOf, layer, moving, numbersAt, property, subjects } from '../support/expression-document.ts';

/** An expression of an opacity or a position, and what it gives by frame (a tenth of a second each). */
type Row = readonly [expression: string, ...values: readonly (readonly [frame: number, value: number | number[]])[]];

const at0 = (value: number | number[]) => [0, value] as const;

const LANGUAGE: readonly Row[] = [
  ['time * 10', [0, 0], [5, 5], [20, 20]],
  ['value / 2', at0(50)],
  ['var x = 3; x * 2', at0(6)],
  ['x = 4; y = x + 1; y', at0(5)],
  ['if (time > 1) { 80 } else { 20 }', [10, 20], [11, 80]],
  ['let sum = 0; for (let i = 0; i < 4; i += 1) sum += i; sum', at0(6)],
  ['function twice(n) { n = n * 2; return n; } twice(21)', at0(42)],
  ['var $bm_rt;\n$bm_rt = $bm_mul(time, 10);', [5, 5]],
  ['var $bm_rt; try { nothing(); } catch (e$$4) { $bm_rt = value = value; }', at0(100)],
  ['switch (Math.floor(time)) { case 0: 10; break; case 1: 30; break; default: 60 }', [9, 10], [10, 30], [20, 60]],
  ['var $bm_rt; $bm_rt = $bm_isInstanceOfArray($bm_transform.position) ? 3 : 4;', at0(3)],
  ['"12.5"', at0(12.5)],
  ['true', at0(1)],
];

/** What After Effects' older engine takes as well. */
const OLDER_ENGINE: readonly Row[] = [
  ['if (time > 1) 80 else 20', [10, 20], [11, 80]],
  ['if (time > 1.5) 80 else if (time > 1) 40 else 20', [10, 20], [11, 40], [16, 80]],
  ['a = 3\nb = a + 1\nb * 2', at0(8)],
  ['with (Math) { round(2.4) + 1 }', at0(3)],
  ['010 + 1', at0(9)],
  ['x = 1; if (x) { y = 2 } y + 1', at0(3)],
  ['this_comp.num_layers > 0 ? 7 : 0', at0(7)],
  ['this_layer.in_point + 1', at0(1)],
  ['var in_point = 5; in_point + 1', at0(6)],
  ['o = {in_point: 1}; o.in_point += 2; o.in_point', at0(3)],
  ['value_at_time(0) / 4', at0(25)],
  ['this.index - thisLayer.index', at0(0)],
  ['this("Transform")("Opacity").numKeys', at0(0)],
];

/** What is written anew must stay what it was. */
const SYNTAX: readonly Row[] = [
  [
    'var o = { a: 1, get b() { return this.a + 1; }, c(n) { return n - 1; } }; var a = o.a; ({ a }).a + o.b + o.c(4)',
    at0(6),
  ],
  ['class P { #n = 1; add(n) { this.#n += n; return this.#n; } } new P().add(4)', at0(5)],
  ['var s = `\x24{1 + 1}\x24{"a" + 1}`; s.length', at0(3)],
  ['a = 2; a **= 3; a -= -1; a', at0(9)],
  ['var i = 0; for (;;) { if (i++ > 3) break; } i', at0(5)],
  ['var n = 0; outer: for (var k = 0; k < 3; k++) { for (;;) { n += k; continue outer; } } n', at0(3)],
  ['var [p, q = 4] = [1]; p + q', at0(5)],
  ['({ x: { y }, ...rest } = { x: { y: 8 }, z: 1 }); y + rest.z', at0(9)],
  ['"use strict"; 7', at0(7)],
  ['5 // five', at0(5)],
  ['/* a */ 5 /* b */', at0(5)],
  ['-value + 130 - -1', at0(31)],
  ['a = [1, 2, 3]; a.length -= 1; a.length', at0(2)],
  ['x = y = 5; x + y', at0(10)],
  ['typeof nothing === "undefined" ? 3 : 4', at0(3)],
  ['do x = 1; while (x < 1)', at0(1)],
  ['if (!0) 5\nelse 6', at0(5)],
  ['(function () { return 5; })()', at0(5)],
  ['var f = (a, b = a + 1) => a * b; f(2)', at0(6)],
  ['"a" in { a: 1 } && [] instanceof Array ? 1 : 0', at0(1)],
  ['null ?? (0 || 4)', at0(4)],
  ['function f(n) { n = n + 1; return n; }\nn = 5; f(1) + n', at0(7)],
  ['"a1b22".replace(/[a-z]/g, "").length', at0(3)],
  ['(1, 2) + (3 * (4 - 2))', at0(8)],
];

const VECTORS: readonly Row[] = [
  ['value + [10, 20]', at0([60, 70])],
  ['value * 2 - [1, 1]', at0([99, 99])],
  ['[10, 20] / 2', at0([5, 10])],
  ['-value', at0([-50, -50])],
  ['p = value; p += [1, 2]; p', at0([51, 52])],
  ['a = [1, 2]; a[0] += 5; a', at0([6, 2])],
  ['$bm_sum(value, $bm_neg([1, 2]))', at0([49, 48])],
  ['[length([3, 4]), length([1, 1], [4, 5])]', at0([5, 5])],
  ['normalize([0, 5])', at0([0, 1])],
  ['[dot([1, 2], [3, 4]), cross([1, 0, 0], [0, 1, 0])[2]]', at0([11, 1])],
  ['clamp([-5, 500], 0, 100)', at0([0, 100])],
  ['[value[0], 10 % 4]', at0([50, 2])],
];

const FUNCTIONS: readonly Row[] = [
  ['linear(time, 0, 2, 0, 100)', [10, 50], [20, 100]],
  ['linear(time, 1, 0)', [0, 1], [5, 0.5], [20, 0]],
  ['linear(time, 2, 0, 100, 0)', [5, 25]],
  ['ease(time, 0, 2, 0, 100)', [0, 0], [10, 50], [20, 100], [5, 15.625]],
  ['easeIn(time, 0, 2, 0, 100) < linear(time, 0, 2, 0, 100)', [5, 1]],
  ['easeOut(time, 0, 2, 0, 100) > linear(time, 0, 2, 0, 100)', [15, 1]],
  ['degreesToRadians(180) * 100', at0(314.1593)],
  ['radiansToDegrees(Math.PI)', at0(180)],
  ['rgbToHsl([0, 1, 0, 1])[0] * 360', at0(120)],
  ['hslToRgb([0.5, 1, 0.5, 1])[2]', at0(1)],
  ['hexToRgb("#ff8000")[0]', at0(1)],
  ['timeToFrames()', [7, 7]],
  ['framesToTime(15)', at0(1.5)],
  ['posterizeTime(2); time', [4, 0], [5, 0.5], [9, 0.5]],
];

const OBJECTS: readonly Row[] = [
  ['thisComp.layer("control").effect("Size")("Value")', at0(40)],
  ['thisComp.layer("control").effect(1)(1) * 2', at0(80)],
  ['thisComp("control")("Effects")("Size").param("Value").value', at0(40)],
  ['thisComp.layer("control").effect("Off")("Value") ? 10 : 20', at0(20)],
  ['thisComp.layer("control").effect("Size")(1) === 40 ? 1 : 2', at0(1)],
  ['thisComp.layer("control").effect("Tint")("Value")[0]', at0(1)],
  ['thisComp.layer("mover").opacity', [0, 0], [5, 50], [20, 100]],
  ['thisComp.layer("mover").transform.position[0]', [5, 50]],
  ['thisComp.layer("mover").position.valueAtTime(time - 0.2)[0]', [5, 30]],
  ['thisComp.layer("mover").position.velocityAtTime(0.5)[1]', at0(50)],
  ['thisComp.layer("mover").opacity.speedAtTime(0.5)', at0(100)],
  ['thisComp.layer("mover").opacity.key(2).time', at0(1)],
  ['thisComp.layer("mover").opacity.nearestKey(0.7).index', at0(2)],
  ['thisComp.layer("mover").opacity.numKeys', at0(2)],
  ['thisComp.layer(thisComp.layer("control"), 1).name == "mover" ? 1 : 0', at0(1)],
  ['thisComp.layer("drawn").content("Badge").content("Line").strokeWidth', at0(7)],
  ['thisComp.layer("drawn").content("Badge").transform.position[1]', at0(4)],
  ['thisComp.layer("drawn").content("Badge").content("Edge").path.points()[1][0]', at0(10)],
  ['thisComp.layer("drawn").content("Badge").content("Edge").path.pointOnPath(0.5)[0]', at0(10)],
  ['thisComp.layer("drawn").content("Badge").content("Edge").path.tangentOnPath(0.1)[0]', at0(1)],
  ['thisComp.layer("drawn").content("Badge").content("Edge").path.normalOnPath(0.1, 0)[1]', at0(1)],
  ['thisComp.layer("title").text.sourceText.length', at0(3)],
  ['thisComp.layer("title").text.sourceText == "Ada" ? 1 : 0', at0(1)],
  ['thisComp.width + thisComp.height + thisComp.duration', at0(302.1)],
  ['1 / thisComp.frameDuration', at0(10)],
  ['comp("main").numLayers === thisComp.numLayers', at0(1)],
  ['thisComp.marker.key(1).time + thisComp.marker.key("go").duration', at0(0.7)],
  ['inPoint + outPoint + startTime', at0(2.1)],
  ['hasParent ? 1 : 0', at0(0)],
  ['thisProperty.propertyGroup(1)("Scale")[0]', at0(100)],
];

const SPACES: readonly Row[] = [
  ['thisComp.layer("turned").toComp([10, 0])', at0([100, 20])],
  ['thisComp.layer("turned").fromComp([100, 20])', at0([10, 0])],
  ['thisComp.layer("turned").toCompVec([10, 0])', at0([0, 20])],
  ['thisComp.layer("mover").toWorld(thisComp.layer("mover").anchorPoint)', [5, [50, 25]]],
];

/** On a property that goes from 0 to 100 in the first second. */
const LOOPS: readonly Row[] = [
  ['loopOut()', [5, 50], [12, 20], [20, 0]],
  ['loopOut("pingpong")', [12, 80], [20, 0]],
  ['loopOut("offset")', [12, 120]],
  ['loopOut("continue")', [15, 150]],
  ['loopOutDuration("cycle", 0.5)', [12, 70], [15, 50]],
  ['loopOut("cycle", 1)', [12, 20]],
  ['loopIn("cycle")', [5, 50]],
  ['value', [5, 50], [15, 100]],
  ['valueAtTime(0.3)', [9, 30]],
  ['velocity', [5, 100], [15, 0]],
  ['numKeys + key(1).value + key(2)', at0(102)],
  ['smooth(0.2, 5)', [5, 50]],
];

async function assertRows(rows: readonly Row[], key: string, value?: object): Promise<void> {
  const layers = rows.map(([x], row) => {
    const before = value ?? { a: 0, k: key === 'p' ? [50, 50, 0] : 100 };
    return layer(`row ${row}`, { [key]: { ...structuredClone(before), x } });
  });
  const markers = [{ tm: 2, cm: 'go', dr: 5 }];
  const document = documentOf([...layers, ...subjects()], { markers });
  assert.deepEqual(await bake(document), []);
  for (const [row, [expression, ...values]] of rows.entries()) {
    for (const [frame, wanted] of values) {
      const given = numbersAt(property(document, `row ${row}`, key), frame);
      const seen = [wanted].flat();
      assert.deepEqual(given.slice(0, seen.length), seen, `${expression} at frame ${frame}`);
    }
  }
}

describe('an expression', () => {
  it('is JavaScript whose last value counts, or what Bodymovin made of it', () => assertRows(LANGUAGE, 'o'));
  it('may be written in any JavaScript', () => assertRows(SYNTAX, 'o'));
  it('may be written for the older engine of After Effects', () => assertRows(OLDER_ENGINE, 'o'));
  it('reckons with vectors by plain operators', () => assertRows(VECTORS, 'p'));
  it('has the functions of After Effects', () => assertRows(FUNCTIONS, 'o'));
  it('reads layers, effects, shapes, texts, markers and compositions', () => assertRows(OBJECTS, 'o'));
  it('goes from the space of a layer to that of its composition', () => assertRows(SPACES, 'p'));
  it('repeats keyframes', () => assertRows(LOOPS, 'o', moving([0], [100])));
});
