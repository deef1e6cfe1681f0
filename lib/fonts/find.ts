import { type AvailableFont, type FontPlace, fontLabel, type WantedFont } from './font.ts';
import { styleOf } from './style.ts';

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
