import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseSubstitutes, type FontSource, type SetText } from '../../lib/fonts/choose.ts';
import { type AvailableFont, CharacterSet, type FontPlace } from '../../lib/fonts/font.ts';

const sets = new Map<string, CharacterSet>();

const setOf = (characters: string) =>
  new CharacterSet([...characters].map((one) => [one.codePointAt(0) ?? 0, one.codePointAt(0) ?? 0] as const));

function font(family: string, characters: string, more: Partial<AvailableFont> = {}): AvailableFont {
  const made = {
    ...{ path: `/${family}-${more.style ?? 'Regular'}.ttf`, fileName: `${family}.ttf`, index: 0 },
    ...{ postScriptName: family, family, style: 'Regular', weight: 400, italic: false, colored: false },
    ...more,
  };
  sets.set(made.path, setOf(characters));
  return made;
}

const inter = (characters = 'Hello ') => ({
  ...{ fullName: 'Inter Regular', names: ['Inter'], weight: 400, colored: false },
  characters: setOf(characters),
});
const source = (place: FontPlace, ...fonts: AvailableFont[]): FontSource => ({ place, fonts: () => fonts });
const choose = (texts: (string | SetText)[], sources: FontSource[], fonts = [inter()]) =>
  chooseSubstitutes({
    texts: texts.map((text) => (typeof text === 'string' ? { text, fonts: null } : text)),
    fonts,
    sources,
    characterSetOf: ({ path }) => sets.get(path) ?? setOf(''),
  });
const families = async (...args: Parameters<typeof choose>) =>
  (await choose(...args)).fonts.map(({ family, place }) => `${family} (${place})`);

describe('the font that draws characters which the font of a text lacks', () => {
  it('is none if the fonts of the texts have them all, or they are not seen', async () => {
    const unread = { place: 'system' as const, fonts: () => assert.fail('the system was read') };
    assert.deepEqual(await choose(['Hello\n\u200f\u00a0 \u200d'], [unread]), { fonts: [], warnings: [] });
    assert.deepEqual(await choose(['日本'], [unread], []), { fonts: [], warnings: [] });
  });

  it("is the engine's own, then the system's, then the package's", async () => {
    const places = [
      source('library', font('House', 'שלום')),
      source('own', font('Noto Sans Hebrew', 'שלום')),
      source('system', font('Arial Hebrew', 'שלום')),
    ];
    const [, own] = places;
    assert.deepEqual(await families(['שלום'], places), ['House (library)']);
    assert.deepEqual(await families(['שלום'], places.slice(1)), ['Arial Hebrew (system)']);
    assert.deepEqual(await families(['שלום'], own === undefined ? [] : [own]), ['Noto Sans Hebrew (own)']);
  });

  it('is the one that is made for the writing system, and for the language that the text shows', async () => {
    const cjk = ['SC', 'JP', 'KR'].map((language) => font(`Noto Sans CJK ${language}`, '世界こは'));
    const system = [source('system', font('Unifont', '世界こは'), ...cjk)];
    assert.deepEqual(await families(['世界'], system), ['Noto Sans CJK SC (system)']);
    assert.deepEqual(new Set(await families(['世界こは'], system)), new Set(['Noto Sans CJK JP (system)']));
  });

  it('is the one that has the most of them, and others for the rest', async () => {
    const system = [source('system', font('Little', 'ש'), font('More', 'שלו'), font('Rest', 'ם'))];
    assert.deepEqual(await families(['שלום'], system), ['More (system)', 'Rest (system)']);
  });

  it('is as bold as the texts are', async () => {
    const bold = font('Noto Sans Hebrew', 'שלום', { style: 'Bold', weight: 700, path: '/bold.ttf' });
    const system = [source('system', font('Noto Sans Hebrew', 'שלום'), bold)];
    const { fonts } = await choose(['שלום'], system, [{ ...inter(), weight: 700 }]);
    assert.deepEqual(
      fonts.map(({ weight }) => weight),
      [700],
    );
    assert.equal((await choose(['שלום'], system, [inter(), { ...inter(), weight: 800 }])).fonts.length, 2);
  });

  it('draws emoji in colours if it can', async () => {
    const color = font('Noto Color Emoji', '😀', { colored: true });
    const system = [source('system', font('Symbola', '😀'), color)];
    assert.deepEqual(await families(['😀'], system), ['Noto Color Emoji (system)']);
  });

  it('is named, with the font and the characters that it lacks, and so is what no font has', async () => {
    const system = [source('system', font('Noto Sans Hebrew', 'שלו'))];
    assert.deepEqual((await choose(['Hello שלום'], system)).warnings, [
      '“שלו” are not in Inter Regular; Noto Sans Hebrew draws them.',
      '“ם” is not in Inter Regular, nor in any other font: boxes take its place. Add a font that has it.',
    ]);
  });

  it('is not named of a font that does not set the text', async () => {
    const system = [source('system', font('Noto Sans Hebrew', 'שלום'))];
    const hebrew = { ...inter('שלום'), fullName: 'Soleil Regular', names: ['Soleil'] };
    const texts = [{ text: 'שלום', fonts: ['Soleil'] }];
    assert.deepEqual((await choose(texts, system, [inter(), hebrew])).warnings, []);
    assert.deepEqual((await choose([{ text: 'שלום', fonts: ['Inter'] }], system, [inter(), hebrew])).warnings, [
      '“שלום” are not in Inter Regular; Noto Sans Hebrew draws them.',
    ]);
    // What a job writes may stand in any of its fonts.
    assert.equal((await choose(['שלום'], system, [inter(), hebrew])).warnings.length, 1);
  });

  it('draws a sign in colours where it is made an emoji, though the font of the text has it', async () => {
    const emoji = font('Noto Color Emoji', '☀1\u20e3', { colored: true });
    const texts = (text: string) => choose([text], [source('system', emoji)], [inter('☀1 ')]);
    assert.deepEqual((await texts('☀ 1')).fonts, []);
    for (const text of ['☀\ufe0f', '1\ufe0f\u20e3'])
      assert.deepEqual(
        (await texts(text)).fonts.map(({ family }) => family),
        ['Noto Color Emoji'],
      );
  });

  it('draws letters that are written in parts where it has them whole', async () => {
    const system = [source('system', font('Noto Sans KR', '한글'))];
    assert.deepEqual((await choose(['한글'.normalize('NFD')], system)).warnings, [
      '“한글” are not in Inter Regular; Noto Sans KR draws them.',
    ]);
  });
});
