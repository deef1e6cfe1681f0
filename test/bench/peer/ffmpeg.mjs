import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';

/** The middle of the document of the bench. */
const STILL = 75;

/**
 * Draws the frames of a script into its output: a picture, or a video that FFmpeg encodes of what comes through a pipe.
 * `draw` returns the pixels of a frame, and `encode` the PNG of the frame that was drawn last.
 */
export async function write({ width, height, frameRate }, { frames, output }, { draw, encode }) {
  if (frames === 'still') {
    draw(STILL);
    await writeFile(output, encode());
    return;
  }
  const from = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`, '-r', `${frameRate}`, '-i', '-'];
  // What ours encodes with.
  const rate = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '15M', '-maxrate', '22.5M', '-bufsize', '30M'];
  const filter = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv', '-pix_fmt', 'yuv420p'];
  const ffmpeg = spawn('ffmpeg', ['-y', '-v', 'error', ...from, ...rate, ...filter, output], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  for (let frame = 0; frame < Number(frames); frame += 1) {
    // A copy: the next frame is drawn while the pipe still reads this one.
    if (!ffmpeg.stdin.write(Buffer.from(draw(frame)))) await once(ffmpeg.stdin, 'drain');
  }
  ffmpeg.stdin.end();
  const [code] = await once(ffmpeg, 'exit');
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}
