import { VideoDecoder } from './lib/media/decode-video.ts';
import { encodeImage } from './lib/media/encode-image.ts';
import { DEFAULT_IMAGE_CODEC } from './lib/contract/codec.ts';
import { writeFileSync } from 'node:fs';
const [,, path, ...times] = process.argv;
await using d = new VideoDecoder(path!);
for (const t of times) { const f = await d.frameAt(Number(t)); if (f) { const t0=performance.now(); const png = await encodeImage(DEFAULT_IMAGE_CODEC, f, f.pixels); console.log('png ms', performance.now()-t0, png.length); writeFileSync(`/tmp/o/at-${t}.png`, png);} }
