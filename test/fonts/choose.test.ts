import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFonts, labelsOf } from '../../lib/fonts/choose.ts';
import type { AvailableFont } from '../../lib/fonts/font.ts';

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
