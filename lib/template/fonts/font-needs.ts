import type { TemplateComposition, TemplateModel } from '../model.ts';
import { fontNamed } from '../project/project-text.ts';
import { layersUnder } from '../reach.ts';
import type { FontNeed } from './font-need.ts';

/**
 * The fonts of the texts under a composition and those that the job gives to texts (`given`), less those that the template
 * brings along; and those that the job names by their files.
 */
export function fontNeeds(
  model: TemplateModel,
  composition: TemplateComposition | undefined,
  fileNames: readonly string[],
  given: readonly string[] = [],
): FontNeed[] {
  const used =
    composition === undefined ? [] : layersUnder(model, composition).flatMap(({ layer }) => layer.text?.fonts ?? []);
  const brought = new Set(model.ownFonts.map(({ name }) => name));
  const named = new Map(model.fonts.map((font) => [font.name, font]));
  const needs: FontNeed[] = [...new Set([...used, ...given])]
    .filter((name) => !brought.has(name))
    .map((name) => named.get(name) ?? fontNamed(name));
  return [...needs, ...[...new Set(fileNames)].map((fileName) => ({ fileName }))];
}
