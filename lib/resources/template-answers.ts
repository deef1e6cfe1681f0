import type { LayerKind, TemplateModel } from '../template/model.ts';

/** Source: shared contract, "Templates", v3. Times are seconds, sizes pixels. */
export interface CompositionAnswer {
  aeid: string;
  name: string;
  width: number;
  height: number;
  duration: number;
  frame_rate: number;
}

export interface LayerAnswer {
  /** The place of the composition in the list of compositions, from 1. */
  composition_id: number;
  /** The layer's number in its composition, from 1. */
  aeid: number;
  name: string;
  start_time: number;
  in_point: number;
  out_point: number;
  layer_type: string;
  source_type: string | null;
  source_comp_id: number | null;
  parent_id: number | null;
}

export function compositionAnswers({ compositions }: TemplateModel): CompositionAnswer[] {
  return compositions.map(({ id, name, width, height, duration, frameRate }) => ({
    aeid: id,
    name,
    width,
    height,
    duration,
    frame_rate: frameRate,
  }));
}

/** The classes of After Effects' own object model; what has a source is an AVLayer. */
const LAYER_TYPES: Partial<Record<LayerKind, string>> = {
  text: 'TextLayer',
  shape: 'ShapeLayer',
  camera: 'CameraLayer',
  light: 'LightLayer',
};

export function layerAnswers({ compositions }: TemplateModel): LayerAnswer[] {
  const numberOf = (name: string | null) => {
    const index = compositions.findIndex((composition) => composition.name === name);
    return index === -1 ? null : index + 1;
  };
  return compositions.flatMap(({ layers }, position) =>
    layers.map((layer) => ({
      composition_id: position + 1,
      aeid: layer.index,
      name: layer.name,
      start_time: layer.start,
      in_point: layer.in,
      out_point: layer.out,
      layer_type: LAYER_TYPES[layer.kind] ?? 'AVLayer',
      source_type: layer.source === null ? null : layer.kind,
      source_comp_id: layer.kind === 'precomposition' ? numberOf(layer.source) : null,
      parent_id: layer.parent,
    })),
  );
}
