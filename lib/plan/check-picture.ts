import { rendersWith } from '../contract/library.ts';
import type { Fault } from '../errors.ts';
import { differenceSentence, drawingFault, unfoldedLayers } from '../lottie/normalise/index.ts';
import { layersUnder } from '../template/composition.ts';
import type { TemplateComposition, TemplateModel } from '../template/model.ts';

/** So many differences are named in a refusal; the rest is counted. */
const NAMED = 3;

/**
 * How the bundled renderer's picture of a composition will differ from After Effects': warnings, or a refusal of what one
 * would see. Lottie documents are made for players, which draw them as they can: theirs are warnings, unless the option
 * says otherwise.
 */
export function checkPicture(
  model: TemplateModel,
  composition: TemplateComposition,
  options: { allowUnsupported?: boolean | undefined; supersample: 1 | 2 | 4 },
): { faults: Fault[]; warnings: string[] } {
  const tooLarge = sizeFault(model, composition, options.supersample);
  if (tooLarge !== null) return { faults: [tooLarge], warnings: [] };
  const differences = pictureDifferences(model, composition);
  const allowed = options.allowUnsupported ?? rendersWith(model.type) === 'bundled';
  const refused = allowed ? [] : differences.filter(({ visible }) => visible);
  const warnings = differences.filter((difference) => !refused.includes(difference)).map(({ message }) => message);
  return { faults: refused.length === 0 ? [] : [refusal(refused.map(({ message }) => message))], warnings };
}

function sizeFault(model: TemplateModel, composition: TemplateComposition, supersample: 1 | 2 | 4): Fault | null {
  const byId = new Map(model.compositions.map((one) => [one.id, one]));
  const layers = unfoldedLayers(composition, (one) =>
    one.layers.map(({ sourceId }) => (sourceId === null ? null : (byId.get(sourceId) ?? null))),
  );
  const fault = drawingFault({ width: composition.width, height: composition.height, layers, supersample });
  return fault === null
    ? null
    : { code: 'COMPOSITION_TOO_LARGE', message: `Composition '${composition.name}' ${fault}.` };
}

function refusal(messages: readonly string[]): Fault {
  const more = messages.length - NAMED;
  const rest = more > 0 ? ` And ${more} more.` : '';
  return {
    code: 'FEATURE_UNSUPPORTED',
    message: `The bundled renderer would not draw this as After Effects does. ${messages.slice(0, NAMED).join(' ')}${rest} Render it with After Effects, or allow it with the option bundled.allowUnsupported (--allow-unsupported).`,
  };
}

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
