/**
 * The same with @napi-rs/canvas, which is Skia as native code.
 * `node napi-canvas.mjs <folder of packages> <document> <font> <frames | still> <output>`
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { write } from './ffmpeg.mjs';

const [folder, document, font, frames, output] = process.argv.slice(2);
const load = createRequire(join(folder, 'package.json'));
const { createCanvas, GlobalFonts, LottieAnimation } = load('@napi-rs/canvas');
GlobalFonts.registerFromPath(font, 'Inter');
const json = await readFile(document, 'utf8');
const { w: width, h: height, fr: frameRate } = JSON.parse(json);
const animation = LottieAnimation.loadFromData(json);
const canvas = createCanvas(width, height);
const context = canvas.getContext('2d');

const draw = (frame) => {
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  animation.seekFrame(frame);
  animation.render(context);
  return canvas.data();
};
await write({ width, height, frameRate }, { frames, output }, { draw, encode: () => canvas.encodeSync('png') });
