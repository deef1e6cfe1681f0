import type { Asset } from '../../contract/asset.ts';
import { shorten } from '../../contract/fault-message.ts';
import {
  FUNCTIONS,
  type FunctionCall,
  functionCall,
  knownParams,
  unknownParams,
} from '../../contract/function-asset.ts';
import { suggestNames } from '../../contract/suggest.ts';
import type { LayerKind, TemplateComposition } from '../model.ts';

function functionCalls(assets: readonly Asset[]): FunctionCall[] {
  return assets.flatMap((asset) => (asset.type === 'function' ? [functionCall(asset)] : []));
}

/** How many frames the job's composition has after the functions that set its length. */
export function framesAfter(composition: TemplateComposition, assets: readonly Asset[]): number {
  const last = functionCalls(assets).findLast(
    ({ name, composition: named }) => name === 'comp-duration-set' && (named ?? composition.name) === composition.name,
  );
  const seconds = last?.params.value;
  return typeof seconds === 'number' ? Math.max(1, Math.round(seconds * composition.frameRate)) : composition.frames;
}

/** Why a layer of this kind cannot be changed by the function; null where it can, or may. */
export function functionKindFault({ name }: FunctionCall, layer: { name: string; kind: LayerKind }): string | null {
  const kinds: readonly LayerKind[] | null = FUNCTIONS[name].kinds;
  if (kinds === null || layer.kind === 'unknown' || kinds.includes(layer.kind)) return null;
  return `layer '${layer.name}' is a ${layer.kind} layer; the function nx:${name} needs a layer of kind ${kinds.join(' or ')}`;
}

/** What is written in vain is most often misspelt. */
export function unknownParamWarnings(call: FunctionCall, field: string): string[] {
  return unknownParams(call).map((param) => {
    const known = suggestNames(param, knownParams(call.name));
    return `${field}.params: nx:${call.name} knows no '${shorten(param)}' and does nothing with it; ${known}`;
  });
}

/** The fonts that functions give to texts, by the names that texts use. */
export function functionFonts(assets: readonly Asset[]): string[] {
  return functionCalls(assets).flatMap(({ name, params }) =>
    name === 'text-params-set' && typeof params.font === 'string' ? [params.font] : [],
  );
}
