import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Layer } from '../../lib/aep/layer.ts';
import { readProject } from '../../lib/aep/read-project.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

describe('the layers of the real projects', { skip: skipWithoutProjects }, () => {
  const compositions = (name: string) => readProject(readFileSync(join(aepFolder, name))).compositions;

  /** What each layer of `boltframe-Layer-01.aep` is there to show; the others have it otherwise, but for one in solo. */
  const SHOWN: [name: string, read: (layer: Layer) => unknown, value: unknown][] = [
    ['Transformations Collapsed', ({ switches }) => switches.collapseTransformation, true],
    ['Motion Blur', ({ switches }) => switches.motionBlur, true],
    ['Locked', ({ switches }) => switches.locked, true],
    ['Shy', ({ switches }) => switches.shy, true],
    ['Adjustment', ({ switches }) => switches.adjustmentLayer, true],
    ['3D', ({ switches }) => switches.threeD, true],
    ['Solo', ({ switches }) => switches.solo, true],
    ['Guide', ({ switches }) => switches.guideLayer, true],
    ['Pixel Motion', ({ switches }) => switches.frameBlending, 'PIXEL_MOTION'],
    ['Frame Mix', ({ switches }) => switches.frameBlending, 'FRAME_MIX'],
    ['Wireframe Quality', ({ switches }) => switches.quality, 'WIREFRAME'],
    ['Draft Quality', ({ switches }) => switches.quality, 'DRAFT'],
    ['BIcubic Sampling', ({ switches }) => switches.samplingQuality, 'BICUBIC'],
  ];

  for (const [name, read, value] of SHOWN) {
    it(`have the switch of "${name}", and the others have not`, () => {
      const [comp] = compositions('boltframe-Layer-01.aep');
      const having = comp?.layers.filter((layer) => read(layer) === value).map((layer) => layer.name);
      assert.deepEqual(having, name === 'Solo' ? ['Transformations Collapsed', name] : [name]);
    });
  }

  it('have the kinds that their sources and switches make of them', () => {
    const [benchmark] = compositions('lottie-Benchmark.aep');
    assert.deepEqual(
      benchmark?.layers.map(({ kind }) => kind),
      ['text', 'shape', 'shape', 'footage', 'solid'],
    );
    const [sound] = compositions('nexrender-bodymovin_sound_template.aep');
    assert.deepEqual(
      sound?.layers.map(({ name, kind }) => [name, kind]),
      [['Audio1.mp3', 'audio']],
    );
    const remap = compositions('lottie-TimeRemap.aep').find(({ name }) => name === 'TimeRemap');
    assert.deepEqual(new Set(remap?.layers.map(({ kind }) => kind)), new Set(['precomposition']));
    assert.equal(remap?.layers[0]?.source?.name, 'Orig');
  });

  it('are matted by the one that they name, or before After Effects 23 by the one above', () => {
    const [named] = compositions('lottie-Benchmark.aep');
    assert.equal(named?.layers[2]?.trackMatteLayer?.name, 'Shape Layer 2');
    const scan = compositions('lottie-MatteTimeStretch.aep').find(({ name }) => name === 'Scan');
    assert.equal(scan?.layers[2]?.trackMatteLayer?.name, 'mask');
    assert.equal(scan?.layers[3]?.trackMatteLayer, null);
  });

  it('have the markers of the layer and the composition, each with its time and comment', () => {
    const [comp] = compositions('lottie-RGBMarker.aep');
    const ofComp = comp?.markers().map(({ time, comment }) => [Math.round(time * comp.frameRate), comment]);
    assert.deepEqual(ofComp, [
      [0, 'Red Section'],
      [60, 'Green Section'],
      [120, 'Blue Section'],
    ]);
    const ofLayer = comp?.layers[0]?.markers.map(({ time, duration }) => [Math.round(time * comp.frameRate), duration]);
    assert.deepEqual(ofLayer, [
      [60, 0],
      [86, 0],
    ]);
  });
});
