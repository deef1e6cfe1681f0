import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { DEFAULT_IMAGE_CODEC } from '../../lib/contract/formats.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { encodeImage } from '../../lib/media/encode-image.ts';
import { drawn, renderDocument } from '../support/drawn-frame.ts';
import { openStudio } from '../support/engine.ts';
import { smallDocument, solidLayer, transform } from '../support/small-document.ts';

/** A picture of one colour, as an asset that carries it. */
async function embedded(id: string, rgb: [number, number, number], side: number) {
  const pixels = Buffer.from(Array.from({ length: side * side }, () => [...rgb, 255]).flat());
  const png = await encodeImage(DEFAULT_IMAGE_CODEC, { width: side, height: side }, pixels);
  return { id, w: side, h: side, u: '', p: `data:image/png;base64,${png.toString('base64')}`, e: 1 };
}

const picture = (refId: string, x: number) => ({ ty: 2, nm: refId, refId, ip: 0, op: 50, st: 0, ks: transform(x, 0) });

/** A layer of sound and its file, as Bodymovin writes them. */
function withSound(p: string) {
  const sound = { ty: 6, nm: 'music', refId: 'sound', ip: 0, op: 50, st: 0, au: { lv: { a: 0, k: [0, 0] } } };
  const asset = { id: 'sound', u: '', p, e: p.startsWith('data:') ? 1 : 0, t: 2 };
  return smallDocument([sound, solidLayer('box', '#00ff00', 0, 0, 40, 40)], [asset]);
}

/** A file of sound, with no sample in it. */
const SILENCE = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';

describe('pictures of a document', () => {
  it('are drawn each as itself when they are embedded and small', async (t) => {
    const colours: [number, number, number][] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ];
    const assets = await Promise.all(colours.map((colour, index) => embedded(`p${index}`, colour, 8)));
    const frame = await drawn(t, smallDocument([picture('p0', 0), picture('p1', 20), picture('p2', 40)], assets), 0);
    assert.deepEqual([frame.at(4, 4), frame.at(24, 4), frame.at(44, 4)], ['#ff0000', '#00ff00', '#0000ff']);
  });
});

describe('a picture of other proportions than its asset', () => {
  it('fills the space of the asset and is cut', async (t) => {
    const asset = { ...(await embedded('photo', [255, 0, 0], 8)), w: 80, h: 40 };
    const frame = await drawn(t, smallDocument([picture('photo', 20)], [asset]), 0);
    assert.deepEqual(frame.ink, { left: 20, right: 99, top: 0, bottom: 39 });
  });

  it('of the same proportions is drawn in the size of the asset', async (t) => {
    const asset = { ...(await embedded('photo', [255, 0, 0], 8)), w: 40, h: 40 };
    const frame = await drawn(t, smallDocument([picture('photo', 20)], [asset]), 0);
    assert.deepEqual(frame.ink, { left: 20, right: 59, top: 0, bottom: 39 });
  });
});

describe('a picture in images/', () => {
  const spellings = ['', '/images/'];
  for (const u of spellings) {
    it(`is found by the check, and drawn, if the document says ${JSON.stringify(u)}`, async (t) => {
      const { engine, folder } = await openStudio(t);
      const { p, ...asset } = await embedded('photo', [255, 0, 0], 8);
      await mkdir(join(folder, 'template/images'), { recursive: true });
      await writeFile(join(folder, 'template/images/photo.png'), Buffer.from(p.split(',')[1] ?? '', 'base64'));
      const document = smallDocument([picture('photo', 0)], [{ ...asset, u, p: 'photo.png', e: 0 }]);
      const src = join(folder, 'template/card.json');
      await writeFile(src, JSON.stringify(document));
      const warnings: string[] = [];
      const { batchId, jobs } = await engine.batches.create(
        { jobs: [{ template: { id: 'x', src, composition: 'main' }, settings: { type: 'image', frames: 0 } }] },
        { onWarning: ({ message }) => warnings.push(message) },
      );
      assert.equal((await engine.batches.wait(batchId)).status, 'finished');
      assert.deepEqual(warnings, []);
      await using decoder = new VideoDecoder((await engine.jobs.output(jobs[0]?.id ?? '')) ?? '');
      const frame = await decoder.frameAt(0);
      assert.deepEqual([...(frame?.pixels.subarray(0, 3) ?? [])], [255, 0, 0]);
    });
  }
});

describe('a sequence of pictures in the place of a picture', () => {
  const COLOURS = { 8: [255, 0, 0], 9: [0, 255, 0], 10: [0, 0, 255], 12: [255, 255, 0] } as const;

  it('shows one of them a frame, in the order of their numbers, and nothing after the last', async (t) => {
    const { engine, folder } = await openStudio(t);
    await mkdir(join(folder, 'shots'));
    for (const [number, rgb] of Object.entries(COLOURS)) {
      const { p } = await embedded('x', [...rgb], 8);
      await writeFile(join(folder, `shots/shot ${number}.png`), Buffer.from(p.split(',')[1] ?? '', 'base64'));
    }
    const src = join(folder, 'card.json');
    await writeFile(src, JSON.stringify(smallDocument([picture('photo', 0)], [await embedded('photo', [9, 9, 9], 8)])));
    const shownBy = async (sequence: string, layer: object): Promise<(number[] | null)[]> => {
      const asset = { type: 'image' as const, src: sequence, ...layer };
      const jobs = [0, 1, 2, 3, 4].map((frames) => ({
        template: { id: 'x', src, composition: 'main' },
        settings: { type: 'image' as const, frames },
        assets: [asset],
      }));
      const created = await engine.batches.create({ jobs });
      assert.equal(created.errors, undefined);
      assert.equal((await engine.batches.wait(created.batchId)).status, 'finished');
      return await Promise.all(
        created.jobs.map(async ({ id }) => {
          await using decoder = new VideoDecoder((await engine.jobs.output(id)) ?? '');
          const [red = 0, green = 0, blue = 0, alpha] = (await decoder.frameAt(0))?.pixels ?? [];
          return alpha === 0 ? null : [red, green, blue];
        }),
      );
    };
    const all = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], null];
    assert.deepEqual(await shownBy('shots/shot [##].png', { layerName: 'photo' }), all);
    assert.deepEqual(await shownBy('shots', { layerIndex: 1 }), all);
    const [, second, third] = all;
    assert.deepEqual(await shownBy('shots/shot [9-10].png', { layerName: 'photo' }), [second, third, null, null, null]);
  });
});

describe('a sound layer', () => {
  const isDrawnWithoutSound = async (t: TestContext, document: object) => {
    const { exitCode, log } = await renderDocument(t, document, 0, []);
    assert.equal(exitCode, 0, log);
    const warnings = log.split('\n').filter((line) => line.startsWith('WARNING:'));
    assert.deepEqual(warnings, ["WARNING:In composition 'main', layer 'music': its sound is left out."]);
    assert.equal((await drawn(t, document, 0)).at(10, 10), '#00ff00');
  };

  it('is left out with a warning, and the picture is drawn', async (t) => {
    await isDrawnWithoutSound(t, withSound(SILENCE));
  });

  it('is left out also if its file is missing', async (t) => {
    await isDrawnWithoutSound(t, withSound('nowhere.mp3'));
  });
});
