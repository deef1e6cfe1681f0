import type { TemplateComposition, TemplateLayer, TemplateModel } from './model.ts';

/** A layer that is rendered with a composition, and the composition that it is in. */
export interface ReachedLayer {
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
