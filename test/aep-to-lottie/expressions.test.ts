import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { compositionDifferences } from '../../lib/aep-to-lottie/index.ts';
import { parts } from '../support/layer-writer.ts';
import { composition, group, header, numbers, property, solid } from '../support/project-writer.ts';
import { list, utf8, writeRifx } from '../support/rifx-writer.ts';

/** What is said of a layer whose opacity has this expression. */
function differences(expression: string) {
  const opacity = property(1, false, [numbers([1]), utf8(expression)]);
  const properties = parts({ 'ADBE Transform Group': group(parts({ 'ADBE Opacity': opacity })) });
  const layer = {
    ...{ id: 1, name: 'badge', layerClass: 0, sourceId: 7, parentId: 0, start: 0, in: 0, out: 1000, stretch: 100 },
    ...{ switches: 0b101, blendingMode: 2, trackMatte: 0, properties },
  };
  const size = { width: 64, height: 36, frameRate: 25, duration: 1000 };
  const comp = composition({ id: 3, name: 'main', ...size, layers: [layer] });
  const project = readProject(writeRifx([...header(), list('Fold', [solid(7, 'square', 20, 20, [0, 0, 1]), comp])]));
  const [main] = project.compositions;
  const [badge] = main?.layers ?? [];
  assert.ok(main !== undefined && badge !== undefined);
  return compositionDifferences(main)(badge);
}

describe('an expression of a project', () => {
  it('is reported before a render if it cannot be read, and is no reason to refuse it', () => {
    const [broken, ...more] = differences('value +');
    assert.match(broken?.what ?? '', /^the expression of Opacity \(ks\.o\) is not evaluated \(it is no JavaScript: /);
    assert.equal(broken?.visible, false);
    assert.deepEqual(more, []);
  });

  it('is not reported if After Effects can read it, in either of its engines', () => {
    assert.deepEqual(differences('value * 2'), []);
    assert.deepEqual(differences('if (time > 1) 100 else 50'), []);
  });
});
