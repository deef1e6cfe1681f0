import { differenceMessage } from '../lottie/document/index.ts';
import { layersUnder } from './composition.ts';
import type { TemplateComposition, TemplateModel } from './model.ts';

/** Each difference that the picture of a composition will have from After Effects', as a sentence. */
export function differenceWarnings(model: TemplateModel, top: TemplateComposition): string[] {
  return layersUnder(model, top).flatMap(({ composition, layer: { name, differences = [] } }) =>
    differences.map((difference) => differenceMessage({ composition: composition.name, layer: name }, difference)),
  );
}
