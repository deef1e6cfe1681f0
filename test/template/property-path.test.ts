import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { type PropertyBase, readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { projectModel } from '../../lib/template/from-project.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import type { TemplateLayer, TemplateModel } from '../../lib/template/model.ts';
import { findProperty } from '../../lib/template/property-path.ts';
import { SAMPLES } from '../support/engine.ts';
import { composition, group, header, matchName, solid, type WrittenLayer } from '../support/project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';
import { projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

/** The fault of a property of a layer, by names; fails where there is no such layer. */
function fault(model: TemplateModel, layerName: string, path: string): string | null {
  const layer = model.compositions.flatMap(({ layers }) => layers).find(({ name }) => name === layerName);
  assert.ok(layer, layerName);
  const found = findProperty(model, layer, path);
  return 'fault' in found ? found.fault : null;
}

/** A solid with two effects: one whose controls the project defines, and one that it says nothing of. */
function written(more: WrittenChunk[] = []): TemplateModel {
  const effect = (name: string) => list('sspc', [utf8Name('fnam', name), group([])]);
  const layer: WrittenLayer = {
    ...{ id: 7, name: 'box', layerClass: 0, sourceId: 1, parentId: 0, start: 0, in: 0, out: 1000 },
    ...{ stretch: 100, switches: 1, blendingMode: 2, trackMatte: 0 },
    properties: [
      matchName('ADBE Effect Parade'),
      group([matchName('ADBE Glow'), effect('Shine'), ...more]),
      matchName('ADBE Mask Parade'),
      group([matchName('ADBE Mask Atom'), group([])]),
    ],
  };
  const comp = composition({
    id: 2,
    name: 'main',
    width: 40,
    height: 30,
    frameRate: 25,
    duration: 1000,
    layers: [layer],
  });
  const definition = list('EfdG', [
    list('EfDf', [
      matchName('ADBE Glow'),
      list('sspc', [utf8Name('fnam', 'Glow'), list('parT', controls('Radius', 'Colour'))]),
    ]),
  ]);
  return projectModel(
    readProject(writeRifx([...header(), definition, list('Fold', [solid(1, 'White', 20, 10, [1, 1, 1]), comp])])),
    'aep',
  );
}

function utf8Name(wrapper: string, name: string): WrittenChunk {
  return list(wrapper, [utf8(name)]);
}

/** The first control of every effect is the layer itself. */
function controls(...names: string[]): WrittenChunk[] {
  return ['', ...names].flatMap((name, index) => {
    const data = fields(148, [[15, 'uint8', 10]]);
    data.set(Buffer.from(name, 'latin1'), 16);
    return [matchName(`ADBE Glow-000${index}`), chunk('pard', [...data])];
  });
}

describe('a property that a job names', () => {
  it('is refused where After Effects cannot have it, with the nearest name', () => {
    const model = written();
    const faults: [path: string, words: RegExp][] = [
      ['Opacty', /^Property 'Opacty' not found in layer 'box'; did you mean 'Opacity'\?/],
      ['Transform->Opacty', /'Opacty' not found in 'Transform' of layer 'box'; did you mean 'Opacity'\?/],
      ['Transfrom->Opacity', /'Transfrom' not found in layer 'box'; did you mean 'Transform'\?/],
      ['Effects->Shone->Radius', /did you mean 'Shine'\?/],
      ['Effects->Shine->Radus', /'Radus' not found in 'Shine' .* did you mean 'Radius'\?/],
      ['Masks->Mask 2->Mask Path', /did you mean 'Mask 1'\?/],
      ['Transform', /'Transform' of layer 'box' is a group and takes no value; there are 'Anchor Point'/],
      ['Effects->Shine', /is a group and takes no value/],
      ['Text->Source Text', /'Text' not found in layer 'box'/],
    ];
    for (const [path, words] of faults) assert.match(fault(model, 'box', path) ?? 'none', words, path);
  });

  it('is taken by display name or match name, alone or as a path, whether or not the project has it', () => {
    const paths = [
      'Opacity',
      'ADBE Opacity',
      'Transform->Opacity',
      'Transform -> X Position',
      'Transform->Z Rotation',
      'ADBE Transform Group->ADBE Scale',
      'Effects->Shine->Radius',
      'Effects->ADBE Glow->ADBE Glow-0002',
      'Colour',
      'Effects->Shine->Compositing Options->Effect Opacity',
      'Masks->Mask 1->Mask Feather',
      'Layer Styles->Drop Shadow->Distance',
      'Material Options->Casts Shadows',
    ];
    for (const path of paths) assert.equal(fault(written(), 'box', path), null, path);
  });

  it('is not refused where the layer may have it: an effect that the project does not define', () => {
    const unknown = [matchName('Vendor Effect'), list('sspc', [utf8Name('fnam', 'Vendor'), group([])])];
    const model = written(unknown);
    assert.equal(fault(model, 'box', 'Effects->Vendor->Anything'), null);
    assert.equal(fault(model, 'box', 'Anything'), null);
    assert.match(fault(model, 'box', 'Effects->Vendr->Anything') ?? '', /did you mean 'Vendor'/);
  });

  it('of a Lottie document is one of those that the bundled renderer shows, and no other', async () => {
    const { model } = await inspectTemplate(join(SAMPLES, 'invitation.json'));
    assert.equal(fault(model, 'accent', 'Effects->Fill->Color'), null);
    assert.equal(fault(model, 'accent', 'Opacity'), null);
    assert.match(fault(model, 'accent', 'Effects->Fill->Colour') ?? '', /did you mean 'Color'/);
    assert.match(fault(model, 'accent', 'Layer Styles->Drop Shadow->Distance') ?? '', /'Layer Styles' not found/);
  });

  it('is never refused of real projects where the project itself has it', { skip: skipWithoutProjects }, async () => {
    let count = 0;
    for (const file of projectFiles('.aep', '.aepx')) {
      const { model, paths } = await everyPath(file);
      for (const [layer, path] of paths) {
        assert.ok(!('fault' in findProperty(model, layer, path)), `${basename(file)}: ${layer.name}: ${path}`);
        count += 1;
      }
    }
    assert.ok(count > 2_000, `only ${count} properties`);
  });
});

/** Every property that a project has, by its path of names, with the layer of the model that has it. */
async function everyPath(file: string) {
  const bytes = await readFile(file);
  const project = file.endsWith('.aepx') ? readProjectXml(bytes) : readProject(bytes);
  const model = projectModel(project, 'aep');
  const paths: [layer: TemplateLayer, path: string][] = [];
  for (const [at, comp] of project.compositions.entries()) {
    for (const [index, layer] of comp.layers.entries()) {
      const of = model.compositions[at]?.layers[index];
      assert.ok(of);
      for (const path of pathsOf(layer.properties(), '')) paths.push([of, path]);
    }
  }
  return { model, paths };
}

function pathsOf(properties: readonly PropertyBase[], before: string): string[] {
  return properties.flatMap((property) => {
    const path = before === '' ? property.name : `${before}->${property.name}`;
    if (property.kind === 'group') return pathsOf(property.properties(), path);
    // The first control of an effect is the layer that it is on, which scripts do not see. A bare name is no path.
    return before === '' || property.matchName.endsWith('-0000') ? [] : [path];
  });
}
