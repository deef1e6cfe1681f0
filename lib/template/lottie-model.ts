import {
  assetNameOf,
  compositionsOf,
  LAYER_TYPE,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
  layerNameOf,
} from './lottie-document.ts';
import type { LayerKind, TemplateComposition, TemplateLayer, TemplateModel, TemplateText } from './model.ts';

/** What a Lottie document says of itself, in the words of every template. */
export function lottieModel(document: LottieDocument, type: 'json' | 'lottie'): TemplateModel {
  const compositions = compositionsOf(document);
  return {
    type,
    writtenBy: document.v === undefined ? null : `Bodymovin ${document.v}`,
    complete: true,
    warnings: [],
    mainComposition: compositions[0]?.name ?? null,
    compositions: compositions.map((composition) => compositionModel(document, composition)),
    footage: document.assets.flatMap((asset) => {
      if (asset.layers !== undefined || asset.p === undefined) return [];
      const embedded = asset.e === 1 || asset.p.startsWith('data:');
      return [{ name: assetNameOf(asset), path: embedded ? null : `${asset.u ?? ''}${asset.p}` }];
    }),
    fonts: (document.fonts?.list ?? []).map((font) => ({ family: font.fFamily || font.fName, style: font.fStyle })),
  };
}

function compositionModel(document: LottieDocument, composition: LottieComposition): TemplateComposition {
  const frames = Math.max(1, Math.ceil(composition.end - composition.first));
  return {
    id: composition.asset?.id ?? '',
    name: composition.name,
    width: composition.width,
    height: composition.height,
    duration: frames / document.fr,
    frameRate: document.fr,
    frames,
    layers: composition.layers.map((layer, position) => layerModel(document, composition, layer, position)),
  };
}

function layerModel(
  document: LottieDocument,
  composition: LottieComposition,
  layer: LottieLayer,
  position: number,
): TemplateLayer {
  const seconds = (frame: number | undefined, fallback: number) =>
    ((frame ?? fallback) - composition.first) / document.fr;
  const parent = layer.parent === undefined ? -1 : composition.layers.findIndex((other) => other.ind === layer.parent);
  const source = document.assets.find((asset) => asset.id === layer.refId);
  const text = textOf(document, layer);
  return {
    index: position + 1,
    name: layerNameOf(document, layer),
    kind: kindOf(layer),
    start: seconds(layer.st, 0),
    in: seconds(layer.ip, composition.first),
    out: seconds(layer.op, composition.end),
    parent: parent === -1 ? null : parent + 1,
    source: source === undefined ? null : assetNameOf(source),
    ...(text === undefined ? {} : { text }),
    effects: Array.isArray(layer.ef) ? layer.ef.map((effect: { nm?: unknown } | null) => String(effect?.nm ?? '')) : [],
  };
}

const KINDS: Record<number, LayerKind> = {
  [LAYER_TYPE.precomposition]: 'precomposition',
  [LAYER_TYPE.solid]: 'solid',
  [LAYER_TYPE.image]: 'footage',
  [LAYER_TYPE.video]: 'footage',
  [LAYER_TYPE.null]: 'null',
  [LAYER_TYPE.shape]: 'shape',
  [LAYER_TYPE.text]: 'text',
  [LAYER_TYPE.audio]: 'audio',
  [LAYER_TYPE.camera]: 'camera',
  [LAYER_TYPE.light]: 'light',
};

function kindOf(layer: LottieLayer): LayerKind {
  return layer.ao === 1 ? 'adjustment' : (KINDS[layer.ty] ?? 'unknown');
}

/** `t.d.k` lists the text documents by time; the first one is what the layer begins with. */
function textOf(document: LottieDocument, layer: LottieLayer): TemplateText | undefined {
  if (layer.ty !== LAYER_TYPE.text) return undefined;
  const keys = (layer.t as { d?: { k?: { s?: { t?: unknown; f?: unknown; s?: unknown } }[] } } | undefined)?.d?.k;
  const first = Array.isArray(keys) ? keys[0]?.s : undefined;
  if (first === undefined) return undefined;
  const font = document.fonts?.list.find(({ fName }) => fName === first.f);
  return {
    text: String(first.t ?? ''),
    fontFamily: font?.fFamily || String(first.f ?? ''),
    fontStyle: font?.fStyle ?? '',
    size: typeof first.s === 'number' ? first.s : 0,
  };
}
