import { type AvailableFont, type CharacterSet, type FontPlace, fontLabel, type WantedFont } from './font.ts';
import {
  canDraw,
  charactersOf,
  EMOJI,
  isInvisible,
  isMadeEmoji,
  PRIVATE,
  type WritingSystem,
  writingSystems,
} from './writing-systems.ts';

/** The very file that serves a wanted font. */
interface FoundFont extends AvailableFont {
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

/** Older names have the weight in the family: `Inter Semi Bold` in the style `Regular` is `Inter` in `SemiBold`. */
function fullName({ family, style }: { family: string; style: string }): string {
  return plain(`${family}${style}`).replace(/regular$/, '');
}

/** Names of fonts and files differ in case between systems, and `Semi Bold` is `SemiBold` in a PostScript name. */
export function same(a: string, b: string): boolean {
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

/** A font that texts are set in. */
export interface TextFont {
  /** `Inter Bold`. */
  fullName: string;
  /** The names by which texts ask for it. */
  names: readonly string[];
  weight: number;
  /** It draws in colours of its own: emoji. */
  colored: boolean;
  characters: CharacterSet;
}

/** A text that is drawn, and the names of the fonts that it is set in; null if it may be any of them. */
export interface SetText {
  text: string;
  fonts: readonly string[] | null;
}

interface SubstitutesQuery {
  texts: readonly SetText[];
  fonts: readonly TextFont[];
  sources: readonly FontSource[];
  characterSetOf: (font: AvailableFont) => CharacterSet;
}

/** A font that draws characters which the font of a text lacks. */
type Substitute = AvailableFont & { place: FontPlace };

interface Substitutes {
  fonts: Substitute[];
  warnings: string[];
}

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
  characterSetOf,
}: SubstitutesQuery): Promise<Substitutes> {
  const chosen = new Map<string, Substitute>();
  const warnings: string[] = [];
  const ordered = [
    ...sources.filter(({ place }) => place !== 'own'),
    ...sources.filter(({ place }) => place === 'own'),
  ];
  const weights = new Set(fonts.map(({ weight }) => weight));
  for (const [system, lacking] of lackingIn(texts, fonts)) {
    const characters = [...lacking.keys()];
    const whoLack = (some: readonly string[]) => namesOfFonts(some.flatMap((one) => [...(lacking.get(one) ?? [])]));
    let open = characters;
    const used = new Set<string>();
    for (const { place, fonts: available } of ordered) {
      if (open.length === 0 || system === PRIVATE) break;
      const all = await available();
      while (open.length > 0) {
        const best = bestFor(system, open, all, characterSetOf);
        if (best === undefined) break;
        for (const font of inWeights(best, all, weights, open, characterSetOf)) {
          chosen.set(`${font.path}\0${font.index}`, { ...font, place });
          used.add(font.family);
        }
        const has = characterSetOf(best);
        open = open.filter((character) => !hasIn(has, character));
      }
    }
    const drawn = characters.filter((character) => !open.includes(character));
    if (drawn.length > 0) {
      const [are, them] = drawn.length === 1 ? ['is', 'it'] : ['are', 'them'];
      const draw = used.size === 1 ? 'draws' : 'draw';
      warnings.push(`${quoted(drawn)} ${are} not in ${whoLack(drawn)}; ${listed([...used])} ${draw} ${them}.`);
    }
    if (open.length > 0) warnings.push(undrawnWarning(open, whoLack(open)));
  }
  return { fonts: [...chosen.values()], warnings };
}

/** The characters that a font of their text lacks, by writing system, each with the fonts that lack it. */
function lackingIn(
  texts: readonly SetText[],
  fonts: readonly TextFont[],
): Map<WritingSystem, Map<string, Set<TextFont>>> {
  const lacking = new Map<WritingSystem, Map<string, Set<TextFont>>>();
  const seen = new Set<string>();
  for (const { text, fonts: names } of texts) {
    const own = names === null ? fonts : fonts.filter((font) => font.names.some((name) => names.includes(name)));
    // Letters that are written in parts are drawn whole where a font has them so.
    for (const character of charactersOf(text.normalize('NFC'))) {
      const key = `${names?.join() ?? ''}\0${character}`;
      if (own.length === 0 || seen.has(key)) continue;
      seen.add(key);
      for (const part of character) {
        if (isInvisible(part)) continue;
        const lackIt = own.filter((font) => !hasIn(font.characters, part) || (isMadeEmoji(character) && !font.colored));
        if (lackIt.length > 0) noteLack(lacking, part, lackIt, isMadeEmoji(character) ? [EMOJI] : writingSystems(text));
      }
    }
  }
  return lacking;
}

function noteLack(
  lacking: Map<WritingSystem, Map<string, Set<TextFont>>>,
  part: string,
  fonts: readonly TextFont[],
  systems: readonly WritingSystem[],
): void {
  const found = systems.find(({ has }, at) => at === systems.length - 1 || has(part));
  if (found === undefined) return;
  // One list of a writing system for all texts.
  const system = [...lacking.keys()].find(({ name }) => name === found.name) ?? found;
  const ofSystem = lacking.get(system) ?? new Map<string, Set<TextFont>>();
  lacking.set(system, ofSystem.set(part, new Set([...(ofSystem.get(part) ?? []), ...fonts])));
}

/** The font with the most of the characters; of several, the one that is made for the writing system. */
function bestFor(
  { families, name }: WritingSystem,
  characters: readonly string[],
  fonts: readonly AvailableFont[],
  characterSetOf: SubstitutesQuery['characterSetOf'],
): AvailableFont | undefined {
  let best: { font: AvailableFont; count: number; rank: number } | undefined;
  for (const font of fonts) {
    // Every glyph of this one is a box.
    if (font.family.includes('LastResort') || font.family === '.LastResort') continue;
    const set = characterSetOf(font);
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
  characterSetOf: SubstitutesQuery['characterSetOf'],
): AvailableFont[] {
  const drawn = characters.filter((character) => hasIn(characterSetOf(font), character));
  const family = fonts.filter((other) => other.family === font.family && other.italic === font.italic);
  const nearest = [...weights].map((weight) =>
    family
      .filter((other) => other === font || drawn.every((character) => hasIn(characterSetOf(other), character)))
      .reduce((best, other) => (Math.abs(other.weight - weight) < Math.abs(best.weight - weight) ? other : best), font),
  );
  return [...new Set(nearest)];
}

function hasIn(set: CharacterSet, character: string): boolean {
  return canDraw(character, (code) => set.has(code));
}

/** What is said of characters that are drawn as boxes. `who` names the fonts that were asked for. */
export function undrawnWarning(characters: readonly string[], who: string): string {
  const [are, their, them] = characters.length === 1 ? ['is', 'its', 'it'] : ['are', 'their', 'them'];
  return `${quoted(characters)} ${are} not in ${who}, nor in any other font: boxes take ${their} place. Add a font that has ${them}.`;
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
