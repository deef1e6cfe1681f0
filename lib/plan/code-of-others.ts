import type { Asset } from '../assets/asset.ts';
import { layersUnder } from '../template/composition.ts';
import type { TemplateComposition, TemplateModel } from '../template/model.ts';

/**
 * What a render would run of others: a script or an expression of the job, or an expression of the template. In words, the
 * first one; null if there is none. `top`: undefined if the job names a composition that is not known, of which nothing
 * can be said then.
 */
export function codeOfOthers(
  assets: readonly Asset[],
  model: TemplateModel,
  top: TemplateComposition | undefined,
): string | null {
  for (const [index, asset] of assets.entries()) {
    if (asset.type === 'script') return `assets[${index}] is a script`;
    if (asset.type === 'data' && asset.expression !== undefined) return `assets[${index}] is an expression`;
  }
  const driven = top && layersUnder(model, top).find(({ layer }) => layer.hasExpressions === true);
  return driven === undefined
    ? null
    : `layer '${driven.layer.name}' of composition '${driven.composition.name}' has an expression`;
}
