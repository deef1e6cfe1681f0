import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { displayName, displayNames, matchNamesOf } from '../../lib/aep/display-names.ts';
import type { LayerKind } from '../../lib/aep/layer-data.ts';
import type { PropertyBase } from '../../lib/aep/property-group.ts';
import { readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { FAMILIES, standardChildren, standardGroups } from '../../lib/aep/standard-properties.ts';
import { projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

const KINDS: readonly LayerKind[] = [
  'text',
  'footage',
  'solid',
  'shape',
  'null',
  'camera',
  'light',
  'adjustment',
  'precomposition',
  'audio',
];

function childrenOf(matchName: string): readonly string[] {
  const standard = standardChildren(matchName);
  assert.equal(standard.kind, 'fixed', matchName);
  return standard.kind === 'fixed' ? standard.children : [];
}

describe("After Effects' own properties", () => {
  it('are those of the kind of layer', () => {
    assert.deepEqual(standardGroups('camera'), ['ADBE Marker', 'ADBE Transform Group', 'ADBE Camera Options Group']);
    assert.deepEqual(
      KINDS.filter((kind) => standardGroups(kind).includes('ADBE Text Properties')),
      ['text'],
    );
    assert.deepEqual(
      KINDS.filter((kind) => standardGroups(kind).includes('ADBE Root Vectors Group')),
      ['shape'],
    );
    assert.deepEqual(
      KINDS.filter((kind) => !standardGroups(kind).includes('ADBE Effect Parade')),
      ['camera', 'light'],
    );
    // As many as After Effects counts.
    assert.equal(standardGroups('text').length, 10);
    assert.equal(standardGroups('shape').length, 10);
    assert.equal(standardGroups('solid').length, 15);
  });

  it('are there whether or not a project has them', () => {
    assert.deepEqual(childrenOf('ADBE Mask Atom'), [
      'ADBE Mask Shape',
      'ADBE Mask Feather',
      'ADBE Mask Opacity',
      'ADBE Mask Offset',
    ]);
    assert.equal(childrenOf('ADBE Transform Group').length, 12);
    assert.equal(childrenOf('ADBE Layer Styles').length, 11);
    assert.equal(childrenOf('ADBE Vector Materials Group').length, 48);
    assert.ok(childrenOf('ADBE Vector Materials Group').includes('ADBE Vec3D Bevel Gloss'));
    assert.ok(childrenOf('ADBE Vector Graphic - G-Stroke').includes('ADBE Vector Stroke Wave'));
    for (const time of ['ADBE Vector Temporal Freq', 'ADBE Vector Correlation'])
      assert.ok(childrenOf('ADBE Vector Filter - Roughen').includes(time));
  });

  it('do not include what a user adds', () => {
    for (const matchName of [
      'ADBE Effect Parade',
      'ADBE Mask Parade',
      'ADBE MTrackers',
      'ADBE Root Vectors Group',
      'ADBE Vectors Group',
      'ADBE Text Animators',
      'ADBE Text Selectors',
      'ADBE Effect Mask Parade',
    ])
      assert.deepEqual(standardChildren(matchName), { kind: 'indexed' }, matchName);
  });

  it('end at what is no group', () => {
    for (const matchName of [
      'ADBE Opacity',
      'ADBE Marker',
      'ADBE Time Remapping',
      'dropShadow/color',
      'ADBE Text Blur',
    ])
      assert.deepEqual(standardChildren(matchName), { kind: 'property' }, matchName);
  });

  it('leave open what is not known', () => {
    for (const matchName of [
      'ADBE Fill',
      'ADBE Fill-0002',
      'ADBE Layer Overrides',
      'ADBE Data Group',
      'ADBE Text Animator Properties',
      'ADBE3D Para Mat Parade',
      'constructor',
      '__proto__',
      '',
    ])
      assert.deepEqual(standardChildren(matchName), { kind: 'unknown' }, matchName);
  });

  it('are written down once, under names that lead to them', () => {
    const groups = FAMILIES.flatMap(({ fixed, indexed, open }) => [fixed, indexed, open]).flatMap(Object.keys);
    assert.equal(new Set(groups).size, groups.length);
    assert.deepEqual(
      groups.filter((matchName) => displayNames(matchName).length === 0),
      [],
    );
  });

  it('include those of all that a user can add', () => {
    const added = FAMILIES.flatMap(({ indexed }) => Object.values(indexed)).flatMap(Object.keys);
    assert.deepEqual(
      added.filter((matchName) => !['fixed', 'indexed'].includes(standardChildren(matchName).kind)),
      [],
    );
  });

  it('are all that real projects have in them', { skip: skipWithoutProjects }, () => {
    let seen = 0;
    const check = (listed: readonly string[], children: readonly PropertyBase[], where: string): void => {
      for (const { matchName } of children) assert.ok(listed.includes(matchName), `${where}: ${matchName}`);
      seen += children.length;
    };
    const visit = (children: readonly PropertyBase[], file: string): void => {
      for (const child of children) {
        if (child.kind === 'property') continue;
        const standard = standardChildren(child.matchName);
        assert.notEqual(standard.kind, 'property', child.matchName);
        if (standard.kind === 'fixed') check(standard.children, child.properties(), `${file}: ${child.matchName}`);
        visit(child.properties(), file);
      }
    };
    for (const file of projectFiles('.aep', '.aepx')) {
      const bytes = readFileSync(file);
      const project = file.endsWith('.aepx') ? readProjectXml(bytes) : readProject(bytes);
      for (const layer of project.compositions.flatMap(({ layers }) => layers)) {
        check(standardGroups(layer.kind), layer.properties(), `${file}: a layer of kind ${layer.kind}`);
        visit(layer.properties(), file);
      }
    }
    assert.ok(seen > 3_000, `${seen}`);
  });
});

describe('English names', () => {
  it('are those of the timeline', () => {
    for (const [matchName, name] of [
      ['ADBE Mask Offset', 'Mask Expansion'],
      ['ADBE Text Expressible Selector', 'Expression Selector'],
      ['ADBE 3DText Bevel Gloss', 'Bevel Reflection Sharpness'],
      ['ADBE Vector Wiggler Rotation', 'Rotation'],
      ['ADBE Vector Taper Wavelength', 'Wavelength'],
      ['ADBE Iris Hightlight Saturation', 'Highlight Saturation'],
      ['chromeFX/enabled', 'Satin'],
      ['ADBE Light Falloff Start', 'Radius'],
      ['ADBE Effect Built In Params', 'Compositing Options'],
      ['ADBE Effect Mask Opacity', 'Effect Opacity'],
    ] as const)
      assert.equal(displayName(matchName), name);
  });

  it('are several where After Effects shows one or the other', () => {
    assert.deepEqual(displayNames('ADBE Rotate Z'), ['Rotation', 'Z Rotation']);
    assert.deepEqual(displayNames('ADBE Anchor Point'), ['Anchor Point', 'Point of Interest']);
    assert.equal(displayName('ADBE Rotate Z'), 'Rotation');
  });

  it('are the match name itself where none is known', () => {
    for (const matchName of ['Pseudo/12345', 'ADBE Fill-0002', 'constructor', '__proto__']) {
      assert.equal(displayName(matchName), matchName);
      assert.deepEqual(displayNames(matchName), []);
    }
  });

  it('lead back to all that are shown so, but not to what the user names', () => {
    assert.deepEqual(matchNamesOf('Appears in Reflections'), [
      'ADBE Envir Appear in Reflect',
      'ADBE Appears in Reflections',
    ]);
    assert.ok(matchNamesOf('Opacity').includes('ADBE Opacity'));
    assert.ok(matchNamesOf('Opacity').includes('dropShadow/opacity'));
    assert.deepEqual(matchNamesOf('Z Rotation'), ['ADBE Rotate Z', 'ADBE Text Rotation']);
    for (const name of ['Mask', 'Group', 'Animator', 'Trim Paths', 'Opacty', 'constructor'])
      assert.deepEqual(matchNamesOf(name), [], name);
  });
});
