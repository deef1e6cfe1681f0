/**
 * The same with ThorVG, as its WebAssembly build of LottieFiles; it draws texts without the font that they name.
 * `node thorvg.mjs <folder of packages> <document> <font> <frames | still> <output>`
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { write } from './ffmpeg.mjs';

const [folder, document, , frames, output] = process.argv.slice(2);
const load = createRequire(join(folder, 'package.json'));
const main = load.resolve('@lottiefiles/dotlottie-web');
const { DotLottie } = await import(pathToFileURL(join(main, '..', 'index.js')).href);
const wasm = await readFile(join(main, '..', 'dotlottie-player.wasm'));
DotLottie.setWasmUrl(`data:application/wasm;base64,${wasm.toString('base64')}`);
const json = await readFile(document, 'utf8');
const { w: width, h: height, fr: frameRate } = JSON.parse(json);
const player = new DotLottie({ canvas: { width, height }, data: json, useFrameInterpolation: false, autoplay: false });
await new Promise((resolve, reject) => {
  player.addEventListener('load', resolve);
  player.addEventListener('loadError', ({ error }) => reject(error));
});

const draw = (frame) => {
  player.setFrame(frame);
  return player.buffer;
};
await write({ width, height, frameRate }, { frames, output }, { draw, encode });
process.exit();

/** A PNG without filters: the player has no encoder. */
function encode() {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(player.buffer.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 3 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind, data) {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(kind, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
