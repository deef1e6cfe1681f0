import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { findCodec } from '../../lib/contract/formats.ts';
import { encodeArguments } from '../../lib/media/ffmpeg/arguments.ts';
import { findEncoder, findInPath, readFfmpeg, videoFactsOf } from '../../lib/media/ffmpeg/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OPTIONS = { skip: process.platform === 'win32' && 'the programs of this test are shell scripts' };

const H264 = findCodec('video_h264_vbr_15mbps') ?? assert.fail();

/** The first line of FFmpeg 4 to 8: of distributions, of static builds, of the development branch. */
const VERSIONS = [
  ['ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright (c) 2000-2021 the FFmpeg developers', '4.4.2-0ubuntu0.22.04.1'],
  ['ffmpeg version 6.1.1-tessus Copyright (c) 2000-2023 the FFmpeg developers', '6.1.1-tessus'],
  ['ffmpeg version 7.1-full_build-www.gyan.dev Copyright (c) 2000-2024', '7.1-full_build-www.gyan.dev'],
  ['ffmpeg version N-109468-gd39b34123d Copyright (c) 2000-2022', 'N-109468-gd39b34123d'],
  ['ffmpeg version 2025-08-20-git-4d7c609be3-full_build Copyright (c)', '2025-08-20-git-4d7c609be3-full_build'],
] as const;

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
    assert.match(await faultOf(join(folder, 'ffmpeg')), /cannot be used: it is not there\./);
    assert.match(await faultOf(folder), /it is a folder; name the program in it/);
    await writeFile(join(folder, 'notes'), 'no program');
    assert.match(await faultOf(join(folder, 'notes')), /it may not be executed; allow it with chmod \+x/);
    const file = await program(join(folder, 'ffmpeg'), 'echo hello');
    assert.match(await faultOf(file), /ffprobe, which comes with it, is not beside it/);
    await program(join(folder, 'ffprobe'), '');
    assert.match(await faultOf(file), /it prints no version of FFmpeg/);
    await program(file, 'exit 5');
    assert.match(await faultOf(file), /exit code 5/);
    await chmod(join(folder, 'ffprobe'), 0o644);
    assert.match(await faultOf(file), /ffprobe beside it cannot be used: it may not be executed/);
  });

  it('that hangs, and cannot be asked to end, is given up after its time', async (t) => {
    const folder = await temporaryFolder(t);
    await program(join(folder, 'ffprobe'), '');
    const file = await program(join(folder, 'ffmpeg'), "trap '' TERM; while :; do sleep 1; done");
    const found = await readFfmpeg(file, 200);
    assert.match('fault' in found ? found.fault : '', /it did not end within 0\.2 seconds/);
    const made = await findEncoder({ file }, H264, 200);
    assert.match(
      'fault' in made ? made.fault : '',
      /cannot make video_h264_vbr_15mbps: it did not end within 0\.2 sec/,
    );
  });

  it('reads the versions of every kind of build', async (t) => {
    const folder = join(await temporaryFolder(t), 'with spaces');
    await mkdir(folder);
    await program(join(folder, 'ffprobe'), '');
    for (const [line, version] of VERSIONS) {
      const file = await program(join(folder, 'ffmpeg'), `printf '%s\\r\\nbuilt with gcc\\r\\n' '${line}'`);
      assert.deepEqual(await readFfmpeg(file), { file, version, configuration: '' });
    }
  });

  it('makes H.264 by the first encoder that works, whichever others it lists', async (t) => {
    const folder = await temporaryFolder(t);
    for (const encoder of ['libx264', 'libopenh264', 'h264_videotoolbox', 'h264_mf']) {
      const works = `case " $* " in *" -c:v ${encoder} "*) cat >/dev/null; exit 0;; esac`;
      const file = await program(join(folder, encoder), `${works}\necho "Unknown encoder" >&2; exit 1`);
      assert.deepEqual(await findEncoder({ file }, H264), { encoder });
    }
  });

  it('that makes no H.264 says what is wrong with its first encoder', async (t) => {
    const folder = await temporaryFolder(t);
    const words = "[AVFilterGraph @ 0x555a] No such filter: 'setparams'\\nConversion failed!";
    const file = await program(join(folder, 'old'), `printf "${words}\\n" >&2; exit 1`);
    const found = await findEncoder({ file }, H264);
    assert.match('fault' in found ? found.fault : '', /Of libx264 it says: No such filter: 'setparams'\.$/);
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
