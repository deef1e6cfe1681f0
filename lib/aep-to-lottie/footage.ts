import type { FootageItem } from '../aep/read-project.ts';

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

/** The bundled renderer decodes no other kinds. */
const PICTURES = /\.(png|jpe?g|gif|webp|bmp)$/i;

/** Why a file cannot be shown, as the rest of a sentence; null if it can. */
export function unreadableBecause(item: FootageItem): string | null {
  const { mainSource: source } = item;
  if (source.kind !== 'file')
    return source.kind === 'placeholder' ? 'it shows a placeholder, which is not drawn' : null;
  if (source.isSequence) return `of the sequence '${item.name}' only the first picture is shown`;
  if (item.hasVideo && !isVideo(item) && !PICTURES.test(source.path))
    return `its picture '${fileNameOf(source.path)}' is of a kind that cannot be read`;
  return null;
}

/** The last part of a path of either kind of system. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Gives every file of a document a name of its own, in the folder `images/`. */
export class FootageNames {
  readonly #used = new Map<number, UsedFootage>();
  readonly #names = new Set<string>();

  /** The file of an item; null if it has none. */
  use(item: FootageItem): UsedFootage | null {
    const known = this.#used.get(item.id);
    if (known !== undefined) return known;
    const { mainSource: source } = item;
    if (source.kind !== 'file') return null;
    const { path, relativePath } = source;
    const used = { id: `file_${item.id}`, item, path, relativePath, fileName: this.#unique(fileNameOf(path), item.id) };
    this.#used.set(item.id, used);
    return used;
  }

  get all(): UsedFootage[] {
    return [...this.#used.values()];
  }

  /** Two files of one name lie in different folders of the project. */
  #unique(name: string, id: number): string {
    const own = this.#names.has(name.toLowerCase()) ? `${id}-${name}` : name;
    this.#names.add(own.toLowerCase());
    return own;
  }
}

/** An asset for a picture, a video or a sound, by its file. */
export function footageAsset({ id, item, fileName }: UsedFootage): object {
  const marked = isVideo(item) || !item.hasVideo ? { t: SOUND_OR_VIDEO } : {};
  return {
    id,
    nm: item.name,
    ae: { id: item.id },
    w: item.width,
    h: item.height,
    u: 'images/',
    p: fileName,
    e: 0,
    ...marked,
  };
}
