import { createRequire } from 'node:module';
import type { CanvasKit, MallocObj, ManagedSkottieAnimation, Surface } from 'canvaskit-wasm';
import type { LottieAsset, LottieComposition, LottieDocument } from '../document/index.ts';
import type { SkiaMessage } from './skia-log.ts';

/** A document that is ready to be drawn: every name in it is a key of `files`. */
interface DrawableDocument {
  json: string;
  /** Pictures by their `p`, fonts by their `fName`. */
  files: ReadonlyMap<string, Uint8Array>;
}

export interface DrawableParts {
  fonts: ReadonlyMap<string, Uint8Array>;
  pictures: ReadonlyMap<LottieAsset, Uint8Array>;
}

/**
 * Makes the document that is drawn for a composition: Lottie players draw the top one only, and find files by name, so
 * the composition is put to the top and each picture gets a name of its own.
 */
export function drawableDocument(
  document: LottieDocument,
  { width, height, first, end, layers }: LottieComposition,
  { fonts, pictures }: DrawableParts,
): DrawableDocument {
  const files = new Map<string, Uint8Array>(fonts);
  const assets = document.assets.map((asset, index) => {
    const bytes = pictures.get(asset);
    if (bytes === undefined) return asset;
    const name = `picture_${index}`;
    files.set(name, bytes);
    return { ...asset, u: '', p: name, e: 0 };
  });
  return { json: JSON.stringify({ ...document, w: width, h: height, ip: first, op: end, layers, assets }), files };
}

export interface PictureSize {
  width: number;
  height: number;
}

interface PaintOptions {
  /** Keeps the alpha of the composition. */
  transparent: boolean;
  /** Red, green, blue to 1: what is seen through the composition where its alpha is not kept. Default: black. */
  background?: readonly number[];
  /** Draws so many times larger in each direction, and averages down. */
  supersample?: Supersample;
}

/** The typings of canvaskit-wasm 0.42 lack the listener, and that a document may be refused. */
type OpenAnimation = (
  json: string,
  assets: Record<string, ArrayBuffer>,
  prefix: string,
  sounds: null,
  log: Record<'onError' | 'onWarning', (message: string, json?: string) => void>,
) => ManagedSkottieAnimation | null;

let started: Promise<CanvasKit> | undefined;

/** The full build: the default one lacks Lottie. It is CommonJS, and finds its own `.wasm`. */
export function startSkia(): Promise<CanvasKit> {
  const init = createRequire(import.meta.url)('canvaskit-wasm/full') as (options: object) => Promise<CanvasKit>;
  started ??= quietly(() => init({}));
  return started;
}

/**
 * Skia tries every picture as a font first, and prints each time that it is none. This build has no option against it: it
 * takes the `console.error` that is there when it starts.
 */
function quietly<Result>(start: () => Result): Result {
  const { error } = console;
  console.error = () => {};
  try {
    return start();
  } finally {
    console.error = error;
  }
}

const BLACK = [0, 0, 0];

/** Draws frames of Lottie documents into one block of memory, with Skia in software: the same pixels on every machine. */
export class FramePainter implements Disposable {
  readonly #skia: CanvasKit;
  readonly #size: PictureSize;
  readonly #transparent: boolean;
  readonly #background: Float32Array;
  readonly #factor: Supersample;
  /** What is drawn into, `factor` times as large as a frame. */
  readonly #drawn: MallocObj;
  readonly #surface: Surface;
  readonly #frame: Uint8Array;
  #animation: ManagedSkottieAnimation | null = null;
  /** Whether a frame of this document has been drawn. */
  #isPainted = false;
  /** Whether the frame that was painted last is the same as the one before. */
  isRepeated = false;

  private constructor(
    skia: CanvasKit,
    size: PictureSize,
    { transparent, background = BLACK, supersample = 1 }: PaintOptions,
  ) {
    this.#skia = skia;
    this.#size = size;
    this.#transparent = transparent;
    const [red = 0, green = 0, blue = 0] = background;
    this.#background = transparent ? skia.TRANSPARENT : skia.Color4f(red, green, blue, 1);
    this.#factor = supersample;
    const { width, height } = this.#drawnSize;
    const { ColorType, AlphaType, ColorSpace } = skia;
    const info = { colorType: ColorType.RGBA_8888, alphaType: AlphaType.Premul, colorSpace: ColorSpace.SRGB };
    this.#drawn = skia.Malloc(Uint8Array, width * height * 4);
    const surface = skia.MakeRasterDirectSurface({ ...info, width, height }, this.#drawn, width * 4);
    if (surface === null)
      throw new Error(
        `A picture of ${width} x ${height} does not fit into the memory of the renderer. Render it smaller, or with less supersampling.`,
      );
    this.#surface = surface;
    this.#frame = new Uint8Array(size.width * size.height * 4);
  }

  static async open(size: PictureSize, options: PaintOptions): Promise<FramePainter> {
    return new FramePainter(await startSkia(), size, options);
  }

  /** Replaces the document that is drawn. Returns what Skia says of it. */
  load({ json, files }: DrawableDocument): SkiaMessage[] {
    this.#animation?.delete();
    this.#animation = null;
    const assets = Object.fromEntries([...files].map(([name, bytes]) => [name, ownBuffer(bytes)]));
    const messages: SkiaMessage[] = [];
    const listen = (message: string, about?: string) => void messages.push({ message, json: about ?? '' });
    const skia = this.#skia as unknown as { MakeManagedAnimation: OpenAnimation };
    const animation = skia.MakeManagedAnimation(json, assets, '', null, { onError: listen, onWarning: listen });
    if (animation === null) {
      const reason = messages[0] === undefined ? '' : ` (${messages[0].message})`;
      throw new Error(`Skia cannot draw this document${reason}. Export it again, or with fewer features.`);
    }
    this.#animation = animation;
    this.#isPainted = false;
    return messages;
  }

  /**
   * Draws a frame, counted from the document's first. Returns straight RGBA, which the next call overwrites. What looks
   * like the frame before, by Skia's own account of what has changed, is not drawn again: `isRepeated` then.
   */
  paint(frame: number): Buffer {
    if (this.#animation === null) throw new Error('load() comes before paint().');
    const [left = 0, top = 0, right = 0, bottom = 0] = this.#animation.seekFrame(frame);
    this.isRepeated = this.#isPainted && (right <= left || bottom <= top);
    if (!this.isRepeated) this.#draw(this.#animation);
    this.#isPainted = true;
    if (this.#factor > 1 || this.#transparent) return Buffer.from(this.#frame.buffer);
    const { buffer, byteOffset, byteLength } = this.#view;
    return Buffer.from(buffer, byteOffset, byteLength);
  }

  #draw(animation: ManagedSkottieAnimation): void {
    const canvas = this.#surface.getCanvas();
    const { width, height } = this.#drawnSize;
    canvas.clear(this.#background);
    animation.render(canvas, this.#skia.LTRBRect(0, 0, width, height));
    this.#surface.flush();
    if (this.#factor > 1) averageDown(words(this.#view), words(this.#frame), { ...this.#size, factor: this.#factor });
    else if (this.#transparent) this.#frame.set(this.#view);
    if (this.#transparent) unpremultiply(this.#frame);
  }

  /** Asked for anew each time: the memory of WebAssembly moves when it grows. */
  get #view(): Uint8Array {
    return this.#drawn.toTypedArray() as Uint8Array;
  }

  [Symbol.dispose](): void {
    this.#animation?.delete();
    this.#surface.delete();
    this.#skia.Free(this.#drawn);
  }

  get #drawnSize(): PictureSize {
    return { width: this.#size.width * this.#factor, height: this.#size.height * this.#factor };
  }
}

function words({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

/**
 * Skia reads a whole ArrayBuffer, and a small Buffer is a window on a pool that many share. `Buffer.slice` would only
 * make another window on that pool; a new Uint8Array copies.
 */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** How many times larger in each direction a frame may be drawn before it is averaged down. */
export type Supersample = 1 | 2 | 4;

export const SUPERSAMPLES: readonly Supersample[] = [1, 2, 4];

/**
 * Averages squares of `factor` by `factor` premultiplied RGBA pixels into one each. Two channels are summed at a time, in
 * the halves of a number: sixteen times 255 fit.
 */
export function averageDown(
  large: Uint32Array,
  small: Uint32Array,
  { width, height, factor }: { width: number; height: number; factor: Supersample },
): void {
  const stride = width * factor;
  // Half of the count, in both halves: rounds to the nearest.
  const half = ((factor * factor) >> 1) * 0x00010001;
  const shift = Math.log2(factor) * 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let even = half;
      let odd = half;
      for (let row = y * factor; row < (y + 1) * factor; row += 1) {
        const start = row * stride + x * factor;
        for (let at = start; at < start + factor; at += 1) {
          const pixel = large[at] ?? 0;
          even += pixel & 0x00ff00ff;
          odd += (pixel >>> 8) & 0x00ff00ff;
        }
      }
      small[y * width + x] = (((odd >>> shift) & 0x00ff00ff) << 8) | ((even >>> shift) & 0x00ff00ff);
    }
  }
}

/** From premultiplied to straight RGBA, in place. */
function unpremultiply(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      pixels[channel] = Math.min(255, Math.round(((pixels[channel] ?? 0) * 255) / alpha));
  }
}
