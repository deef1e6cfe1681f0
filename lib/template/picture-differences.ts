import { differenceSentence } from '../lottie/normalise/index.ts';
import { layersUnder } from './composition.ts';
import type { TemplateComposition, TemplateModel } from './model.ts';

/** How the picture of a composition will differ from After Effects', if the bundled renderer draws it. */
export interface PictureDifference {
  /** A sentence. */
  message: string;
  /** Whether one sees it. */
  visible: boolean;
}

/**
 * Each difference of the layers under a composition, once; of every composition if none is named, for a template without
 * a main one.
 */
export function pictureDifferences(model: TemplateModel, top: TemplateComposition | null): PictureDifference[] {
  const tops = top === null ? model.compositions : [top];
  const found = tops
    .flatMap((composition) => layersUnder(model, composition))
    .flatMap(({ composition, layer: { name, differences = [] } }) =>
      differences.map((difference) => ({
        message: differenceSentence({ composition: composition.name, layer: name }, difference),
        visible: difference.visible,
      })),
    );
  return [...new Map(found.map((difference) => [difference.message, difference])).values()];
}
