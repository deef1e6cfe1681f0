/** The compositions of a template by name, what is under one, and the fonts that it wants. */
import { fontNamed, type WantedFont } from '../fonts/font.ts';
import type { TemplateComposition, TemplateLayer, TemplateModel, TemplateText } from './model.ts';

/** By its name, or the main one if a job names none. After Effects takes the first of several. */
export function compositionOf(model: TemplateModel, name: string | null): TemplateComposition | undefined {
  return named(model.compositions, name ?? model.mainComposition ?? '')[0];
}

/** Those of this name; if there are none, those whose names differ only in how accents are written. */
export function named<Named extends { name: string }>(list: readonly Named[], wanted: string): Named[] {
  const exact = list.filter(({ name }) => name === wanted);
  if (exact.length > 0) return exact;
  const composed = wanted.normalize('NFC');
  return list.filter(({ name }) => name.normalize('NFC') === composed);
}

/** A layer that is rendered with a composition, and the composition that it is in. */
interface ReachedLayer {
  composition: TemplateComposition;
  layer: TemplateLayer;
}

/** The layers of a composition and of those that it shows, each composition once. */
export function layersUnder(model: TemplateModel, top: TemplateComposition): ReachedLayer[] {
  const byId = new Map(model.compositions.map((composition) => [composition.id, composition]));
  const seen = new Set([top]);
  // A set gives what is added while it is walked.
  for (const composition of seen) {
    for (const { sourceId } of composition.layers) {
      const shown = sourceId === null ? undefined : byId.get(sourceId);
      if (shown !== undefined) seen.add(shown);
    }
  }
  return [...seen].flatMap((composition) => composition.layers.map((layer) => ({ composition, layer })));
}

/** The fonts that a job asks for itself. */
interface OwnFonts {
  /** The names of the fonts that its functions set. */
  given: readonly string[];
  /** The files that it names. */
  fileNames: readonly string[];
}

/** The fonts that a render has to find for these texts and for the job; those that the template brings along are not among them. */
export function wantedFonts(
  model: TemplateModel,
  texts: readonly TemplateText[],
  { given, fileNames }: OwnFonts,
): WantedFont[] {
  const used = texts.flatMap(({ fonts }) => fonts);
  const brought = new Set(model.ownFonts.map(({ name }) => name));
  const listed = new Map(model.fonts.map((font) => [font.name, font]));
  const byName = [...new Set([...used, ...given])]
    .filter((name) => !brought.has(name))
    .map((name) => listed.get(name) ?? fontNamed(name));
  return [...byName, ...[...new Set(fileNames)].map((fileName) => ({ fileName }))];
}
