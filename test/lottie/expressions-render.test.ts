import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { SAMPLES } from '../support/engine.ts';
import { jobScript, type Step } from '../support/job-script.ts';
import { smallDocument, solidLayer } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RENDERER = fileURLToPath(new URL('../../bin/aerender-lottie.ts', import.meta.url));
const STARFISH = fileURLToPath(new URL('../../../shared/lottie/starfish.json', import.meta.url));

/** Renders one frame with the renderer as a program. */
async function run(t: TestContext, project: string, frame: number, steps: Step[]) {
  const folder = await temporaryFolder(t);
  const [script, output] = [join(folder, 'job.jsx'), join(folder, 'still.png')];
  await writeFile(script, jobScript({ composition: null, steps }));
  const range = ['-s', `${frame}`, '-e', `${frame}`];
  const args = ['-project', project, ...range, '-OMtemplate', 'image_png', '-output', output, '-r', script];
  const { exitCode, stdout } = await execa(process.execPath, [RENDERER, ...args], { reject: false });
  return { exitCode, stdout, output };
}

/** The pixels of a frame, and what the renderer said. */
async function frameOf(t: TestContext, project: string, frame: number, steps: Step[] = []) {
  const { exitCode, stdout, output } = await run(t, project, frame, steps);
  assert.equal(exitCode, 0, stdout);
  await using decoder = new VideoDecoder(output);
  const picture = await decoder.frameAt(0);
  assert.ok(picture);
  return { ...picture, stdout };
}

/** The middle of all pixels of about this colour, from left to right, or null if there are none. */
function middleOf({ pixels, width }: { pixels: Buffer; width: number }, color: readonly number[]): number | null {
  let [count, sum] = [0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    if (!color.every((part, channel) => Math.abs(part - (pixels[at + channel] ?? 0)) < 30)) continue;
    count += 1;
    sum += (at / 4) % width;
  }
  return count === 0 ? null : sum / count;
}

describe('a render with expressions', () => {
  it('shows an expression that a data asset has set', async (t) => {
    const invitation = join(SAMPLES, 'invitation.json');
    const data = (expression: string): Step => ({
      type: 'data',
      layerName: 'accent',
      property: 'Transform->Opacity',
      expression,
    });
    const usual = await frameOf(t, invitation, 60);
    const gone = await frameOf(t, invitation, 60, [data('time > 1 ? 0 : 100')]);
    const here = await frameOf(t, invitation, 60, [data('thisComp.numLayers > 0 ? value : 0')]);
    assert.doesNotMatch(gone.stdout, /WARNING/);
    assert.notDeepEqual(gone.pixels, usual.pixels);
    assert.deepEqual(here.pixels, usual.pixels);
  });

  it('warns of one of the template that fails, by layer and property, and shows the value without it', async (t) => {
    const project = join(await temporaryFolder(t), 'film.json');
    const bar = solidLayer('bar', '#ff0000', 0, 0, 20, 20);
    const failing = { ...bar, ks: { ...bar.ks, o: { a: 0, k: 100, x: 'footage("a.json").x' } } };
    await writeFile(project, JSON.stringify(smallDocument([failing])));
    const { stdout, pixels } = await frameOf(t, project, 0);
    assert.match(
      stdout,
      /^WARNING:In composition 'main', layer 'bar': the expression of Opacity \(ks\.o\) is not evaluated \(footage is not defined, at frame 0\); its value without the expression is rendered\.$/m,
    );
    await writeFile(project, JSON.stringify(smallDocument([bar])));
    assert.deepEqual(pixels, (await frameOf(t, project, 0)).pixels);
  });

  it('ends with an error if one that the job has set fails', async (t) => {
    const project = join(await temporaryFolder(t), 'film.json');
    await writeFile(project, JSON.stringify(smallDocument([solidLayer('bar', '#ff0000', 0, 0, 20, 20)])));
    const asset: Step = { type: 'data', layerName: 'bar', property: 'Opacity', expression: 'Yael & Rudy' };
    const { exitCode, stdout } = await run(t, project, 0, [asset]);
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /The expression that the job gives layer “bar”, property Opacity \(ks\.o\), fails: Yael is not/,
    );
  });

  it('moves the starfish: its arms and its face come in together', {
    skip: existsSync(STARFISH) ? false : 'no ../shared/lottie here',
  }, async (t) => {
    const [yellow, dark] = [
      [255, 214, 102],
      [60, 59, 59],
    ] as const;
    const plain = join(await temporaryFolder(t), 'plain.json');
    const text = await readFile(STARFISH, 'utf8');
    await writeFile(plain, text.replace(/,"x":"(?:[^"\\]|\\.)*"/g, ''));
    for (const frame of [60, 66, 120]) {
      const picture = await frameOf(t, STARFISH, frame);
      assert.doesNotMatch(picture.stdout, /WARNING/);
      const [body, face] = [middleOf(picture, yellow), middleOf(picture, dark)];
      assert.ok(body !== null && face !== null && Math.abs(body - face) < 40, `${body} and ${face} at ${frame}`);
    }
    // Without its expressions the body stays where it was drawn, and the face comes in alone.
    const picture = await frameOf(t, plain, 60);
    const [body, face] = [middleOf(picture, yellow), middleOf(picture, dark)];
    assert.ok(body !== null && face !== null && Math.abs(body - face) > 200, `${body} and ${face}`);
  });
});
