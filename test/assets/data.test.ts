import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AssetPlace } from '../../lib/assets/asset-type.ts';
import { data } from '../../lib/assets/data.ts';
import type { TemplateLayer, TemplateModel, TemplateProperty } from '../../lib/template/model.ts';

const EFFECTS: Record<string, TemplateProperty[]> = {
  'ADBE Fill': [
    { name: 'Color', matchName: 'ADBE Fill-0002', takes: { kind: 'color' } },
    { name: 'Opacity', matchName: 'ADBE Fill-0005', takes: { kind: 'number' } },
    { name: 'Invert', matchName: 'ADBE Fill-0003', takes: { kind: 'checkbox' } },
    { name: 'Mode', matchName: 'ADBE Fill-0006', takes: { kind: 'menu', options: 3 } },
    { name: 'Glanz-Ü', matchName: 'ADBE Fill-0007' },
  ],
};

function placeOf(more: Partial<TemplateModel> = {}, layerMore: Partial<TemplateLayer> = {}): AssetPlace {
  const fill = { name: 'Fill', matchName: 'ADBE Fill' };
  const effects = { name: 'Effects', matchName: 'ADBE Effect Parade', properties: [fill] };
  const layer = { name: 'box', kind: 'solid', switches: [], properties: [effects], sourceId: null, ...layerMore };
  const model = { type: 'aep', effects: EFFECTS, footage: [], compositions: [], expressionEngine: 'javascript-1.0' };
  return {
    model: { ...model, ...more } as unknown as TemplateModel,
    renderer: 'after-effects',
    composition: undefined,
    compositionName: undefined,
    target: { layerName: 'box' },
    layers: [{ target: { layerName: 'box' }, layer: layer as unknown as TemplateLayer }],
  };
}

type Asset = Parameters<typeof data.step>[0];
const asset = (property: string, more: object): Asset =>
  ({ type: 'data', layerName: 'box', property, ...more }) as Asset;

/** The fault of a value, or `taken`. */
function outcome(property: string, more: object, place = placeOf()): string {
  const step = data.step(asset(property, more), place);
  return 'code' in step ? `${step.code} ${step.message}` : 'taken';
}

/** The path that the script gets. */
function pathOf(property: string): string {
  const step = data.step(asset(property, { value: 1 }), placeOf());
  return 'code' in step ? String(step.message) : step.property;
}

describe('the value of a data asset', () => {
  it('is refused if the property takes another form, or another range, and the message says which', () => {
    const color = "value: property 'Color' takes [r, g, b] or [r, g, b, a], each from 0 to 1";
    for (const [property, value, message] of [
      ['Effects->Fill->Color', 'F8D13F', color],
      ['Effects->Fill->Color', [255, 0, 0], color],
      ['Effects->Fill->Color', [1, 0], color],
      ['Transform->Opacity', '12,5', "value: property 'Opacity' takes a number from 0 to 100"],
      ['Transform->Opacity', 101, "value: property 'Opacity' takes a number from 0 to 100"],
      ['Transform->Opacity', -1, "value: property 'Opacity' takes a number from 0 to 100"],
      ['Scale', 50, "value: property 'Scale' takes an array of 2 or 3 numbers"],
      ['Position', '10,20', "value: property 'Position' takes an array of 2 or 3 numbers"],
      ['Effects->Fill->Opacity', [1], "value: property 'Opacity' takes a number"],
      ['Invert', 2, "value: property 'Invert' takes true or false"],
      ['Mode', 4, "value: property 'Mode' takes the number of an entry, from 1 to 3"],
    ] as const)
      assert.equal(outcome(property, { value }), `VALIDATION_ERROR ${message}`);
  });

  it('is taken in every form that the property takes, and as it is if that is not known', () => {
    for (const [property, value] of [
      ['Effects->Fill->Color', [1, 0, 0.5]],
      ['ADBE Fill-0002', [1, 0, 0.5, 1]],
      ['Opacity', 0],
      ['Transform->Opacity', 100],
      ['Scale', [50, 50]],
      ['Position', [1, 2, 3]],
      ['Invert', true],
      ['Mode', 3],
      ['Glanz-Ü', 'anything'],
    ] as const)
      assert.equal(outcome(property, { value }), 'taken', property);
  });

  it('is refused for what After Effects shows only of layers in 3D', () => {
    const hidden = /^PROPERTY_NOT_FOUND property: 'X Rotation' of layer 'box' is hidden, since the layer is not in 3D/;
    assert.match(outcome('X Rotation', { value: 5 }), hidden);
    assert.equal(outcome('X Rotation', { value: 5 }, placeOf({}, { switches: ['3d'] })), 'taken');
    assert.equal(outcome('Rotation', { value: 5 }), 'taken');
  });
});

describe('a property that After Effects gives every layer', () => {
  const text = { kind: 'text' as const, properties: [] };
  const LEFT_OUT = [
    'Marker',
    'Layer Styles->Drop Shadow->Opacity',
    'Material Options->Casts Shadows',
    'Audio Levels',
    'Text->More Options->Grouping Alignment',
    'Appears in Reflections',
  ];

  it('is refused if the bundled renderer is to set it and does not draw it', () => {
    const place = { ...placeOf({}, text), renderer: 'bundled' as const };
    for (const property of LEFT_OUT)
      assert.match(outcome(property, { value: 1 }, place), /^PROPERTY_NOT_FOUND .* render the job with After Effects$/);
    for (const [property, value] of [
      ['Anchor Point', [1, 2]],
      ['Rotation', 5],
      ['Source Text', 'new'],
    ] as const)
      assert.equal(outcome(property, { value }, place), 'taken', property);
    for (const property of LEFT_OUT)
      assert.notEqual(outcome(property, { value: 1 }, placeOf({}, text)).slice(0, 18), 'PROPERTY_NOT_FOUND', property);
  });
});

describe('the expression of a data asset', () => {
  it('is refused if it is no JavaScript, where expressions are JavaScript', () => {
    assert.match(outcome('Opacity', { expression: 'wiggle(1,' }), /^VALIDATION_ERROR expression: is no JavaScript: /);
    assert.equal(outcome('Opacity', { expression: 'a = wiggle(1, 2); a' }), 'taken');
    const older = placeOf({ expressionEngine: 'extendscript' });
    assert.equal(outcome('Opacity', { expression: 'if (true) 1 else 2' }, older), 'taken');
    assert.match(outcome('Opacity', { expression: 'if (true) 1 else 2' }), /is no JavaScript/);
  });
});

describe('the property of a data asset', () => {
  it('may be written with dots, as nexrender writes it, if that means one place', () => {
    assert.equal(pathOf('Effects.Fill.Mode'), 'Effects->Fill->Mode');
    assert.match(pathOf('Effects.Fill.Moed'), /not found .*; write a path with arrows: Effects->Fill->Moed$/);
  });

  it('says how the looks of a text are set', () => {
    const text = placeOf({}, { kind: 'text', properties: [] });
    assert.match(
      outcome('Source Text.font', { value: 'Inter' }, text),
      /'font' of a text is set by the function nx:text-params-set$/,
    );
  });

  it('is found by a name that writes its accents otherwise, and goes to the script as the template writes it', () => {
    assert.equal(pathOf('Glanz-Ü'.normalize('NFD')), 'Glanz-Ü'.normalize('NFC'));
    assert.equal(
      pathOf(`Effects->Fill->${'Glanz-Ü'.normalize('NFD')}`),
      `Effects->Fill->${'Glanz-Ü'.normalize('NFC')}`,
    );
  });
});
