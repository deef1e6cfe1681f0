import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type AnyNode, type Node, parse } from 'acorn';
import { ASSETS } from '../../lib/assets/asset.ts';
import { runtimeFor } from '../../lib/script/build.ts';

const lib = fileURLToPath(new URL('../../lib', import.meta.url));
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsx'));

/** Source: ECMA-262, third edition, 7.5: also what it reserved for the future. */
const RESERVED = new Set(
  `break case catch continue default delete do else finally for function if in instanceof new return switch this throw try
  typeof var void while with abstract boolean byte char class const debugger double enum export extends final float goto
  implements import int interface long native package private protected public short static super synchronized throws
  transient volatile null true false`.split(/\s+/),
);

function* nodesIn(node: Node): Generator<AnyNode> {
  yield node as AnyNode;
  for (const value of Object.values(node).flat()) {
    if (typeof value === 'object' && value !== null && 'type' in value) yield* nodesIn(value);
  }
}

/** The name of a property that is written as a word. */
function wordOf(node: AnyNode): string | null {
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier')
    return node.property.name;
  if (node.type === 'Property' && node.key.type === 'Identifier') return node.key.name;
  return null;
}

describe('the runtime of scripts', () => {
  it('is ES3 and ASCII in every file', () => {
    assert.ok(files.length > 5);
    for (const file of files) {
      const text = readFileSync(join(lib, file), 'utf8');
      assert.doesNotThrow(() => parse(text, { ecmaVersion: 3 }), file);
      assert.match(text, /^[\n\x20-\x7e]*$/, file);
    }
  });

  it('names nothing by a reserved word, and puts each conditional inside of another into parentheses', () => {
    for (const file of files) {
      const text = readFileSync(join(lib, file), 'utf8');
      for (const node of nodesIn(parse(text, { ecmaVersion: 3, preserveParens: true }))) {
        const name = wordOf(node);
        assert.ok(name === null || !RESERVED.has(name), `${file}: ${name}`);
        // ExtendScript takes the first two parts of a chained conditional together.
        if (node.type !== 'ConditionalExpression') continue;
        for (const part of [node.test, node.consequent, node.alternate])
          assert.notEqual(part.type, 'ConditionalExpression', `${file}: ${text.slice(part.start, part.end)}`);
      }
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
    for (const type of types) assert.match(runtimeFor([type]), new RegExp(`STEPS(\\.${type}|\\['${type}'\\]) = `));
  });
});
