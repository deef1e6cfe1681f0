import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { findCodec } from '../../lib/contract/formats.ts';
import { encodeArguments } from '../../lib/media/ffmpeg/arguments.ts';
import { findInPath, readFfmpeg, videoFactsOf } from '../../lib/media/ffmpeg/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OPTIONS = { skip: process.platform === 'win32' && 'the programs of this test are shell scripts' };

async function program(file: string, code: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\n${code}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('an FFmpeg program', OPTIONS, () => {
  it('is found in the first folder of PATH that has a program of this name', async (t) => {
    const folder = await temporaryFolder(t);
    const [first, second] = [join(folder, 'a'), join(folder, 'b')];
    await mkdir(join(first, 'ffmpeg'), { recursive: true });
    await mkdir(second);
    await writeFile(join(second, 'notes'), 'no program');
    await program(join(second, 'ffmpeg'), '');
    const path = ['', '.', first, second].join(delimiter);
    assert.equal(findInPath('ffmpeg', path), join(second, 'ffmpeg'));
    assert.equal(findInPath('notes', path), null);
    assert.equal(findInPath('ffmpeg', ''), null);
  });

  it('says its version and how it was built', async (t) => {
    const folder = await temporaryFolder(t);
    await program(join(folder, 'ffprobe'), '');
    const file = await program(
      join(folder, 'ffmpeg'),
      'echo "ffmpeg version n7.1-12-gabc Copyright (c) 2000-2026"; echo "configuration: --enable-version3 --disable-gpl"',
    );
    const found = { file, version: 'n7.1-12-gabc', configuration: '--enable-version3 --disable-gpl' };
    assert.deepEqual(await readFfmpeg(file), found);
  });

  it('that cannot be used says why', async (t) => {
    const folder = await temporaryFolder(t);
    const faultOf = async (file: string) => {
      const found = await readFfmpeg(file);
      return 'fault' in found ? found.fault : assert.fail();
    };
    assert.match(await faultOf('nonesuch'), /no folder of PATH has it/);
    assert.match(await faultOf(join(folder, 'ffmpeg')), /it is not there, or not a program/);
    assert.match(await faultOf(folder), /it is not there, or not a program/);
    const file = await program(join(folder, 'ffmpeg'), 'echo hello');
    assert.match(await faultOf(file), /ffprobe, which comes with it, is not beside it/);
    await program(join(folder, 'ffprobe'), '');
    assert.match(await faultOf(file), /it prints no version of FFmpeg/);
    await program(file, 'exit 5');
    assert.match(await faultOf(file), /exit code 5/);
  });
});

describe('the arguments of an FFmpeg program', () => {
  const format = { width: 1280, height: 720, frameRate: 29.97 };
  const argumentsOf = (id: string, encoder: string, output: string | null) => {
    const codec = findCodec(id);
    return codec === undefined ? assert.fail() : encodeArguments(codec, encoder, format, output).join(' ');
  };

  it('give the frame rate in whole numbers, and the path as a file', () => {
    const line = argumentsOf('video_prores_422', 'prores_ks', '-i http:%d.mov');
    assert.match(line, /-framerate 30000\/1001 -i pipe:0 .* -c:v prores_ks -profile:v standard .* -f mov file:-i http/);
  });

  it('give options of libx264 to it alone', () => {
    assert.match(argumentsOf('video_h264_cbr_5mbps', 'libx264', null), /-minrate 5000000 .*-nal-hrd cbr .*-f null -$/);
    assert.doesNotMatch(argumentsOf('video_h264_cbr_5mbps', 'libopenh264', null), /nal-hrd|preset/);
  });
});

describe('what ffprobe prints', () => {
  it('is read, and a file without a picture is refused', () => {
    const json = (stream: object[], format: object) => JSON.stringify({ streams: stream, format });
    const stream = { width: 4, height: 2, avg_frame_rate: '30000/1001' };
    assert.deepEqual(videoFactsOf(json([stream], { duration: '1.5' }), 'a'), {
      ...{ width: 4, height: 2, frameRate: 30_000 / 1001, duration: 1.5 },
    });
    const still = videoFactsOf(json([{ ...stream, avg_frame_rate: '0/0' }], {}), 'a');
    assert.deepEqual(still, { width: 4, height: 2, frameRate: 0, duration: 0 });
    assert.throws(() => videoFactsOf(json([], {}), '/a/b.wav'), /\/a\/b\.wav holds no picture/);
  });
});
