import { DEFAULT_IMAGE_CODEC } from '../../contract/formats.ts';
import type { MediaTools, VideoReader } from '../../media/media-tools.ts';
import { probeFootage } from '../../media/probe-footage.ts';
import {
  type Animated,
  isAnimated,
  LAYER_TYPE,
  type LottieAsset,
  type LottieDocument,
  type LottieLayer,
  valueAt,
} from '../document/index.ts';
import { isMissingFile, VIDEO_ASSET } from './pictures.ts';

/** So much of encoded pictures is given to Skia at a time: memory stays flat however long a video is. */
const CHUNK_BYTES = 64 * 2 ** 20;

/** A layer that shows a video, and the file. */
interface VideoLayer {
  layer: LottieLayer;
  path: string;
  width: number;
  height: number;
  reader: VideoReader;
  /** Seconds; after it the layer is empty, as in After Effects. */
  duration: number;
}

/** The frames from `first` to before `end` can be drawn with these pictures. */
interface VideoChunk {
  first: number;
  end: number;
  assets: LottieAsset[];
  pictures: Map<LottieAsset, Uint8Array>;
  /** What stands in the place of a video layer. */
  replaced: Map<LottieLayer, LottieLayer>;
}

/**
 * Lottie knows no video. In the place of each video layer stands a composition of one-frame pictures; the pictures of a
 * few frames at a time are decoded, so that a long video does not fill the memory.
 */
export class VideoFootage implements AsyncDisposable {
  readonly #document: LottieDocument;
  readonly #tools: MediaTools;
  readonly #videos = new Map<LottieLayer, VideoLayer>();

  constructor(document: LottieDocument, layers: readonly LottieLayer[], tools: MediaTools) {
    this.#document = document;
    this.#tools = tools;
    const assets = new Map(document.assets.map((asset) => [asset.id, asset]));
    const visit = (list: readonly LottieLayer[], seen: ReadonlySet<string>): void => {
      for (const layer of list) {
        const asset = layer.refId === undefined ? undefined : assets.get(layer.refId);
        if (asset === undefined || layer.ty === LAYER_TYPE.audio) continue;
        if (asset.t === VIDEO_ASSET && asset.p !== undefined && !isMissingFile(asset.p)) {
          const { p: path, w = 0, h = 0 } = asset;
          this.#videos.set(layer, {
            layer,
            path,
            width: w,
            height: h,
            reader: tools.openVideo(path, document.fr),
            duration: probeFootage(path, tools).duration,
          });
        } else if (asset.layers !== undefined && !seen.has(asset.id)) {
          visit(asset.layers, new Set([...seen, asset.id]));
        }
      }
    };
    visit(layers, new Set());
  }

  get isEmpty(): boolean {
    return this.#videos.size === 0;
  }

  /** The frames `first` to `last` of the layers, in pieces that fit into memory. */
  async *chunks(
    layers: readonly LottieLayer[],
    first: number,
    last: number,
    offset: number,
  ): AsyncGenerator<VideoChunk> {
    let chunk = new ChunkBuilder(first, this.#videos.values());
    for (let frame = first; frame <= last; frame += 1) {
      for (const [layer, local] of this.#shownAt(layers, offset + frame)) await this.#add(chunk, layer, local);
      if (chunk.bytes >= CHUNK_BYTES) {
        yield chunk.build(frame + 1);
        chunk = new ChunkBuilder(frame + 1, this.#videos.values());
      }
    }
    yield chunk.build(last + 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { reader } of this.#videos.values()) await reader[Symbol.asyncDispose]();
  }

  async #add(chunk: ChunkBuilder, layer: LottieLayer, local: number): Promise<void> {
    const video = this.#videos.get(layer);
    const index = Math.floor(local + 1e-6);
    const time = index / this.#document.fr;
    if (video === undefined || index < 0 || chunk.has(layer, index) || time > video.duration - 1e-4) return;
    const frame = await video.reader.frameAt(time);
    if (frame === null) return;
    chunk.add(layer, index, await this.#tools.encodeImage(DEFAULT_IMAGE_CODEC, frame, frame.pixels));
  }

  /** The video layers that are seen at a frame of a composition, each with the frame of its own time. */
  *#shownAt(layers: readonly LottieLayer[], frame: number): Generator<[LottieLayer, number]> {
    for (const layer of layers) {
      if (layer.refId === undefined || frame < (layer.ip ?? 0) || frame >= (layer.op ?? Number.POSITIVE_INFINITY))
        continue;
      const local = localFrame(layer, frame, this.#document.fr);
      if (this.#videos.has(layer)) {
        yield [layer, local];
        continue;
      }
      const nested = this.#document.assets.find((asset) => asset.id === layer.refId)?.layers;
      if (nested !== undefined) yield* this.#shownAt(nested, local);
    }
  }
}

/** The time inside of a layer's source: moved by its start, stretched, or remapped. */
function localFrame(layer: LottieLayer, frame: number, frameRate: number): number {
  if (isAnimated(layer.tm)) {
    const seconds = valueAt(layer.tm as Animated, frame);
    return (Array.isArray(seconds) ? (seconds[0] ?? 0) : seconds) * frameRate;
  }
  const stretch = typeof layer.sr === 'number' && layer.sr !== 0 ? layer.sr : 1;
  return (frame - (layer.st ?? 0)) / stretch;
}

/** Gathers the pictures of some frames. */
class ChunkBuilder {
  bytes = 0;
  readonly #first: number;
  readonly #videos: VideoLayer[];
  readonly #frames = new Map<LottieLayer, Map<number, Uint8Array>>();

  constructor(first: number, videos: Iterable<VideoLayer>) {
    this.#first = first;
    this.#videos = [...videos];
  }

  has(layer: LottieLayer, index: number): boolean {
    return this.#frames.get(layer)?.has(index) ?? false;
  }

  add(layer: LottieLayer, index: number, picture: Uint8Array): void {
    const frames = this.#frames.get(layer) ?? new Map<number, Uint8Array>();
    this.#frames.set(layer, frames.set(index, picture));
    this.bytes += picture.length;
  }

  build(end: number): VideoChunk {
    const chunk: VideoChunk = { first: this.#first, end, assets: [], pictures: new Map(), replaced: new Map() };
    for (const [position, { layer, width, height }] of this.#videos.entries()) {
      const layers: LottieLayer[] = [];
      for (const [index, picture] of this.#frames.get(layer) ?? []) {
        const asset = { id: `video_${position}_${index}`, w: width, h: height, u: '', p: '', e: 0 };
        chunk.assets.push(asset);
        chunk.pictures.set(asset, picture);
        layers.push({ ty: 2, refId: asset.id, ip: index, op: index + 1, st: 0, ks: {} });
      }
      const id = `video_${position}`;
      chunk.assets.push({ id, layers });
      chunk.replaced.set(layer, { ...layer, ty: 0, refId: id, w: width, h: height });
    }
    return chunk;
  }
}

/** Puts other layers in the place of some, in a list and in the compositions below it. */
export function replaceLayers(
  document: LottieDocument,
  layers: readonly LottieLayer[],
  replaced: ReadonlyMap<LottieLayer, LottieLayer>,
): { document: LottieDocument; layers: LottieLayer[] } {
  const swap = (list: readonly LottieLayer[]) => list.map((layer) => replaced.get(layer) ?? layer);
  const assets = document.assets.map((asset) =>
    asset.layers === undefined ? asset : { ...asset, layers: swap(asset.layers) },
  );
  return { document: { ...document, assets }, layers: swap(layers) };
}
