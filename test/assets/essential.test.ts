import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { type PanelValue, resolveField } from '../../lib/assets/essential.ts';
import { projectModel } from '../../lib/template/from-project.ts';
import { panelProject } from '../support/panel-project.ts';
import { fc } from '../support/property.ts';

const model = projectModel(readProject(panelProject()), 'aep');
const [main, other] = model.compositions;
assert.ok(main !== undefined && other !== undefined);

const resolve = (layerName: string, value: PanelValue['value']) => resolveField(model, main, { layerName, value });

describe('a field of the Essential Graphics panel', () => {
  it('is read from a project, with its groups and its options', () => {
    assert.equal(model.complete, true, model.warnings.join());
    assert.deepEqual(
      main.controls.map(({ name, type }) => `${name} (${type})`),
      [
        'Words.Title (text)',
        'Words.v. 2 (text)',
        'Shown (checkbox)',
        'Style (dropdown)',
        'Colour (color)',
        'Place (point)',
        'Opacity (slider)',
        'Logo (media)',
        'Note (comment)',
      ],
    );
    assert.deepEqual(main.controls[3]?.options, ['plain', 'bold']);
    assert.deepEqual(other.controls, []);
  });

  it('is found by its name with its groups; with arrows where a name has dots', () => {
    const path = ['ADBE Text Properties', 'ADBE Text Document'].map((matchName) => ({ matchName, index: null }));
    const title = { target: { compId: 5, layerId: 11, path }, value: 'x' };
    for (const name of ['Words.Title', 'Words->Title', 'Words -> Title', 'Words->v. 2', 'Words.v. 2'])
      assert.deepEqual(resolve(name, 'x'), title, name);
  });

  it('takes what its property takes', () => {
    const taken: [name: string, value: PanelValue['value'], set: unknown][] = [
      ['Words.Title', 5, '5'],
      ['Shown', true, 1],
      ['Shown', false, 0],
      ['Shown', 1, 1],
      ['Style', 2, 2],
      ['Style', 'bold', 2],
      ['Colour', [1, 0.5, 0], [1, 0.5, 0]],
      ['Colour', '#ff0000', [1, 0, 0]],
      ['Place', [40, -20], [40, -20]],
      ['Opacity', 12.5, 12.5],
    ];
    for (const [name, value, set] of taken) {
      const resolved = resolve(name, value);
      assert.ok('value' in resolved, JSON.stringify(resolved));
      assert.deepEqual(resolved.value, set);
    }
  });

  it('refuses what it cannot take, and says what it takes', () => {
    const refused: [name: string, value: PanelValue['value'], code: string, words: RegExp][] = [
      ['Words.Titel', 'x', 'LAYER_NOT_FOUND', /field 'Words\.Titel' not found.*did you mean 'Words\.Title'\?/],
      ['Title', 'x', 'LAYER_NOT_FOUND', /there are 'Words\.Title'/],
      ['Words', 'x', 'LAYER_NOT_FOUND', /'Words' not found/],
      ['Words.Title', true, 'VALIDATION_ERROR', /field 'Words\.Title' is a text and takes a text/],
      ['Shown', 2, 'VALIDATION_ERROR', /is a checkbox and takes true or false/],
      ['Style', 'italic', 'VALIDATION_ERROR', /takes one of 'plain', 'bold', or its number from 1/],
      ['Style', 3, 'VALIDATION_ERROR', /takes one of/],
      ['Style', 1.5, 'VALIDATION_ERROR', /takes one of/],
      ['Colour', 'red', 'VALIDATION_ERROR', /takes \[r, g, b\] from 0 to 1, or #rrggbb/],
      ['Colour', [255, 0, 0], 'VALIDATION_ERROR', /takes \[r, g, b\]/],
      ['Place', 5, 'VALIDATION_ERROR', /takes an array of 2 or 3 numbers/],
      ['Opacity', '50', 'VALIDATION_ERROR', /is a slider and takes a number/],
      ['Logo', 'a.png', 'ASSET_LAYER_MISMATCH', /use an asset of type image or video on its layer 'box'/],
      ['Note', 'x', 'ASSET_LAYER_MISMATCH', /is a comment and takes no value/],
    ];
    for (const [name, value, code, words] of refused) {
      const resolved = resolve(name, value);
      assert.ok('fault' in resolved, `${name}: ${JSON.stringify(resolved)}`);
      assert.equal(resolved.fault.code, code);
      assert.match(resolved.fault.message, words);
    }
    const elsewhere = resolveField(model, other, { layerName: 'Shown', value: true });
    assert.match(JSON.stringify(elsewhere), /panel of composition 'other'; there are none/);
  });

  it('is found or not, whatever it is called, and never half', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.double(), { minLength: 2, maxLength: 4 }),
    );
    const name = fc.oneof(fc.constantFrom(...main.controls.map((control) => control.name)), fc.string());
    fc.assert(
      fc.property(name, value, (layerName, wanted) => {
        const resolved = resolve(layerName, wanted);
        if ('fault' in resolved) assert.ok(resolved.fault.message.includes("field '"));
        else assert.ok(typeof resolved.value !== 'boolean' && resolved.target.layerId > 10);
      }),
    );
  });
});
