import { open } from 'node:fs/promises';

interface AviHead {
  frames: number;
  frameRate: number;
  width: number;
  height: number;
  /** Every chunk of the file is as long as it says. */
  isWhole: boolean;
}

const HEAD_BYTES = 4 * 2 ** 10;

/**
 * Reads the head of an AVI file; null if the file is none. Source: Microsoft, "AVI RIFF File Reference"; the number of
 * frames of a file over 1 GiB is in the chunk `dmlh` of the OpenDML extensions.
 */
export async function readAviHead(path: string): Promise<AviHead | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer: head } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'AVI ') return null;
    const main = head.indexOf('avih') + 8;
    if (main < 8) return { frames: 0, frameRate: 1, width: 0, height: 0, isWhole: false };
    const extended = head.indexOf('dmlh') + 8;
    const microseconds = head.readUInt32LE(main);
    const frames = head.readUInt32LE(main + 16);
    const allFrames = extended >= 8 && extended + 4 <= head.length ? head.readUInt32LE(extended) : 0;
    return {
      frames: Math.max(frames, allFrames),
      frameRate: microseconds === 0 ? 1 : 1e6 / microseconds,
      width: head.readUInt32LE(main + 32),
      height: head.readUInt32LE(main + 36),
      isWhole: await endsWithChunk(file, size),
    };
  } finally {
    await file.close();
  }
}

type Readable = Awaited<ReturnType<typeof open>>;

/** One RIFF chunk, or several of OpenDML, fill the file; the size of a file that was cut is still 0 or too large. */
async function endsWithChunk(file: Readable, size: number): Promise<boolean> {
  let at = 0;
  while (at + 8 <= size) {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, at);
    const length = buffer.readUInt32LE(4);
    if (buffer.toString('latin1', 0, 4) !== 'RIFF' || length === 0) return at > 0;
    at += 8 + length + (length % 2);
  }
  // The last byte of an odd chunk may be left out.
  return at <= size + 1;
}
