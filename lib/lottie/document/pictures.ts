import { posix } from 'node:path';

/** An asset as far as it names a file; what is read without a schema fits too. */
interface PictureAsset {
  u?: unknown;
  p?: unknown;
  e?: unknown;
  layers?: unknown;
}

/**
 * Where exporters put pictures, from the folder of the document: where it says, Bodymovin's `images/`, and in a .lottie
 * beside the folder of its documents (`i/` in version 2). Sources: Bodymovin's exports, the dotLottie specification.
 */
const FOLDERS = ['', 'images', 'i', '../images', '../i'];

/** Whether the asset is a file beside the document, and not a composition or a picture inside of it. */
export function isFileAsset<Asset extends PictureAsset>(asset: Asset): asset is Asset & { p: string } {
  return asset.layers === undefined && typeof asset.p === 'string' && asset.p !== '' && !/^data:/i.test(asset.p);
}

/**
 * Every place where the file of an asset may be, the first that exists counts: relative to the folder of the document,
 * with `/`. Exports write `u: "images/"`, `"/images/"`, `"images\\"` or nothing for one and the same place.
 */
export function picturePlaces({ u, p }: PictureAsset & { p: string }): string[] {
  const folder = typeof u === 'string' ? u : '';
  const places = FOLDERS.flatMap((place) => [`${place}/${folder}/${p}`, `${place}/${p}`]);
  return [...new Set(places.map((place) => posix.normalize(place.replaceAll('\\', '/')).replace(/^\/+/, '')))];
}
