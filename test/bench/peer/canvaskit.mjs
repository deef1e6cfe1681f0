/**
 * The short script that one would write instead of the engine: canvaskit draws, FFmpeg encodes.
 * `node canvaskit.mjs <folder of packages> <document> <font> <frames | still> <output>`
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { write } from './ffmpeg.mjs';

const [folder, document, font, frames, output] = process.argv.slice(2);
const skia = await createRequire(join(folder, 'package.json'))('canvaskit-wasm/full')({});
const json = await readFile(document, 'utf8');
const { w: width, h: height, fr: frameRate } = JSON.parse(json);
const animation = skia.MakeManagedAnimation(json, { 'Inter-Regular': new Uint8Array(await readFile(font)).buffer });
const pixels = skia.Malloc(Uint8Array, width * height * 4);
const { ColorType, AlphaType, ColorSpace } = skia;
const info = {
  width,
  height,
  colorType: ColorType.RGBA_8888,
  alphaType: AlphaType.Premul,
  colorSpace: ColorSpace.SRGB,
};
const surface = skia.MakeRasterDirectSurface(info, pixels, width * 4);
const canvas = surface.getCanvas();

const draw = (frame) => {
  canvas.clear(skia.BLACK);
  animation.seekFrame(frame);
  animation.render(canvas, skia.LTRBRect(0, 0, width, height));
  surface.flush();
  return pixels.toTypedArray();
};
const encode = () => surface.makeImageSnapshot().encodeToBytes();
await write({ width, height, frameRate }, { frames, output }, { draw, encode });
process.exit();
