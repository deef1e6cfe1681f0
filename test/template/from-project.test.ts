import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { projectModel } from '../../lib/template/from-project.ts';
import { composition, header } from '../support/project-writer.ts';
import { list, writeRifx } from '../support/rifx-writer.ts';

const TEN_SECONDS = { id: 3, name: 'main', width: 64, height: 36, frameRate: 25, duration: 10_000, layers: [] };

function modelOf(start: number, frameCount: 0 | 1 | 2) {
  const items = [composition({ ...TEN_SECONDS, start })];
  return projectModel(readProject(writeRifx([...header(0, frameCount), list('Fold', items)])), 'aep');
}

describe('the model of a project', () => {
  it('has the number of the first frame as aerender counts it', () => {
    const startFrame = (start: number, frameCount: 0 | 1 | 2 = 0) =>
      modelOf(start, frameCount).compositions[0]?.startFrame;
    assert.deepEqual([startFrame(0), startFrame(4000), startFrame(-2000)], [0, 100, -50]);
    assert.deepEqual([startFrame(0, 1), startFrame(4000, 1), startFrame(4000, 2)], [1, 101, 100]);
  });

  it('has the version that wrote the project, apart from its words', () => {
    assert.deepEqual(modelOf(0, 0).version, { major: 23, minor: 5, patch: 0 });
    assert.equal(modelOf(0, 0).writtenBy, 'After Effects 23.5x52');
  });
});
