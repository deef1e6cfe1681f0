import { type FontSource, same, styleOf } from './choose.ts';
import type { AvailableFont, FontPlace, WantedFont } from './font.ts';

/**
 * The font that is drawn in place of a missing one: another style of its family, else a family that is made to take its
 * place, else the package's own, each in the style that CSS would take. A text without a font would not be drawn at all.
 */
export async function replacementFor(
  wanted: WantedFont,
  sources: readonly FontSource[],
): Promise<(AvailableFont & { place: FontPlace }) | null> {
  const named = 'fileName' in wanted ? { name: wanted.fileName, family: '', style: '' } : wanted;
  for (const wantedFamily of named.family === '' ? [] : [named.family, ...insteadOf(named.family)]) {
    for (const { place, fonts } of sources) {
      const found = nearestStyle(
        named,
        (await fonts()).filter(({ family }) => same(family, wantedFamily)),
      );
      if (found !== undefined) return { ...found, place };
    }
  }
  const own = await sources.find(({ place }) => place === 'own')?.fonts();
  const found = nearestStyle(
    named,
    (own ?? []).filter(({ family }) => family === OWN_FAMILY),
  );
  return found === undefined ? null : { ...found, place: 'own' };
}

/**
 * The face of a family that CSS takes: the nearest width, then the slant, then the weight.
 * Source: CSS Fonts Module Level 4, "Matching font styles".
 */
function nearestStyle(
  named: { name: string; style: string },
  fonts: readonly AvailableFont[],
): AvailableFont | undefined {
  const { weight, italic } = styleOf(named);
  const width = widthOf(named.style === '' ? named.name : named.style);
  const order = (font: AvailableFont): number[] => [
    Math.abs(widthOf(`${font.family} ${font.style}`) - width),
    Number(font.italic !== italic),
    ...weightOrder(font.weight, weight),
  ];
  return [...fonts].sort((a, b) => firstDifference(order(a), order(b)))[0];
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - (b[at] ?? 0);
  return 0;
}

/**
 * From 400 to 500 what is between them and heavier comes first; lighter ones look for a lighter one first, heavier ones
 * for a heavier one.
 */
function weightOrder(weight: number, wanted: number): number[] {
  const distance = Math.abs(weight - wanted);
  const isMedium = wanted >= 400 && wanted <= 500;
  if (isMedium && weight >= wanted && weight <= 500) return [0, distance];
  const isFirst = isMedium || wanted < 400 ? weight <= wanted : weight >= wanted;
  return [isFirst ? 1 : 2, distance];
}

/** Above 0 is wider than normal, below is narrower. The longer words come first. */
const WIDTHS: readonly (readonly [words: RegExp, width: number])[] = [
  [/(ultra|extra)(condensed|narrow|compressed)/, -3],
  [/semi(condensed|narrow)/, -1],
  [/condensed|narrow|compressed/, -2],
  [/(ultra|extra)(expanded|extended|wide)/, 3],
  [/semi(expanded|extended|wide)/, 1],
  [/expanded|extended|wide/, 2],
];

function widthOf(names: string): number {
  const words = names.toLowerCase().replaceAll(/[\s_-]/g, '');
  return WIDTHS.find(([pattern]) => pattern.test(words))?.[1] ?? 0;
}

/**
 * Families whose letters are as wide as those of another, so that lines break where they did; and what stands for the
 * general names of CSS, which documents use as well.
 * Sources: fontconfig, "30-metric-aliases.conf"; CSS Fonts Module Level 4, "Generic font families".
 */
const INSTEAD: readonly (readonly [wanted: string, ...families: string[]])[] = [
  ['Arial', 'Liberation Sans', 'Arimo', 'Helvetica', 'Nimbus Sans'],
  ['Helvetica', 'Nimbus Sans', 'Nimbus Sans L', 'Arial', 'Liberation Sans', 'Arimo'],
  ['Arial Narrow', 'Liberation Sans Narrow', 'Nimbus Sans Narrow'],
  ['Times New Roman', 'Liberation Serif', 'Tinos', 'Times', 'Nimbus Roman'],
  ['Times', 'Nimbus Roman', 'Nimbus Roman No9 L', 'Times New Roman', 'Liberation Serif', 'Tinos'],
  ['Courier New', 'Liberation Mono', 'Cousine', 'Courier', 'Nimbus Mono PS'],
  ['Courier', 'Nimbus Mono PS', 'Nimbus Mono L', 'Courier New', 'Liberation Mono', 'Cousine'],
  ['Calibri', 'Carlito'],
  ['Cambria', 'Caladea'],
  ['Georgia', 'Gelasio'],
  ['Palatino', 'Palatino Linotype', 'P052'],
  ['serif', 'Times New Roman', 'Times', 'Liberation Serif', 'Noto Serif', 'DejaVu Serif', 'Nimbus Roman'],
  ['monospace', 'Courier New', 'Menlo', 'Consolas', 'Liberation Mono', 'Noto Sans Mono', 'DejaVu Sans Mono'],
];

function insteadOf(family: string): readonly string[] {
  return INSTEAD.find(([wanted]) => same(wanted, family))?.slice(1) ?? [];
}

/** The family of `assets/fonts` that has Latin, Greek and Cyrillic in several weights. */
const OWN_FAMILY = 'Inter';
