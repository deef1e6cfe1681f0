import { type AvailableFont, type FontPlace, fontLabel, type WantedFont } from './font.ts';

/** The very file that serves a wanted font. */
export interface FoundFont extends AvailableFont {
  wanted: WantedFont;
  place: FontPlace;
}

export interface FontSearch {
  /** In the order of the wanted fonts. */
  found: FoundFont[];
  missing: WantedFont[];
}

/** A place to look in, read when a font was in none before it. */
export interface FontSource {
  place: FontPlace;
  fonts: () => readonly AvailableFont[] | Promise<readonly AvailableFont[]>;
}

/** Decides which file serves each font. Looks into the places in their order, and only as far as it has to. */
export async function findFonts(wanted: readonly WantedFont[], sources: readonly FontSource[]): Promise<FontSearch> {
  const served = new Map<WantedFont, FoundFont>();
  for (const { place, fonts } of sources) {
    const open = wanted.filter((font) => !served.has(font));
    if (open.length === 0) break;
    const available = await fonts();
    for (const font of open) {
      const match = bestMatch(font, available);
      if (match !== undefined) served.set(font, { ...match, wanted: font, place });
    }
  }
  return {
    found: wanted.flatMap((font) => served.get(font) ?? []),
    missing: wanted.filter((font) => !served.has(font)),
  };
}

/** The labels of fonts, each once. */
export function labelsOf(fonts: readonly WantedFont[]): string[] {
  return [...new Set(fonts.map(fontLabel))];
}

/** A PostScript name tells a face exactly, so it goes before family and style. */
export function bestMatch(wanted: WantedFont, available: readonly AvailableFont[]): AvailableFont | undefined {
  if ('fileName' in wanted) return available.find(({ fileName }) => same(wanted.fileName, fileName));
  return (
    available.find(({ postScriptName }) => same(wanted.name, postScriptName)) ??
    available.find(({ family, style }) => wanted.family !== '' && fullName(wanted) === fullName({ family, style }))
  );
}

/**
 * The font that is drawn in place of a missing one: another style of its family, else the package's own, each in the
 * nearest weight and slant. A text without a font would not be drawn at all.
 */
export async function replacementFor(
  wanted: WantedFont,
  sources: readonly FontSource[],
): Promise<(AvailableFont & { place: FontPlace }) | null> {
  const named = 'fileName' in wanted ? { name: wanted.fileName, family: '', style: '' } : wanted;
  const { weight, italic } = styleOf(named);
  const nearest = (fonts: readonly AvailableFont[]): AvailableFont | undefined =>
    [...fonts].sort((a, b) => distance(a) - distance(b))[0];
  const distance = (font: AvailableFont) => Math.abs(font.weight - weight) + (font.italic === italic ? 0 : SLANT);
  for (const { place, fonts } of named.family === '' ? [] : sources) {
    const found = nearest((await fonts()).filter(({ family }) => same(family, named.family)));
    if (found !== undefined) return { ...found, place };
  }
  const own = await sources.find(({ place }) => place === 'own')?.fonts();
  const found = nearest((own ?? []).filter(({ family }) => family === OWN_FAMILY));
  return found === undefined ? null : { ...found, place: 'own' };
}

/** As much as half of the way from regular to bold. */
const SLANT = 150;
/** The family of `assets/fonts` that has Latin, Greek and Cyrillic in several weights. */
const OWN_FAMILY = 'Inter';

/** Older names have the weight in the family: `Inter Semi Bold` in the style `Regular` is `Inter` in `SemiBold`. */
function fullName({ family, style }: { family: string; style: string }): string {
  return plain(`${family}${style}`).replace(/regular$/, '');
}

/** Names of fonts and files differ in case between systems, and `Semi Bold` is `SemiBold` in a PostScript name. */
function same(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll(/[\s_]/g, '');
}

/** Weight and slant by the words that styles are made of, the longer words first: `Extra Bold` is not `Bold`. */
const WEIGHTS: readonly (readonly [words: RegExp, weight: number])[] = [
  [/hairline|thin/, 100],
  [/(extra|ultra)light/, 200],
  [/(extra|ultra)bold/, 800],
  [/(semi|demi)bold|demi/, 600],
  [/black|heavy/, 900],
  [/light/, 300],
  [/medium/, 500],
  [/bold/, 700],
];

/** What a font is to look like, by its names; 400 is regular, 700 is bold. */
export function styleOf({ name, style }: { name: string; style: string }): { weight: number; italic: boolean } {
  const words = (style === '' ? name : style).toLowerCase().replaceAll(/[\s_-]/g, '');
  const weight = WEIGHTS.find(([pattern]) => pattern.test(words))?.[1] ?? 400;
  return { weight, italic: /italic|oblique/.test(words) };
}

/**
 * The warning about a missing font. `renderer` is a version of After Effects, `after-effects`, or `bundled`; `substitute`
 * is the font that the bundled renderer draws in its place, if it is known.
 */
export function missingFontWarning(
  label: string,
  { renderer, substitute = 'another font' }: { renderer: string | null; substitute?: string },
): string {
  const what =
    renderer === 'bundled'
      ? `${substitute} takes its place. Add it with fonts.add, or put its file into the folder fonts beside the template.`
      : 'After Effects puts another one in its place. Add it with fonts.add.';
  return `${beginning(label)} ${what}`;
}

export function isMissingFontWarning(warning: string, label: string): boolean {
  return warning.startsWith(beginning(label));
}

function beginning(label: string): string {
  return `The font ${label} is missing;`;
}
