import { type AvailableFont, fontLabel, type WantedFont } from './font.ts';

/** Where a font was found. */
export type FontPlace = 'library' | 'beside' | 'folders' | 'own' | 'system';

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

/** What a job with a missing font is told. `renderer`: a version of After Effects, or `bundled`. */
export function missingFontWarning(label: string, renderer: string | null): string {
  const substitute =
    renderer === 'bundled'
      ? 'the bundled renderer draws Inter in its place. Add it with fonts.add, or put its file into the folder fonts beside the template.'
      : 'After Effects puts another one in its place. Add it with fonts.add.';
  return `The font ${label} is missing; ${substitute}`;
}

/** A PostScript name tells a face exactly, so it goes before family and style. */
export function bestMatch(wanted: WantedFont, available: readonly AvailableFont[]): AvailableFont | undefined {
  if ('fileName' in wanted) return available.find(({ fileName }) => same(wanted.fileName, fileName));
  return (
    available.find(({ postScriptName }) => same(wanted.name, postScriptName)) ??
    available.find(({ family, style }) => same(wanted.family, family) && same(wanted.style || 'Regular', style))
  );
}

/** Names of fonts and files differ in case between systems, and `Semi Bold` is `SemiBold` in a PostScript name. */
function same(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll(' ', '');
}
