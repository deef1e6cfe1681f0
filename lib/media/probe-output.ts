import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { imageSize } from 'image-size';
import { RenderError } from '../errors.ts';
import { readAviHead } from './avi.ts';

/** What a finished video is. */
interface VideoProbe {
  frames: number;
  /** Seconds. */
  duration: number;
  width: number;
  height: number;
}

/**
 * Opens a video as a player would, without native code. Throws `OUTPUT_INCOMPLETE` if its container is not whole: a file
 * that was cut short has no readable track.
 */
export async function probeVideo(path: string): Promise<VideoProbe> {
  const avi = await readAviHead(path);
  if (avi !== null) {
    if (!avi.isWhole) throw incomplete(path, 'the video is cut');
    return { frames: avi.frames, duration: avi.frames / avi.frameRate, width: avi.width, height: avi.height };
  }
  // Loaded for the first video: a batch of pictures needs none of it.
  const { ALL_FORMATS, FilePathSource, Input } = await import('./containers.ts');
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw incomplete(path, 'it holds no video');
    const [{ packetCount }, duration] = await Promise.all([track.computePacketStats(), track.computeDuration()]);
    return { frames: packetCount, duration, width: track.displayWidth, height: track.displayHeight };
  } catch (cause) {
    if (cause instanceof RenderError) throw cause;
    throw incomplete(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** What a picture is. */
interface ImageProbe {
  /** The format of its content, by its usual extension: `png`, `jpg`, `tif`. */
  extension: string;
  width: number;
  height: number;
}

interface Form {
  begin: Buffer;
  end: Buffer;
}

const FORMS: Readonly<Record<string, Form>> = {
  png: {
    begin: Buffer.from('89504e470d0a1a0a', 'hex'),
    // The empty chunk IEND, with its length and its checksum.
    end: Buffer.from('0000000049454e44ae426082', 'hex'),
  },
  // The data between the two markers never holds the second one.
  jpg: { begin: Buffer.from('ffd8', 'hex'), end: Buffer.from('ffd9', 'hex') },
};

/** The size of most pictures is in their first kilobytes; that of a JPEG may come after a profile and a preview. */
const HEAD_BYTES = 4 * 2 ** 10;
const LONG_HEAD_BYTES = 512 * 2 ** 10;
/** Some writers fill up the last bytes. */
const TAIL_BYTES = 64;

/**
 * Reads the head and the end of a picture, a few kilobytes, while nothing else runs in this thread. Throws
 * `OUTPUT_INCOMPLETE` if it is none, or a PNG or JPEG that was cut: such a file has its head, and not its end.
 */
export function probeImage(path: string): ImageProbe {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size === 0) throw incomplete(path, 'the file is empty');
    const probe = probeHead(file, size, /\.tga$/i.test(path));
    if (probe === null) throw incomplete(path, 'it is not a readable picture');
    const form = FORMS[probe.extension];
    if (form !== undefined && !hasForm(file, size, form)) throw incomplete(path, 'the picture is cut');
    return probe;
  } finally {
    closeSync(file);
  }
}

function probeHead(file: number, size: number, isNamedTarga: boolean): ImageProbe | null {
  for (const bytes of [HEAD_BYTES, LONG_HEAD_BYTES]) {
    try {
      const { type = '', width, height } = imageSize(read(file, 0, Math.min(bytes, size)));
      // Targa has no mark: any file that begins with zeros looks like one.
      if (type === 'tga' && !isNamedTarga) return null;
      return { extension: type === 'tiff' ? 'tif' : type, width, height };
    } catch {
      // No picture, or its size comes later.
    }
  }
  return null;
}

function hasForm(file: number, size: number, { begin, end }: Form): boolean {
  const head = read(file, 0, begin.length);
  const tail = read(file, Math.max(0, size - TAIL_BYTES), Math.min(TAIL_BYTES, size));
  return head.equals(begin) && tail.includes(end);
}

function read(file: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, at));
}

function incomplete(path: string, reason: string, cause?: unknown): RenderError {
  return new RenderError('OUTPUT_INCOMPLETE', `The renderer wrote ${path}, but ${reason}.`, { cause, retryable: true });
}
