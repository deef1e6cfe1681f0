import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parseLottie } from '../../lib/lottie/document/index.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { probeImage, probeVideo } from '../../lib/media/probe-output.ts';
import { unpackTemplate } from '../../lib/template/archive/unpack-template.ts';
import { detectType } from '../../lib/template/open-template.ts';
import { SAMPLES } from '../support/engine.ts';
import { jobScript, type Step } from '../support/job-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RENDERER = fileURLToPath(new URL('../../bin/aerender-lottie.ts', import.meta.url));
const EXPORTS = fileURLToPath(new URL('../../../shared/lottie/', import.meta.url));
const STORED = fileURLToPath(new URL('../fixtures/frames/invitation-60.png', import.meta.url));
const invitation = join(SAMPLES, 'invitation.json');

const render = (...args: string[]) => execa(process.execPath, [RENDERER, ...args], { reject: false });

/** The pixels of one frame of the invitation. */
async function still(t: TestContext, frame: number, ...steps: Step[]): Promise<Buffer> {
  const folder = await temporaryFolder(t);
  const script = join(folder, 'job.jsx');
  const output = join(folder, 'still.png');
  await writeFile(script, jobScript({ composition: 'main', steps }));
  const args = [
    '-project',
    invitation,
    '-comp',
    'main',
    '-s',
    `${frame}`,
    '-e',
    `${frame}`,
    '-OMtemplate',
    'image_png',
    '-output',
    output,
    '-r',
    script,
    '-trustScript',
    ...steps.flatMap((step) => ('src' in step && step.src !== undefined ? ['-allowRead', dirname(step.src)] : [])),
  ];
  const { exitCode, stdout } = await render(...args);
  assert.equal(exitCode, 0, stdout);
  return await pixelsOf(output);
}

async function pixelsOf(picture: string): Promise<Buffer> {
  await using decoder = new VideoDecoder(picture);
  const frame = await decoder.frameAt(0);
  assert.ok(frame);
  return frame.pixels;
}

/** The pixels of `now` that are others than before: red, green, blue, alpha. */
function changedPixels(before: Buffer, now: Buffer): Buffer[] {
  assert.equal(now.length, before.length);
  const pixels = Array.from({ length: now.length / 4 }, (_, at) => now.subarray(at * 4, at * 4 + 4));
  return pixels.filter((pixel, at) => !pixel.equals(before.subarray(at * 4, at * 4 + 4)));
}

describe('the bundled renderer', () => {
  it('draws the same pixels for the same input, and others for another name, picture or colour', async (t) => {
    const base = await still(t, 60);
    assert.deepEqual(await still(t, 60), base);
    const others: Step[] = [
      { type: 'text', layerName: 'name', value: 'Grace' },
      { type: 'footage', layerName: 'photo', src: join(SAMPLES, 'images/mary.png') },
      { type: 'data', layerName: 'accent', property: 'Effects->Fill->Color', value: [0, 1, 0] },
    ];
    const shares: number[] = [];
    for (const asset of others) {
      const changed = changedPixels(base, await still(t, 60, asset));
      shares.push((changed.length * 4) / base.length);
      // What the layer does not show stays as it was; only the accent becomes pure green.
      const greens = changed.filter(([red = 0, green = 0, blue = 0]) => green > 200 && red + blue < 60);
      assert.equal(greens.length > changed.length / 2, asset.type === 'data', asset.type);
    }
    for (const share of shares) assert.ok(share > 0.0005 && share < 0.5, shares.join(', '));
  });

  it('draws what it drew when the frame was stored, but for what no eye sees', async (t) => {
    const output = join(await temporaryFolder(t), 'still.png');
    const half = ['-renderSettings', 'Resolution: Half'];
    await render(
      '-project',
      invitation,
      '-s',
      '60',
      '-e',
      '60',
      '-OMtemplate',
      'image_png',
      ...half,
      '-output',
      output,
    );
    const [now, stored] = await Promise.all([pixelsOf(output), pixelsOf(STORED)]);
    assert.equal(now.length, stored.length);
    const difference = now.reduce((sum, value, at) => sum + Math.abs(value - (stored[at] ?? 0)), 0) / now.length;
    assert.ok(difference < 1, `${difference} of 255 on average`);
  });

  it('draws a video as footage, frame by frame, with its transparency', async (t) => {
    const folder = await temporaryFolder(t);
    const child = join(folder, 'child.mov');
    const made = await render(
      '-project',
      join(SAMPLES, 'lower-third.json'),
      '-comp',
      'main',
      '-OMtemplate',
      'video_prores_4444',
      '-output',
      child,
    );
    assert.equal(made.exitCode, 0, made.stdout);
    const over: Step = { type: 'footage', layerName: 'lower third', src: child };
    const base = await still(t, 60);
    assert.notDeepEqual(await still(t, 60, over), base);
    // The lower third has not come in yet: its first frame is all transparent.
    assert.deepEqual(await still(t, 0, over), await still(t, 0));
  });

  it('writes a video with every frame, at half the size where it is asked to', async (t) => {
    const output = join(await temporaryFolder(t), 'half.mp4');
    const { exitCode, stdout } = await render(
      '-project',
      invitation,
      '-comp',
      'main',
      '-s',
      '10',
      '-e',
      '29',
      '-renderSettings',
      'Resolution: Half',
      '-output',
      output,
    );
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(await probeVideo(output), { frames: 20, duration: 0.8, width: 640, height: 360 });
    assert.match(stdout, /PROGRESS: {2}Duration: 0:00:00:20\n/);
    assert.match(stdout, /PROGRESS: {2}0:00:01:04 \(20\): \d+ Seconds\n/);
    await using decoder = new VideoDecoder(output);
    const frame = await decoder.frameAt(0.7);
    assert.ok(
      frame?.pixels.some((value, index) => index % 4 !== 3 && value > 200),
      'a picture, not a black screen',
    );
  });

  it('numbers the pictures of a range', async (t) => {
    const folder = await temporaryFolder(t);
    await render(
      '-project',
      invitation,
      '-s',
      '3',
      '-e',
      '5',
      '-OMtemplate',
      'image_jpeg',
      '-output',
      join(folder, 'f_[###].jpg'),
    );
    assert.deepEqual(readdirSync(folder).toSorted(), ['f_003.jpg', 'f_004.jpg', 'f_005.jpg']);
    assert.deepEqual(probeImage(join(folder, 'f_003.jpg')), { extension: 'jpg', width: 1280, height: 720 });
  });

  it("fails in aerender's words and with its exit codes", async (t) => {
    const folder = await temporaryFolder(t);
    const out = ['-output', join(folder, 'x.mp4')];
    const cases: [args: string[], code: number, words: RegExp][] = [
      [['-project', invitation, '-comp', 'Main', ...out], 1, /aerender ERROR: No comp was found with the given name\./],
      [['-project', invitation, '-nonsense'], 3, /Illegal argument flag: -nonsense/],
      [['-project'], 3, /no value given for flag: -project/],
      [
        ['-project', invitation, '-OMtemplate', 'DivX', ...out],
        1,
        /No output module template was found with the given name\./,
      ],
      [['-project', invitation, '-s', '90', '-e', '200', ...out], 1, /lie outside of the composition/],
      [['-project', join(folder, 'none.json'), ...out], 1, /cannot be opened/],
      [['-help'], 2, /USAGE/],
      [['-version'], 0, /aerender version \d/],
    ];
    for (const [args, code, words] of cases) {
      const { exitCode, stdout } = await render(...args);
      assert.match(stdout, words);
      assert.equal(exitCode, code, stdout);
    }
  });

  it('draws a text whose font is missing with a font of its own, and warns', async (t) => {
    const folder = await temporaryFolder(t);
    const project = join(folder, 'project.json');
    const text = await readFile(join(SAMPLES, 'lower-third.json'), 'utf8');
    await writeFile(project, text.replaceAll('Inter', 'Nowhere'));
    const args = [
      '-project',
      project,
      '-s',
      '50',
      '-e',
      '50',
      '-OMtemplate',
      'image_png',
      '-output',
      join(folder, 'x.png'),
    ];
    const { stdout, exitCode } = await render(...args);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^WARNING:.*Font family: Nowhere, Font style: Bold$/m);
  });

  it('renders every frame of the real exports', {
    skip: existsSync(EXPORTS) ? false : 'no ../shared/lottie here',
    timeout: 240_000,
  }, async (t) => {
    const names = readdirSync(EXPORTS).filter((name) => /\.(json|lottie|zip)$/.test(name));
    for (const name of names) {
      const folder = await temporaryFolder(t);
      const file = join(EXPORTS, name);
      const type = detectType(await readFile(file), file);
      const project = type === 'zip' ? (await unpackTemplate(file, type, folder)).project : file;
      // Heart.lottie, which is plain JSON, lasts nine minutes: every hundredth frame of it.
      const { ip, op } = parseLottie(await readFile(project));
      const increment = op > 10_000 ? 100 : 1;
      const output = join(folder, 'x.mp4');
      const { exitCode, stdout } = await render(
        '-project',
        project,
        '-renderSettings',
        'Resolution: Half',
        '-continueOnMissingFootage',
        '-i',
        `${increment}`,
        '-output',
        output,
      );
      assert.equal(exitCode, 0, `${name}: ${stdout.slice(-500)}`);
      assert.equal((await probeVideo(output)).frames, Math.ceil(Math.ceil(op - ip) / increment), name);
    }
  });
});
