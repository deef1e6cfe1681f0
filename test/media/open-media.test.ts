import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { mediaKindOfBytes } from '../../lib/media/detect-media-kind.ts';
import { FORMATS } from '../../lib/media/foreign-media.ts';
import { mediaFault } from '../../lib/media/media-kind.ts';
import { nodeAv } from '../../lib/media/native.ts';
import { nativeTools } from '../../lib/media/native-tools.ts';
import { openMedia } from '../../lib/media/open-media.ts';
import { isPlaylist } from '../../lib/media/playlist.ts';
import { probeFootage } from '../../lib/media/probe-footage.ts';
import { SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hls = (target: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${target}\n#EXT-X-ENDLIST\n`;

/** Every kind of file that names another one. */
function lists(target: string): Record<string, Buffer> {
  const texts: Record<string, string> = {
    'a.m3u8': hls(target),
    'b.mp4': hls(target),
    'c.mov': `\ufeff\n${hls(target)}`,
    'd.txt': `ffconcat version 1.0\nfile '${target}'\n`,
    'e.mpd': `<?xml version="1.0"?>\n<!-- x -->\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${target}</BaseURL></MPD>`,
    'f.sdp': `v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n`,
    'g.pls': `[playlist]\nFile1=${target}\n`,
    'h.asx': `<asx version="3.0"><entry><ref href="${target}"/></entry></asx>`,
    'i.mov': `RTSPtextrtsp://127.0.0.1/x`,
    'j.avi': `[Reference]\nRef1=${target}\n`,
  };
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
  const tag = Buffer.concat([Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x0a', 'latin1'), Buffer.alloc(10)]);
  return { ...files, 'k.mp3': Buffer.concat([tag, Buffer.from(hls(target))]) };
}

/** An address that counts who comes. */
async function listener(t: TestContext): Promise<{ address: string; calls: () => number }> {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  return { address: `http://127.0.0.1:${port}/x.ts`, calls: () => calls };
}

describe('footage', () => {
  it('that names other files or addresses is refused by its content, whatever it is called', async (t) => {
    const folder = await temporaryFolder(t);
    const { address, calls } = await listener(t);
    for (const [name, bytes] of Object.entries(lists(address))) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      assert.ok(isPlaylist(bytes), name);
      assert.throws(() => probeFootage(path, nativeTools), /is a playlist/, name);
      await assert.rejects(openMedia(path), /is a playlist/, name);
      const kind = await mediaKindOfBytes(bytes);
      assert.match(String(mediaFault('video', kind, name)), /playlist|of type/, name);
    }
    assert.equal(calls(), 0);
  });

  it('that is a text is refused as well, and one that is neither is left to FFmpeg', async (t) => {
    const folder = await temporaryFolder(t);
    const path = (name: string) => join(folder, name);
    await writeFile(path('notes.mp4'), 'concat:a|b');
    await writeFile(path('words.mp4'), 'not a film\n');
    await writeFile(path('noise.mp4'), Buffer.from([1, 2, 3, 0, 255]));
    assert.throws(() => probeFootage(path('words.mp4'), nativeTools), /is a text/);
    assert.throws(() => probeFootage(path('notes.mp4'), nativeTools), /is a playlist|is a text/);
    assert.throws(() => probeFootage(path('noise.mp4'), nativeTools), /Invalid data/);
    await mkdir(path('pictures'));
    await copyFile(join(SAMPLES, 'images', 'mary.png'), path('pictures/mary.png'));
    assert.equal(probeFootage(path('pictures/mary.png'), nativeTools).kind, 'still');
    assert.ok(dirname(path('x')).length > 0);
  });

  it('could not be opened by FFmpeg either, which is told the formats that hold their pictures themselves', async (t) => {
    const path = join(await temporaryFolder(t), 'a.m3u8');
    await writeFile(path, hls(join(SAMPLES, 'images', 'mary.png')));
    assert.throws(() => nodeAv().Demuxer.openSync(path, { options: { format_whitelist: 'mov' } }), /Invalid argument/);
    assert.ok(
      FORMATS.split(',').every((name) => !['hls', 'dash', 'concat', 'sdp', 'imf', 'image2pipe'].includes(name)),
    );
    for (const name of FORMATS.split(',')) assert.ok(nodeAv().InputFormat.findInputFormat(name) !== null, name);
  });
});
