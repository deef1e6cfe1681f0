import { createRequire } from 'node:module';
import type { CanvasKit, MallocObj, ManagedSkottieAnimation, Surface } from 'canvaskit-wasm';

/** A document that is ready to be drawn: every name in it is a key of `files`. */
export interface DrawableDocument {
  json: string;
  /** Pictures by their `p`, fonts by their `fName`. */
  files: ReadonlyMap<string, Uint8Array>;
}

export interface PictureSize {
  width: number;
  height: number;
}

let started: Promise<CanvasKit> | undefined;

/** The full build: the default one lacks Lottie. It is CommonJS, and finds its own `.wasm`. */
export function startSkia(): Promise<CanvasKit> {
  const init = createRequire(import.meta.url)('canvaskit-wasm/full') as (options: object) => Promise<CanvasKit>;
  // It tries every picture as a font first, and says each time that it is none.
  started ??= init({ printErr: () => {} });
  return started;
}

/** Draws frames of Lottie documents into one block of memory, with Skia in software: the same pixels on every machine. */
export class FramePainter implements Disposable {
  readonly #skia: CanvasKit;
  readonly #size: PictureSize;
  readonly #transparent: boolean;
  readonly #surface: Surface;
  readonly #pixels: MallocObj;
  #animation: ManagedSkottieAnimation | null = null;

  private constructor(skia: CanvasKit, size: PictureSize, transparent: boolean) {
    this.#skia = skia;
    this.#size = size;
    this.#transparent = transparent;
    this.#pixels = skia.Malloc(Uint8Array, size.width * size.height * 4);
    const surface = transparent
      ? skia.MakeSurface(size.width, size.height)
      : skia.MakeRasterDirectSurface({ ...this.#info, alphaType: skia.AlphaType.Premul }, this.#pixels, size.width * 4);
    if (surface === null)
      throw new Error(`A picture of ${size.width} x ${size.height} does not fit into the memory of the renderer.`);
    this.#surface = surface;
  }

  /** `transparent` keeps the alpha of the composition; else its background is black, as After Effects renders it. */
  static async open(size: PictureSize, transparent: boolean): Promise<FramePainter> {
    return new FramePainter(await startSkia(), size, transparent);
  }

  /** Takes another document; that of before is forgotten. */
  load({ json, files }: DrawableDocument): void {
    this.#animation?.delete();
    this.#animation = null;
    const assets = Object.fromEntries([...files].map(([name, bytes]) => [name, ownBuffer(bytes)]));
    // The typings say never, the library says null for a document that it cannot draw.
    const animation = this.#skia.MakeManagedAnimation(json, assets) as ManagedSkottieAnimation | null;
    if (animation === null) throw new Error('Skia cannot draw this document.');
    this.#animation = animation;
  }

  /** Draws a frame, counted from the document's first, and gives straight RGBA. The next call overwrites it. */
  paint(frame: number): Buffer {
    if (this.#animation === null) throw new Error('No document is loaded.');
    const { width, height } = this.#size;
    const canvas = this.#surface.getCanvas();
    canvas.clear(this.#transparent ? this.#skia.TRANSPARENT : this.#skia.BLACK);
    this.#animation.seekFrame(frame);
    this.#animation.render(canvas, this.#skia.LTRBRect(0, 0, width, height));
    this.#surface.flush();
    if (this.#transparent) canvas.readPixels(0, 0, this.#info, this.#pixels, width * 4);
    // Asked for anew each time: the memory of WebAssembly moves when it grows.
    const view = this.#pixels.toTypedArray() as Uint8Array;
    return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  }

  [Symbol.dispose](): void {
    this.#animation?.delete();
    this.#surface.delete();
    this.#skia.Free(this.#pixels);
  }

  get #info() {
    const { ColorType, AlphaType, ColorSpace } = this.#skia;
    return {
      ...this.#size,
      colorType: ColorType.RGBA_8888,
      alphaType: AlphaType.Unpremul,
      colorSpace: ColorSpace.SRGB,
    };
  }
}

/**
 * Skia reads a whole ArrayBuffer, and a small Buffer is a window on a pool that many share. `Buffer.slice` would only
 * make another window on that pool; a new Uint8Array copies.
 */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
