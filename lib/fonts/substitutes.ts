import type { FontSource } from './find.ts';
import type { AvailableFont, CharacterSet, FontPlace } from './font.ts';
import { isInvisible, PRIVATE, type WritingSystem, writingSystems } from './writing-systems.ts';

/** A font that texts are set in. */
export interface TextFont {
  /** `Inter Bold`. */
  fullName: string;
  weight: number;
  characters: CharacterSet;
}

export interface SubstitutesQuery {
  texts: readonly string[];
  fonts: readonly TextFont[];
  sources: readonly FontSource[];
  charactersOf: (font: AvailableFont) => CharacterSet;
}

/** A font that draws characters which the font of a text lacks. */
export type Substitute = AvailableFont & { place: FontPlace };

export interface Substitutes {
  fonts: Substitute[];
  warnings: string[];
}

const BOLD_FROM = 600;
/** A family that no list names, of those that have the characters. */
const UNLISTED = 1_000;

/**
 * Chooses the fonts for the characters that the fonts of the texts lack, by writing system: those that the engine and
 * the template brought, then the system's, then the package's.
 */
export async function chooseSubstitutes({
  texts,
  fonts,
  sources,
  charactersOf,
}: SubstitutesQuery): Promise<Substitutes> {
  const chosen = new Map<string, Substitute>();
  const warnings: string[] = [];
  const ordered = [
    ...sources.filter(({ place }) => place !== 'own'),
    ...sources.filter(({ place }) => place === 'own'),
  ];
  const weights = new Set(fonts.map(({ weight }) => (weight >= BOLD_FROM ? 700 : 400)));
  for (const [system, characters] of lackingIn(texts, fonts)) {
    const who = namesOfFonts(
      fonts.filter((font) => characters.some((character) => !hasIn(font.characters, character))),
    );
    let open = characters;
    const used = new Set<string>();
    for (const { place, fonts: available } of ordered) {
      if (open.length === 0 || system === PRIVATE) break;
      const all = await available();
      while (open.length > 0) {
        const best = bestFor(system, open, all, charactersOf);
        if (best === undefined) break;
        for (const font of inWeights(best, all, weights, open, charactersOf)) {
          chosen.set(`${font.path}\0${font.index}`, { ...font, place });
          used.add(font.family);
        }
        const has = charactersOf(best);
        open = open.filter((character) => !hasIn(has, character));
      }
    }
    const drawn = characters.filter((character) => !open.includes(character));
    if (drawn.length > 0) warnings.push(`${quoted(drawn)} is not in ${who}; ${listed([...used])} draws it.`);
    if (open.length > 0) warnings.push(undrawnWarning(open, who));
  }
  return { fonts: [...chosen.values()], warnings };
}

/** The characters that not every font of the texts has, by writing system. */
function lackingIn(texts: readonly string[], fonts: readonly TextFont[]): Map<WritingSystem, string[]> {
  const lacking = new Map<WritingSystem, string[]>();
  if (fonts.length === 0) return lacking;
  const seen = new Set<string>();
  for (const text of texts) {
    const systems = new Map<string, WritingSystem>();
    for (const character of text) {
      if (seen.has(character)) continue;
      seen.add(character);
      if (isInvisible(character) || fonts.every((font) => hasIn(font.characters, character))) continue;
      const system = writingSystems(text).find(({ has }) => has(character));
      if (system === undefined) continue;
      // One list of a writing system for all texts.
      const same = systems.get(system.name) ?? [...lacking.keys()].find(({ name }) => name === system.name) ?? system;
      systems.set(system.name, same);
      lacking.set(same, [...(lacking.get(same) ?? []), character]);
    }
  }
  return lacking;
}

/** The font with the most of the characters; of several, the one that is made for the writing system. */
function bestFor(
  { families, name }: WritingSystem,
  characters: readonly string[],
  fonts: readonly AvailableFont[],
  charactersOf: SubstitutesQuery['charactersOf'],
): AvailableFont | undefined {
  let best: { font: AvailableFont; count: number; rank: number } | undefined;
  for (const font of fonts) {
    // Every glyph of this one is a box.
    if (font.family.includes('LastResort') || font.family === '.LastResort') continue;
    const set = charactersOf(font);
    const count = characters.filter((character) => hasIn(set, character)).length;
    if (count === 0) continue;
    const listed = families.indexOf(font.family);
    const rank =
      (listed === -1 ? UNLISTED : listed) +
      (name === 'emoji' && !font.colored ? 2 * UNLISTED : 0) +
      (Math.abs(font.weight - 400) + (font.italic ? 300 : 0)) / 1_000;
    if (best === undefined || count > best.count || (count === best.count && rank < best.rank))
      best = { font, count, rank };
  }
  return best?.font;
}

/** The faces of the same family that are nearest to each of the weights. */
function inWeights(
  font: AvailableFont,
  fonts: readonly AvailableFont[],
  weights: ReadonlySet<number>,
  characters: readonly string[],
  charactersOf: SubstitutesQuery['charactersOf'],
): AvailableFont[] {
  const drawn = characters.filter((character) => hasIn(charactersOf(font), character));
  const family = fonts.filter((other) => other.family === font.family && other.italic === font.italic);
  const nearest = [...weights].map((weight) =>
    family
      .filter((other) => other === font || drawn.every((character) => hasIn(charactersOf(other), character)))
      .reduce((best, other) => (Math.abs(other.weight - weight) < Math.abs(best.weight - weight) ? other : best), font),
  );
  return [...new Set(nearest)];
}

function hasIn(set: CharacterSet, character: string): boolean {
  return set.has(character.codePointAt(0) ?? 0);
}

/** What is said of characters that are drawn as boxes. `who` names the fonts that were asked for. */
export function undrawnWarning(characters: readonly string[], who: string): string {
  return `${quoted(characters)} is not in ${who}, nor in any other font: boxes take its place. Add a font that has it.`;
}

const MOST_SHOWN = 12;

function quoted(characters: readonly string[]): string {
  const more = characters.length - MOST_SHOWN;
  return `“${characters.slice(0, MOST_SHOWN).join('')}”${more > 0 ? ` and ${more} more characters` : ''}`;
}

function namesOfFonts(fonts: readonly TextFont[]): string {
  return listed([...new Set(fonts.map(({ fullName }) => fullName))]);
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
