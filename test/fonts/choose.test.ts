import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFonts, labelsOf } from '../../lib/fonts/choose.ts';
import type { AvailableFont, NamedFont } from '../../lib/fonts/font.ts';
import { replacementFor } from '../../lib/fonts/replacement.ts';

const font = (family: string, style: string, fileName: string, folder = '/fonts'): AvailableFont => ({
  path: `${folder}/${fileName}`,
  fileName,
  postScriptName: `${family}-${style}`.replaceAll(' ', ''),
  family,
  style,
  ...{ index: 0, weight: 400, italic: false, colored: false },
});
const wanted = (name: string, family: string, style: string) => ({ name, family, style });
const there = (...fonts: AvailableFont[]) => [{ place: 'folders' as const, fonts: () => fonts }];
const names = async (...args: Parameters<typeof findFonts>) =>
  (await findFonts(...args)).found.map(({ fileName }) => fileName);

describe('the file that serves a font', () => {
  const available = there(
    font('Open Sans', 'Regular', 'a.ttf'),
    font('Open Sans', 'Semi Bold', 'b.ttf'),
    font('Inter', 'Bold', 'c.otf'),
  );

  it('is found by its PostScript name, its family and style, or its file name, whatever their case', async () => {
    assert.deepEqual(await names([wanted('opensans-SEMIBOLD', '', '')], available), ['b.ttf']);
    assert.deepEqual(await names([wanted('x', 'open sans', 'SemiBold')], available), ['b.ttf']);
    assert.deepEqual(await names([{ fileName: 'C.OTF' }], available), ['c.otf']);
    assert.deepEqual(await names([wanted('x', 'Open Sans', '')], available), ['a.ttf']);
    assert.deepEqual(await names([wanted('x', 'Open Sans', 'Light')], available), []);
  });

  it('is the one of that PostScript name, even if another one has its family and style', async () => {
    const two = there(
      { ...font('Inter', 'Bold', 'display.ttf'), postScriptName: 'InterDisplay-Bold' },
      font('Inter', 'Bold', 'text.ttf'),
    );
    assert.deepEqual(await names([wanted('Inter-Bold', 'Inter', 'Bold')], two), ['text.ttf']);
  });

  it('comes from the first place that has it, and no further place is read', async () => {
    const search = await findFonts(
      [wanted('Inter-Bold', 'Inter', 'Bold')],
      [
        { place: 'library', fonts: () => [font('Other', 'Bold', 'o.ttf')] },
        { place: 'beside', fonts: async () => [font('Inter', 'Bold', 'near.ttf')] },
        { place: 'system', fonts: () => assert.fail('the system was read') },
      ],
    );
    assert.deepEqual(
      search.found.map(({ place, fileName }) => [place, fileName]),
      [['beside', 'near.ttf']],
    );
  });

  it('is named if no place has it, each font once', async () => {
    const { missing } = await findFonts(
      [wanted('Soleil-Bold', 'Soleil', 'Bold'), wanted('soleil', 'Soleil', 'Bold'), wanted('X', '', '')],
      available,
    );
    assert.deepEqual(labelsOf(missing), ['Soleil (Bold)', 'X (Regular)']);
  });
});

describe('the font that takes the place of a missing one', () => {
  const face = (family: string, style: string, weight: number, italic = false): AvailableFont => ({
    ...font(family, style, `${family}-${style}.ttf`),
    ...{ weight, italic },
  });
  const own = { place: 'own' as const, fonts: () => [face('Inter', 'Regular', 400), face('Inter', 'Bold', 700)] };
  const chosen = async (name: NamedFont, ...fonts: AvailableFont[]) => {
    const found = await replacementFor(name, [...there(...fonts), own]);
    return `${found?.family} ${found?.style}`;
  };
  const weights = (...all: number[]) => all.map((weight) => face('Soleil', `${weight}`, weight));

  it('is the weight of its family that CSS takes', async () => {
    const soleil = (style: string) => wanted(`Soleil-${style}`, 'Soleil', style);
    assert.equal(await chosen(soleil('Regular'), ...weights(300, 500, 600)), 'Soleil 500');
    assert.equal(await chosen(soleil('Medium'), ...weights(400, 600)), 'Soleil 400');
    assert.equal(await chosen(soleil('Light'), ...weights(100, 400)), 'Soleil 100');
    assert.equal(await chosen(soleil('SemiBold'), ...weights(400, 900)), 'Soleil 900');
    assert.equal(await chosen(soleil('Black'), ...weights(400, 700)), 'Soleil 700');
  });

  it('is of the same width and slant first', async () => {
    const fonts = [
      face('Soleil', 'Bold Condensed', 700),
      face('Soleil', 'Regular', 400),
      face('Soleil', 'Light Italic', 300, true),
    ];
    assert.equal(await chosen(wanted('', 'Soleil', 'Bold'), ...fonts), 'Soleil Regular');
    assert.equal(await chosen(wanted('', 'Soleil', 'Condensed'), ...fonts), 'Soleil Bold Condensed');
    assert.equal(await chosen(wanted('', 'Soleil', 'Bold Italic'), ...fonts), 'Soleil Light Italic');
  });

  it('is of a family whose letters are as wide, or what a general name stands for', async () => {
    const fonts = [face('Liberation Sans', 'Bold', 700), face('Noto Serif', 'Regular', 400)];
    assert.equal(await chosen(wanted('ArialMT', 'Arial', 'Regular'), ...fonts), 'Liberation Sans Bold');
    assert.equal(await chosen(wanted('serif', 'serif', ''), ...fonts), 'Noto Serif Regular');
  });

  it('is the package’s own where there is none of these', async () => {
    assert.equal(await chosen(wanted('Soleil-Bold', 'Soleil', 'Bold')), 'Inter Bold');
    assert.equal(await chosen(wanted('Arial-Black', 'Arial', 'Black')), 'Inter Bold');
  });
});
