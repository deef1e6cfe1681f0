import { extname } from 'node:path';
import { layersUnder } from './composition.ts';
import type { TemplateComposition, TemplateFootage, TemplateLayer, TemplateModel } from './model.ts';

/** An asset of a draft. `composition` is left out if it is the job's. */
export type DraftAsset =
  | { type: 'text'; layerName: string; composition?: string; value: string }
  | { type: 'image' | 'video' | 'audio'; layerName: string; composition?: string; src: string };

export interface Draft {
  /** Each with its present value, in the order of the layers. */
  assets: DraftAsset[];
  /** Layers that could be replaced, but whose present file is not here, or inside of the template. */
  left: { layerName: string; composition: string; path: string | null }[];
}

/** The extensions of what moves or sounds; any other file is a picture. */
const VIDEO = /^\.(mp4|m4v|mov|avi|webm|mkv|mxf|mpg|mpeg|gif)$/i;
const AUDIO = /^\.(wav|mp3|m4a|aac|aif|aiff|ogg|flac)$/i;

/**
 * What a job could put into a composition: every text and every footage file under it. `isThere` says whether a file of
 * the template can be given as it is.
 */
export function draftAssets(model: TemplateModel, top: TemplateComposition, isThere: (path: string) => boolean): Draft {
  const draft: Draft = { assets: [], left: [] };
  const footage = new Map(model.footage.map((item) => [item.id, item]));
  const seen = new Set<string>();
  for (const { composition, layer } of layersUnder(model, top)) {
    // If several layers have one name, a job reaches only the topmost.
    const key = JSON.stringify([composition.name, layer.name]);
    if (layer.name === '' || seen.has(key)) continue;
    seen.add(key);
    const place = {
      layerName: layer.name,
      ...(composition.name === top.name ? {} : { composition: composition.name }),
    };
    const source = layer.sourceId === null ? undefined : footage.get(layer.sourceId);
    if (layer.text !== undefined) draft.assets.push({ type: 'text', ...place, value: layer.text.text });
    else if (source !== undefined && isFile(layer, source)) {
      const { path } = source;
      if (path !== null && isThere(path)) draft.assets.push({ type: footageTypeOf(path), ...place, src: path });
      else draft.left.push({ layerName: layer.name, composition: composition.name, path });
    }
  }
  return draft;
}

function isFile(layer: TemplateLayer, source: TemplateFootage): boolean {
  return source.kind === 'file' && (layer.kind === 'footage' || layer.kind === 'audio');
}

/** What kind of footage a file is, by its extension. */
export function footageTypeOf(path: string): 'image' | 'video' | 'audio' {
  const extension = extname(path);
  if (VIDEO.test(extension)) return 'video';
  return AUDIO.test(extension) ? 'audio' : 'image';
}
