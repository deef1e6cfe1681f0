import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { imageSize } from 'image-size';
import { parseDataUri } from '../../contract/source.ts';
import type { MediaTools } from '../../media/media-tools.ts';
import { isFileAsset, LAYER_TYPE, type LottieAsset, type LottieDocument, picturePlaces } from '../document/index.ts';
import { readPicture } from './decoded-pictures.ts';

/**
 * Replaces the relative paths of a document's pictures by absolute ones, and takes away those that lead out of the
 * project's folder: a document must not show files of the machine that renders it. What a script imports later is the
 * job's own, and absolute already.
 */
export function resolveFootage(document: LottieDocument, projectFolder: string): void {
  const root = rootOf(projectFolder);
  const videos = assetsShownAsVideo(document);
  for (const asset of document.assets) {
    if (videos.has(asset.id)) asset.t = VIDEO_ASSET;
    else delete asset.t;
    if (!isFileAsset(asset)) continue;
    asset.p = locate(asset, projectFolder, root) ?? MISSING + asset.p;
    asset.u = '';
    asset.e = 0;
  }
}

/** The mark of an asset that is a video: the number of the layers that show one. Players ignore it. */
export const VIDEO_ASSET = LAYER_TYPE.video;

/** An exporter marks sound and video alike (`t: 2`), so the layer says what the file is. */
function assetsShownAsVideo({ layers, assets }: LottieDocument): ReadonlySet<string> {
  const all = [layers, ...assets.map((asset) => asset.layers ?? [])].flat();
  return new Set(all.flatMap(({ ty, refId }) => (ty === LAYER_TYPE.video && refId !== undefined ? [refId] : [])));
}

/** Gives the assets of a document their files, by id; null is a file that is not there. */
export function placeFootage(
  document: LottieDocument,
  files: ReadonlyMap<string, { path: string; found: string | null }>,
): void {
  const videos = assetsShownAsVideo(document);
  for (const asset of document.assets) {
    const file = files.get(asset.id);
    if (file === undefined) continue;
    if (videos.has(asset.id)) asset.t = VIDEO_ASSET;
    else delete asset.t;
    asset.p = file.found ?? MISSING + file.path;
    asset.u = '';
  }
}

/** Marks a file that is missing; no real path starts with it. */
const MISSING = 'missing:';

export function isMissingFile(path: string): boolean {
  return path.startsWith(MISSING);
}

function locate(asset: LottieAsset & { p: string }, folder: string, root: string): string | null {
  for (const place of picturePlaces(asset)) {
    const path = resolve(folder, place);
    const inside = relative(root, path);
    if (!inside.startsWith('..') && !isAbsolute(inside) && isFile(path)) return path;
  }
  return null;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A .lottie keeps its documents in a folder of their own (`a/` in version 2), beside those of its pictures. */
function rootOf(folder: string): string {
  const parent = dirname(folder);
  const isArchive = ['animations', 'a'].includes(basename(folder)) && isFile(join(parent, 'manifest.json'));
  return isArchive ? parent : folder;
}

/** The pictures that these compositions draw, by asset; `missing` names those that are not there. */
export async function loadPictures(
  assets: readonly LottieAsset[],
  tools: Pick<MediaTools, 'openVideo'>,
): Promise<{ pictures: Map<LottieAsset, Uint8Array>; missing: string[] }> {
  const pictures = new Map<LottieAsset, Uint8Array>();
  const missing: string[] = [];
  for (const asset of assets) {
    if (!hasFile(asset)) continue;
    const data = asset.t === VIDEO_ASSET ? null : parseDataUri(asset.p);
    if (data !== null) pictures.set(asset, data.bytes);
    else if (isMissingFile(asset.p)) missing.push(asset.p.slice(MISSING.length));
    else if (asset.t !== VIDEO_ASSET) pictures.set(asset, await readPicture(asset, tools));
  }
  return { pictures, missing };
}

function hasFile(asset: LottieAsset): asset is LottieAsset & { p: string } {
  return asset.layers === undefined && asset.p !== undefined;
}

/** The assets that a list of layers draws, and those of nested compositions; a sound is not drawn. */
export function usedAssets(document: LottieDocument, layers: LottieDocument['layers']): LottieAsset[] {
  const byId = new Map(document.assets.map((asset) => [asset.id, asset]));
  const used = new Set<LottieAsset>();
  const visit = (list: LottieDocument['layers']): void => {
    for (const { ty, refId } of list) {
      if (ty === LAYER_TYPE.audio) continue;
      const asset = refId === undefined ? undefined : byId.get(refId);
      if (asset === undefined || used.has(asset)) continue;
      used.add(asset);
      visit(asset.layers ?? []);
    }
  };
  visit(layers);
  return [...used];
}

/** Sizes are rounded: a picture of nearly the same proportions is as the document says. */
const SAME = 0.01;

/**
 * A picture of other proportions than the document gives it fills the space that it has there, and is cut, as players do
 * it; Skia fits it in. Each of its layers shows a composition of that space instead, with the picture in it.
 */
export function fillPictures(document: LottieDocument, pictures: ReadonlyMap<LottieAsset, Uint8Array>): void {
  for (const [asset, bytes] of pictures) {
    const { w = 0, h = 0 } = asset;
    const size = sizeOf(bytes);
    if (size === null || w <= 0 || h <= 0 || Math.abs((size.width / size.height / w) * h - 1) <= SAME) continue;
    const id = `${asset.id} filled`;
    for (const layer of [document.layers, ...document.assets.map(({ layers }) => layers ?? [])].flat()) {
      if (layer.refId !== asset.id || layer.ty !== LAYER_TYPE.image) continue;
      Object.assign(layer, { ty: LAYER_TYPE.precomposition, refId: id, w, h });
    }
    document.assets.push({ id, layers: [pictureLayer(asset.id, size, { w, h })] });
    Object.assign(asset, { w: size.width, h: size.height });
  }
}

function pictureLayer(
  refId: string,
  { width, height }: { width: number; height: number },
  space: { w: number; h: number },
) {
  const percent = Math.max(space.w / width, space.h / height) * 100;
  const fixed = (k: number[]) => ({ a: 0, k });
  return {
    ...{ ty: LAYER_TYPE.image, refId, ip: -100_000, op: 1_000_000, st: 0 },
    ks: {
      a: fixed([width / 2, height / 2, 0]),
      p: fixed([space.w / 2, space.h / 2, 0]),
      s: fixed([percent, percent, 100]),
    },
  };
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    // No picture that it knows: Skia may draw it, or say that it does not.
    return null;
  }
}
