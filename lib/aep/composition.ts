import type { Chunk } from './chunks.ts';
import { readCompositionData } from './composition-data.ts';
import { readEssentialGraphics } from './essential-graphics.ts';
import type { CompItem, ItemHead } from './items.ts';
import { Layer, type LayerProject } from './layer.ts';
import { readLayerData } from './layer-data.ts';
import { readMarkers } from './markers.ts';
import { PropertyGroup } from './property-group.ts';

/**
 * `LIST Item` of a composition: `cdta` (settings), `cdrp` (1 for drop-frame time code), a `LIST Layr` for each layer from
 * the top, `LIST SecL` (a layer that holds the composition's markers), `LIST CIF3` (Essential Graphics). The views
 * (`SLay`, `CLay`, `DLay`) are layers too, and none of the composition's. Null where there are no settings.
 */
export function readComposition(item: Chunk, head: ItemHead, project: LayerProject): CompItem | null {
  const lists = new Map<string, Chunk>();
  const layerChunks: Chunk[] = [];
  for (const chunk of item.children()) {
    if (chunk.id === 'Layr') layerChunks.push(chunk);
    else if (!lists.has(chunk.id)) lists.set(chunk.id, chunk);
  }
  const settings = lists.get('cdta');
  const data = settings === undefined ? null : readCompositionData(settings);
  if (data === null) return null;
  const byId = new Map<number, Layer>();
  const markerLayer = lists.get('SecL');
  const comp: CompItem = {
    ...head,
    ...data,
    typeName: 'Composition',
    dropFrame: lists.get('cdrp')?.fields(1)?.getUint8(0) === 1,
    layers: [],
    essentialGraphics: readEssentialGraphics(lists),
    layerById: (id) => byId.get(id) ?? null,
    markers: () => readCompositionMarkers(markerLayer, comp),
  };
  for (const chunk of layerChunks) {
    const layer = readLayer(chunk, comp, project);
    if (layer === null) continue;
    comp.layers.push(layer);
    byId.set(layer.id, layer);
  }
  return comp;
}

/** `LIST Layr`: `ldta`, `Utf8` its own name, `cmta` its comment, `LIST tdgp` its properties. */
function readLayer(list: Chunk, comp: CompItem, project: LayerProject): Layer | null {
  const texts = { name: '', comment: '' };
  let named = false;
  let data: ReturnType<typeof readLayerData> = null;
  let properties: Chunk | null = null;
  for (const chunk of list.children()) {
    if (chunk.id === 'ldta') data = readLayerData(chunk);
    else if (chunk.id === 'Utf8' && !named) {
      texts.name = chunk.text();
      named = true;
    } else if (chunk.id === 'cmta') texts.comment = chunk.text();
    else if (chunk.id === 'tdgp') properties ??= chunk;
  }
  if (data === null) return null;
  return new Layer({ index: comp.layers.length + 1, comp, project }, data, texts, properties);
}

function readCompositionMarkers(markerLayer: Chunk | undefined, comp: CompItem): ReturnType<typeof readMarkers> {
  const properties = markerLayer?.first('tdgp');
  if (!properties) return [];
  const ldta = markerLayer?.first('ldta');
  const context = {
    sourceSize: null,
    compSize: [comp.width, comp.height] as [number, number],
    nullLayer: false,
    threeD: false,
    startTime: (ldta && readLayerData(ldta)?.startTime) ?? 0,
    stretch: 1,
    layerIndex: () => 0,
    effect: () => null,
  };
  return readMarkers(new PropertyGroup(properties, '', context).property('ADBE Marker'));
}
