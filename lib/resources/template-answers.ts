import type { LayerKind, TemplateLayer, TemplateModel } from '../template/model.ts';

/** Source: shared contract, "Templates", v3. Times are seconds, sizes pixels. */
export interface Composition {
  aeid: string;
  name: string;
  width: number;
  height: number;
  duration: number;
  frame_rate: number;
}

export interface Layer {
  /** The `aeid` of its composition, as a number. */
  composition_id: number;
  /** Unique in its composition: After Effects' own id, or the layer's number in a Lottie document. */
  aeid: number;
  name: string;
  /** The frame of what it shows, in its own pixels; null of point text and shapes, which only a render measures. */
  top: number | null;
  left: number | null;
  width: number | null;
  height: number | null;
  start_time: number;
  in_point: number;
  out_point: number;
  layer_type: string;
  source_type: string | null;
  source_comp_id: number | null;
  parent_id: number | null;
}

export function compositionAnswers({ compositions }: TemplateModel): Composition[] {
  return compositions.map(({ id, name, width, height, duration, frameRate }) => ({
    aeid: String(id),
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

export function layerAnswers({ compositions }: TemplateModel): Layer[] {
  const isComposition = new Set(compositions.map(({ id }) => id));
  return compositions.flatMap(({ id, layers }) =>
    layers.map((layer) => ({
      composition_id: id,
      aeid: layer.id,
      name: layer.name,
      ...boundsOf(layer),
      start_time: layer.start,
      in_point: layer.in,
      out_point: layer.out,
      layer_type: LAYER_TYPES[layer.kind] ?? 'AVLayer',
      source_type: layer.source === null ? null : layer.kind,
      source_comp_id: layer.sourceId !== null && isComposition.has(layer.sourceId) ? layer.sourceId : null,
      parent_id: layers.find(({ index }) => index === layer.parent)?.id ?? null,
    })),
  );
}

function boundsOf({ kind, text, width, height }: TemplateLayer): Pick<Layer, 'top' | 'left' | 'width' | 'height'> {
  if (text !== undefined && text.box !== null) return { ...text.box };
  const measured = kind === 'text' || kind === 'shape' || kind === 'camera' || kind === 'light' || kind === 'audio';
  return measured ? { top: null, left: null, width: null, height: null } : { top: 0, left: 0, width, height };
}
