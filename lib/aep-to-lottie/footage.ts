import type { FootageItem } from '../aep/read-project.ts';
import { LAYER_TYPE } from '../lottie/document/index.ts';
import { rounded } from './keyframes.ts';

/** A file of the project that a document shows, and the name that it has there. */
export interface UsedFootage {
  /** The asset's `id`. */
  id: string;
  item: FootageItem;
  /** As the project writes it, on the machine that saved it. */
  path: string;
  /** From the project's own folder, with `/`; null if the project does not tell. */
  relativePath: string | null;
  /** The asset's `p`. */
  fileName: string;
}

/** Exporters mark sound and video alike; the layer says which it is. */
const SOUND_OR_VIDEO = 2;

export function isVideo(item: FootageItem): boolean {
  return item.hasVideo && item.duration > 0 && item.frameRate > 0;
}

/** What players and the bundled renderer show, and what only the renderer decodes. */
const PLAYED = /\.(png|jpe?g|gif|webp|bmp)$/i;
const DECODED = /\.(psd|tiff?|tga|vda|icb|vst|sgi)$/i;

function isPicture(path: string): boolean {
  return PLAYED.test(path) || DECODED.test(path);
}

/** Whether the file is of a kind that the bundled renderer decodes and other players do not show. */
export function isForeignPicture({ mainSource: source }: FootageItem): boolean {
  return source.kind === 'file' && DECODED.test(source.path);
}

/** Why a file cannot be shown, as the rest of a sentence; null if it can. */
export function unreadableBecause(item: FootageItem): string | null {
  const { mainSource: source } = item;
  if (source.kind !== 'file')
    return source.kind === 'placeholder' ? 'it shows a placeholder, which is not drawn' : null;
  if (source.photoshopLayer !== null && source.photoshopLayer.depth !== 8)
    return `its layer of '${fileNameOf(source.path)}' has ${source.photoshopLayer.depth} bits a channel, and only those of 8 can be read`;
  if (source.isSequence && isPicture(source.path) && sequenceNames(item) === null)
    return `of the sequence '${item.name}' only the first picture is shown`;
  if (item.hasVideo && (!isVideo(item) || source.isSequence) && !isPicture(source.path))
    return `its picture '${fileNameOf(source.path)}' is of a kind that cannot be read; save it as PNG, TIFF or Photoshop`;
  return null;
}

/** The last part of a path of either kind of system. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** A sequence of half an hour; what says more is damaged. */
const MOST_PICTURES = 100_000;

/**
 * The names of the files of a sequence in their order: those that the project lists, or as many as it lasts, counted from
 * the first. Null of what is no sequence, or none whose pictures are known.
 */
export function sequenceNames({ mainSource: source, duration, frameRate }: FootageItem): string[] | null {
  if (source.kind !== 'file' || !source.isSequence || !isPicture(source.path) || frameRate <= 0) return null;
  if (source.fileNames.length > 1) return source.fileNames.slice(0, MOST_PICTURES);
  const [, prefix, number, suffix] = /^(.*?)(\d+)(\D*)$/.exec(fileNameOf(source.path)) ?? [];
  const count = Math.round(duration * frameRate);
  if (number === undefined || count < 1 || count > MOST_PICTURES) return null;
  const digit = (at: number) => String(Number(number) + at).padStart(number.length, '0');
  return Array.from({ length: count }, (_, at) => `${prefix}${digit(at)}${suffix}`);
}

/** Gives every file of a document a name of its own, in the folder `images/`. */
export class FootageNames {
  readonly #used = new Map<number, { id: string; item: FootageItem; files: UsedFootage[] }>();
  readonly #names = new Set<string>();

  /** The `refId` of what shows an item, a file or a sequence of them; null if it has no file. */
  use(item: FootageItem): string | null {
    const known = this.#used.get(item.id);
    if (known !== undefined) return known.id;
    const { mainSource: source } = item;
    if (source.kind !== 'file') return null;
    const names = sequenceNames(item);
    const id = names === null ? `file_${item.id}` : `sequence_${item.id}`;
    const beside = (path: string, name: string) => path.slice(0, path.length - fileNameOf(path).length) + name;
    const files = (names ?? [fileNameOf(source.path)]).map((name, at) => ({
      id: names === null ? id : `${id}_${at}`,
      item,
      path: beside(source.path, name),
      relativePath: source.relativePath === null ? null : beside(source.relativePath, name),
      fileName: this.#unique(name, item.id),
    }));
    this.#used.set(item.id, { id, item, files });
    return id;
  }

  get all(): UsedFootage[] {
    return [...this.#used.values()].flatMap(({ files }) => files);
  }

  /** The assets of all files, and a composition for each sequence, in a document of this frame rate. */
  assets(frameRate: number): object[] {
    return [...this.#used.values()].flatMap(({ id, item, files }) => {
      const assets = files.map(footageAsset);
      return sequenceNames(item) === null ? assets : [...assets, sequenceAsset(id, item, files, frameRate)];
    });
  }

  /** Two files of one name lie in different folders of the project. */
  #unique(name: string, id: number): string {
    const own = this.#names.has(name.toLowerCase()) ? `${id}-${name}` : name;
    this.#names.add(own.toLowerCase());
    return own;
  }
}

/** An asset for a picture, a video or a sound, by its file. */
function footageAsset({ id, item, fileName }: UsedFootage): object {
  const isStill = sequenceNames(item) !== null || (item.hasVideo && !isVideo(item));
  const marked = isStill ? {} : { t: SOUND_OR_VIDEO };
  const photoshopLayer = item.mainSource.kind === 'file' ? item.mainSource.photoshopLayer : null;
  return {
    id,
    nm: item.name,
    ae: { id: item.id, ...(photoshopLayer === null ? {} : { photoshopLayer }) },
    w: item.width,
    h: item.height,
    u: 'images/',
    p: fileName,
    e: 0,
    ...marked,
  };
}

/** A sequence is a composition of pictures, each of which is there for a frame of its own rate. */
function sequenceAsset(id: string, item: FootageItem, files: readonly UsedFootage[], frameRate: number): object {
  const end = (at: number) => rounded((at * frameRate) / item.frameRate);
  const layers = files.map((file, at) => ({
    ...{ ty: LAYER_TYPE.image, ind: at + 1, nm: file.fileName, refId: file.id },
    ...{ ip: end(at), op: end(at + 1), st: 0, sr: 1, ks: {} },
  }));
  return { id, nm: item.name, ae: { id: item.id }, w: item.width, h: item.height, layers };
}
