import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import type { TemplateComposition, TemplateLayer, TemplateModel } from '../../lib/template/model.ts';
import { typesSource } from '../../lib/template/types-source.ts';
import { SAMPLES } from '../support/engine.ts';

function model(compositions: { name: string; layers: [name: string, kind: string][] }[]): TemplateModel {
  return {
    compositions: compositions.map(({ name, layers }) => ({
      ...({ name, width: 4, height: 3, frameRate: 25, frames: 9 } as TemplateComposition),
      layers: layers.map(([layerName, kind]) => ({ name: layerName, kind }) as TemplateLayer),
    })),
  } as TemplateModel;
}

describe('the types of a template', () => {
  it('are those that the samples have, which test/types compiles', async () => {
    const { model: invitation } = await inspectTemplate(join(SAMPLES, 'invitation.json'));
    assert.equal(
      typesSource(invitation, 'invitation.json'),
      await readFile(join(SAMPLES, 'invitation.types.ts'), 'utf8'),
    );
  });

  it('quote names that are no identifiers, whatever is in them', () => {
    const names = ["it's", 'a "b"', 'back\\slash', 'line\nbreak', '\u2028', '*/ x', '1st', '日本'];
    const source = typesSource(model([{ name: 'main', layers: names.map((name) => [name, 'text']) }]), 'a.aep');
    const body = source
      .slice(source.indexOf('{'))
      .replaceAll(/\/\*.*\*\//g, '')
      .replaceAll(';', ',');
    const parsed = new Function(`return (${body.trim().replace(/,$/, '')})`)() as Record<string, object>;
    assert.deepEqual(Object.keys(parsed.main ?? {}), names);
  });

  it('name a composition or layer that stands twice once, as its topmost one', () => {
    const source = typesSource(
      model([
        {
          name: 'main',
          layers: [
            ['x', 'text'],
            ['x', 'solid'],
            ['', 'null'],
          ],
        },
        { name: 'main', layers: [['y', 'text']] },
      ]),
      'promo film-2.aep',
    );
    assert.match(source, /^export type PromoFilm2 = \{/m);
    assert.match(source, /x: 'text';/);
    assert.doesNotMatch(source, /solid|\by:|null/);
  });

  it('have a name that is one, whatever the file is called', () => {
    for (const [file, name] of [
      ['2026.aep', 'Template2026'],
      ['日本.aep', 'Template'],
      ['*/ a\nb.aep', 'AB'],
    ] as const) {
      const source = typesSource(model([]), file);
      assert.match(source, new RegExp(`^export type ${name} = `, 'm'));
      assert.equal(source.split('*/').length, 2);
    }
  });
});
