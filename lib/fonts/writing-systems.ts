/** A group of characters that one font should draw, and the families of the systems that are made for it, best first. */
export interface WritingSystem {
  name: string;
  has: (character: string) => boolean;
  families: readonly string[];
}

/** Characters that need no glyph: controls, joiners, variation selectors, marks of direction, and all sorts of space. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}]$/u;

export function isInvisible(character: string): boolean {
  return INVISIBLE.test(character);
}

/**
 * Whether a font draws a character, with all that belongs to it: what shapes a text puts a letter and its accents together
 * where the font has them as one, and takes them apart where it has them as two.
 */
export function canDraw(character: string, has: (codePoint: number) => boolean): boolean {
  const forms = [character, character.normalize('NFC'), character.normalize('NFD')];
  return forms.some((form) => [...form].every((part) => isInvisible(part) || has(part.codePointAt(0) ?? 0)));
}

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f\u202b\u202e\u2067]/u;

/** Whether some of a text is read from the right to the left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

const EMOJI_CHARACTER = /^[\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]$/u;
/** What stands after a sign to have it drawn as an emoji, in colour, or as a letter. */
const AS_EMOJI = '\ufe0f';
const AS_TEXT = '\ufe0e';

/** Whether a sign or a digit is an emoji only because of what stands after it: `☀️`, `1️⃣`. */
export function isMadeEmoji(character: string): boolean {
  return character.includes(AS_EMOJI) && !/\p{Emoji_Presentation}/u.test(character);
}

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The characters of a text as people count them: a letter with its accents is one, and so is a family of emoji. */
export function charactersOf(text: string): string[] {
  return [...characters.segment(text)].map(({ segment }) => segment);
}

/** Whether a character, with all that belongs to it, is to be drawn in colours: `☀` is a letter, `☀️` and `😀` are not. */
export function isEmoji(character: string): boolean {
  if (character.includes(AS_TEXT)) return false;
  return character.includes(AS_EMOJI) || /\p{Emoji_Presentation}/u.test(character);
}

const CHINESE = [
  ...['PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC'],
  ...['PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC', 'WenQuanYi Zen Hei'],
];
const JAPANESE = [
  'Hiragino Sans',
  'Yu Gothic',
  'Meiryo',
  'Noto Sans CJK JP',
  'Source Han Sans',
  'Noto Sans JP',
  'IPAGothic',
];
const KOREAN = [
  'Apple SD Gothic Neo',
  'Malgun Gothic',
  'Noto Sans CJK KR',
  'Source Han Sans K',
  'Noto Sans KR',
  'NanumGothic',
];

/**
 * The families that macOS, Windows and Debian bring for each writing system.
 * Sources: Apple, "Fonts included with macOS"; Microsoft, "Script and font support in Windows"; the Noto project.
 */
const BY_SCRIPT: readonly (readonly [scripts: string, ...families: string[]])[] = [
  ['Arabic|Syriac|Thaana', 'Geeza Pro', 'Segoe UI', 'Noto Sans Arabic', 'Noto Sans Thaana', 'MV Boli', 'DejaVu Sans'],
  ['Hebrew', 'Arial Hebrew', 'Segoe UI', 'Noto Sans Hebrew', 'DejaVu Sans'],
  ['Devanagari', 'Kohinoor Devanagari', 'Nirmala UI', 'Noto Sans Devanagari', 'Lohit Devanagari'],
  ['Bengali', 'Kohinoor Bangla', 'Nirmala UI', 'Noto Sans Bengali', 'Lohit Bengali'],
  ['Gurmukhi', 'Gurmukhi Sangam MN', 'Nirmala UI', 'Noto Sans Gurmukhi', 'Lohit Gurmukhi'],
  ['Gujarati', 'Kohinoor Gujarati', 'Nirmala UI', 'Noto Sans Gujarati', 'Lohit Gujarati'],
  ['Oriya', 'Oriya Sangam MN', 'Nirmala UI', 'Noto Sans Oriya'],
  ['Tamil', 'Tamil Sangam MN', 'Nirmala UI', 'Noto Sans Tamil', 'Lohit Tamil'],
  ['Telugu', 'Kohinoor Telugu', 'Nirmala UI', 'Noto Sans Telugu', 'Lohit Telugu'],
  ['Kannada', 'Kannada Sangam MN', 'Nirmala UI', 'Noto Sans Kannada'],
  ['Malayalam', 'Malayalam Sangam MN', 'Nirmala UI', 'Noto Sans Malayalam'],
  ['Sinhala', 'Sinhala Sangam MN', 'Nirmala UI', 'Noto Sans Sinhala'],
  ['Thai', 'Thonburi', 'Leelawadee UI', 'Noto Sans Thai', 'Loma'],
  ['Lao', 'Lao Sangam MN', 'Leelawadee UI', 'Noto Sans Lao'],
  ['Tibetan', 'Kailasa', 'Microsoft Himalaya', 'Noto Serif Tibetan'],
  ['Myanmar', 'Myanmar Sangam MN', 'Myanmar Text', 'Noto Sans Myanmar'],
  ['Khmer', 'Khmer Sangam MN', 'Leelawadee UI', 'Noto Sans Khmer'],
  ['Georgian', 'Helvetica Neue', 'Segoe UI', 'Noto Sans Georgian', 'DejaVu Sans'],
  ['Armenian', 'Mshtakan', 'Segoe UI', 'Noto Sans Armenian', 'DejaVu Sans'],
  ['Ethiopic', 'Kefa', 'Ebrima', 'Noto Sans Ethiopic'],
  ['Cherokee|Canadian_Aboriginal', 'Plantagenet Cherokee', 'Euphemia UCAS', 'Gadugi', 'Noto Sans Cherokee'],
  ['Hangul', ...KOREAN],
  ['Hiragana|Katakana', ...JAPANESE],
  ['Latin', 'Helvetica Neue', 'Segoe UI', 'Noto Sans', 'DejaVu Sans'],
  ['Greek', 'Helvetica Neue', 'Segoe UI', 'Noto Sans', 'DejaVu Sans'],
  ['Cyrillic', 'Helvetica Neue', 'Segoe UI', 'Noto Sans', 'DejaVu Sans'],
];

export const EMOJI: WritingSystem = {
  name: 'emoji',
  has: (character) => EMOJI_CHARACTER.test(character),
  families: ['Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', 'Twemoji Mozilla', 'Twemoji'],
};

/** What a font of icons has at these places, another font has not. */
export const PRIVATE: WritingSystem = { name: 'private use', has: isPrivate, families: [] };

export function isPrivate(character: string): boolean {
  return /^\p{Co}$/u.test(character);
}

/** Signs of no writing system of their own, and those that no list names. */
const OTHERS: WritingSystem = {
  name: 'other characters',
  has: () => true,
  families: [
    ...[
      'Apple Symbols',
      'Segoe UI Symbol',
      'Cambria Math',
      'Noto Sans Symbols',
      'Noto Sans Symbols2',
      'Noto Sans Math',
    ],
    ...['Noto Sans', 'Segoe UI Historic', 'DejaVu Sans'],
  ],
};

const SCRIPTS: readonly WritingSystem[] = BY_SCRIPT.map(([scripts, ...families]) => {
  const pattern = new RegExp(
    `^[${scripts
      .split('|')
      .map((script) => `\\p{Script_Extensions=${script}}`)
      .join('')}]$`,
    'u',
  );
  return { name: scripts.split('|')[0] ?? scripts, has: (character) => pattern.test(character), families };
});

/** With the punctuation of Chinese, Japanese and Korean, and letters of their width. */
const HAN = /^[\p{Script_Extensions=Han}\u3000-\u303f\uff00-\uffef]$/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** The writing systems in the order in which a character of some text is looked up. The text decides how Han is drawn. */
export function writingSystems(text: string): WritingSystem[] {
  const families = KANA.test(text) ? JAPANESE : HANGUL.test(text) ? KOREAN : CHINESE;
  const han = { name: 'Han', has: (character: string) => HAN.test(character), families };
  // Its punctuation is shared by Chinese, Japanese and Korean, so Han goes before them.
  return [PRIVATE, EMOJI, han, ...SCRIPTS, OTHERS];
}
