import { ascentOf, faceBytes, standaloneFont } from '../../fonts/font-bytes.ts';
import { hasRightToLeft, isEmoji, isInvisible } from '../../fonts/writing-systems.ts';
import {
  isAnimated,
  keyframesOf,
  LAYER_TYPE,
  type LottieAsset,
  type LottieDocument,
  type LottieFont,
  type LottieLayer,
} from '../document/index.ts';
import { drawnText } from '../normalise/index.ts';
import type { LottieText } from '../object-model/text-document.ts';
import { type ChosenFont, listedFont, type ProjectFonts } from './fonts.ts';
import { fontNamesOf, styledParts } from './text-runs.ts';

interface DrawnTexts {
  /** Font files by the name that the document uses. */
  fonts: Map<string, Uint8Array>;
  /** Pictures of glyphs that have colours of their own, which the document shows. */
  pictures: Map<LottieAsset, Uint8Array>;
  /** Fonts that were replaced. */
  missing: { family: string; style: string }[];
  /** Sentences about characters that another font draws, or none. */
  warnings: string[];
}

/** The name of the only style of a font as Skia sees it. */
export const STYLE = 'Regular';

/**
 * Makes texts of every writing system ones that Skia draws: it draws a text with one font, and what that lacks as boxes.
 * Where a text has more than letters of its font in their order, all are looked at by what shapes them.
 */
export async function drawTexts(
  document: LottieDocument,
  texts: readonly LottieText[],
  projectFonts: ProjectFonts,
): Promise<DrawnTexts> {
  const used = fontsOf(document, texts);
  const chosen = await projectFonts.choose(
    document,
    used.map(({ fName }) => fName),
  );
  const hasOwnGlyphs = Array.isArray(document.chars) && document.chars.length > 0;
  if (!hasOwnGlyphs && (await arePlain(texts, chosen, projectFonts))) {
    const { list, files } = namedFonts(used, texts, chosen);
    Object.assign(document, { fonts: { list }, chars: [] });
    return { fonts: files, pictures: new Map(), missing: replaced(used, chosen), warnings: [] };
  }
  // What shapes texts is loaded where a text needs it.
  const { shapeTexts } = await import('./shaped-texts.ts');
  const shaped = await shapeTexts({ document, texts, fonts: used, projectFonts, chosen });
  const { list, files } = namedFonts(used, texts, chosen);
  Object.assign(document, { fonts: { list: [...shaped.list, ...list] }, chars: shaped.glyphs });
  document.assets.push(...shaped.pictures.keys(), ...shaped.compositions);
  const { pictures, warnings, withoutFile } = shaped;
  const missing = replaced(
    used.filter((font) => !withoutFile.has(font)),
    chosen,
  );
  return { fonts: files, pictures, missing, warnings };
}

/** The fonts of the texts, as the document lists them; those that it does not list by their names. */
function fontsOf(document: LottieDocument, texts: readonly LottieText[]): LottieFont[] {
  const listed = new Map(document.fonts?.list.map((font) => [font.fName, font]));
  const names = new Set(texts.flatMap(fontNamesOf));
  return [...names].map((name) => listed.get(name) ?? listedFont(name));
}

/** Whether Skia draws all of these texts by itself: each has only characters of its font, none of them from right to left. */
async function arePlain(
  texts: readonly LottieText[],
  chosen: ReadonlyMap<string, ChosenFont>,
  projectFonts: ProjectFonts,
): Promise<boolean> {
  for (const text of texts) {
    const font = chosen.get(text.f ?? '');
    const shown = shownText(text);
    if (styledParts(text) !== null) return false;
    if (font === undefined || hasRightToLeft(shown) || isEmoji(shown)) return false;
    const visible = [...shown].filter((character) => !isInvisible(character));
    if (!(await projectFonts.hasAll(font, visible))) return false;
  }
  return true;
}

/** `ca` of a text. Source: the Lottie specification, "Text caps". */
const ALL_CAPS = 1;

/** The characters of a text as they are seen. */
export function shownText({ t: text = '', ca: caps }: LottieText): string {
  const plain = drawnText(text);
  return caps === ALL_CAPS ? plain.toUpperCase() : plain;
}

/** The fonts that texts are still set in, by the names in which Skia finds their files. */
function namedFonts(
  used: readonly LottieFont[],
  texts: readonly LottieText[],
  chosen: ReadonlyMap<string, ChosenFont>,
): { list: LottieFont[]; files: Map<string, Uint8Array> } {
  const kept = new Set(texts.map(({ f }) => f));
  const list: LottieFont[] = [];
  const files = new Map<string, Uint8Array>();
  for (const font of used) {
    const file = chosen.get(font.fName);
    if (file === undefined || !kept.has(font.fName)) continue;
    const bytes = faceBytes(file);
    // Skia finds a font by the names in its file, which may be others than the document's.
    files.set(font.fName, standaloneFont(bytes, font.fName));
    const ascent = font.ascent ?? 100 * ascentOf(bytes);
    list.push({ ...font, ascent, fFamily: font.fName, fStyle: STYLE });
  }
  return { list, files };
}

function replaced(fonts: readonly LottieFont[], chosen: ReadonlyMap<string, ChosenFont>): DrawnTexts['missing'] {
  return fonts
    .filter(({ fName }) => chosen.get(fName)?.isReplacement === true)
    .map(({ fName, fFamily, fStyle }) => ({ family: fFamily || fName, style: fStyle || 'Regular' }));
}

/** Every text that is drawn with a composition, at all of its moments; a change of one is drawn. */
export function textsUnder(document: LottieDocument, layers: readonly LottieLayer[]): LottieText[] {
  const byId = new Map(document.assets.map((asset) => [asset.id, asset.layers ?? []]));
  const seen = new Set<string>();
  const texts: LottieText[] = [];
  const visit = (list: readonly LottieLayer[]): void => {
    for (const layer of list) {
      texts.push(...textsOf(layer));
      const { refId } = layer;
      if (refId === undefined || seen.has(refId)) continue;
      seen.add(refId);
      visit(byId.get(refId) ?? []);
    }
  };
  visit(layers);
  return texts;
}

function textsOf({ ty, t }: LottieLayer): LottieText[] {
  const animated = ty === LAYER_TYPE.text && typeof t === 'object' && t !== null && 'd' in t ? t.d : null;
  if (!isAnimated(animated)) return [];
  return keyframesOf(animated).flatMap(({ s }) => (isText(s) ? [s] : []));
}

function isText(value: unknown): value is LottieText {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
