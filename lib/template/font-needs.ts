import type { FontNeed } from './font-need.ts';
import type { TemplateComposition, TemplateModel } from './model.ts';
import { layersUnder } from './reach.ts';

/** The fonts of the texts under a composition, less those that the template brings along, and those that the job names. */
export function fontNeeds(
  model: TemplateModel,
  composition: TemplateComposition | undefined,
  fileNames: readonly string[],
): FontNeed[] {
  const used =
    composition === undefined ? [] : layersUnder(model, composition).flatMap(({ layer }) => layer.text?.fonts ?? []);
  const brought = new Set(model.ownFonts.map(({ name }) => name));
  const named = new Map(model.fonts.map((font) => [font.name, font]));
  const needs: FontNeed[] = [...new Set(used)]
    .filter((name) => !brought.has(name))
    .map((name) => named.get(name) ?? { name, family: name, style: '' });
  return [...needs, ...[...new Set(fileNames)].map((fileName) => ({ fileName }))];
}
