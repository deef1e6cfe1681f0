import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveAssets } from '../../lib/assets/layers.ts';
import type { TemplateModel } from '../../lib/template/model.ts';
import { accepted } from '../support/parsed-jobs.ts';

const UMLAUT = 'Überschrift';

function model(compositions: Record<string, string[]>): TemplateModel {
  const layers = (names: string[]) =>
    names.map((name, index) => ({ name, index: index + 1, kind: 'text', sourceId: null }));
  const list = Object.entries(compositions).map(([name, names], id) => ({
    ...{ id, name, frames: 250, frameRate: 25, layers: layers(names), controls: [] },
  }));
  return { type: 'aep', complete: true, compositions: list, footage: [] } as unknown as TemplateModel;
}

const LIMITS = { renderer: 'after-effects', allowScripts: false } as const;

function resolve(template: TemplateModel, composition: string, ...assets: object[]) {
  return resolveAssets(template, LIMITS, { composition, frames: null, assets: accepted({ assets }).assets });
}

const text = (layerName: string, more: object = {}) => ({ type: 'text', layerName, value: 'x', ...more });

describe('the layers that assets name', () => {
  it('are found by names that write their accents otherwise, and the script gets the names of the template', () => {
    for (const [written, template] of [
      [UMLAUT.normalize('NFC'), UMLAUT.normalize('NFD')],
      [UMLAUT.normalize('NFD'), UMLAUT.normalize('NFC')],
    ] as const) {
      const { faults, steps } = resolve(
        model({ [template]: [template] }),
        written,
        text(written, { composition: written }),
      );
      assert.deepEqual(faults, []);
      assert.deepEqual(steps, [{ asset: 0, type: 'text', layerName: template, composition: template, value: 'x' }]);
    }
  });

  it('are those of exactly this name if there are some', () => {
    const both = model({ main: [UMLAUT.normalize('NFD'), UMLAUT.normalize('NFC')] });
    const [step] = resolve(both, 'main', text(UMLAUT.normalize('NFC'))).steps;
    assert.equal(step !== undefined && 'layerName' in step && step.layerName, UMLAUT.normalize('NFC'));
  });

  it('that are in another composition are refused with its name', () => {
    const template = model({ main: ['title'], intro: ['headline'], outro: ['headline'] });
    const { faults } = resolve(template, 'main', text('headline'));
    assert.deepEqual(faults, [
      {
        code: 'LAYER_NOT_FOUND',
        message:
          "assets[0].layerName: Layer 'headline' not found in composition 'main'; composition 'intro' has one: name it in the asset's key composition",
      },
    ]);
  });
});
