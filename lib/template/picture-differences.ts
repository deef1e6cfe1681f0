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

/** Each difference of the layers under a composition. */
export function pictureDifferences(model: TemplateModel, top: TemplateComposition): PictureDifference[] {
  return layersUnder(model, top).flatMap(({ composition, layer: { name, differences = [] } }) =>
    differences.map((difference) => ({
      message: differenceSentence({ composition: composition.name, layer: name }, difference),
      visible: difference.visible === true,
    })),
  );
}
