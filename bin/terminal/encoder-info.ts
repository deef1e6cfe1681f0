import { execa } from 'execa';
import { findCodec } from '../../lib/contract/formats.ts';
import { type FfmpegProgram, findEncoder } from '../../lib/media/ffmpeg/program.ts';

/** What an FFmpeg says of itself. */
interface EncoderInfo {
  version: string;
  /** The options that it was built with. */
  configuration: string;
  /** The version of the package that contains it. */
  packageVersion: string;
}

/** Asks the FFmpeg of node-av, in a process of this Node program; null if it is not installed or does not load. */
export async function encoderInfo(node: string): Promise<EncoderInfo | null> {
  let entry: string;
  try {
    entry = import.meta.resolve('node-av');
  } catch {
    return null;
  }
  const code = `
    import { readFileSync } from 'node:fs';
    import { getFFmpegInfo } from ${JSON.stringify(entry)};
    const { version, configuration } = getFFmpegInfo();
    const manifest = readFileSync(new URL('../package.json', ${JSON.stringify(entry)}), 'utf8');
    const { version: packageVersion } = JSON.parse(manifest);
    process.stdout.write(JSON.stringify({ version, configuration, packageVersion }));`;
  const { stdout, failed } = await execa(node, ['--input-type=module', '--eval', code], {
    env: { ELECTRON_RUN_AS_NODE: '1' },
    reject: false,
    timeout: 30_000,
  });
  return failed ? null : (JSON.parse(stdout) as EncoderInfo);
}

/** The licence of an FFmpeg follows from how it was built. Source: FFmpeg, "License and Legal Considerations". */
export function encoderLicence(configuration: string): string {
  const has = (option: string) => configuration.split(/\s+/).includes(`--enable-${option}`);
  if (has('nonfree')) return 'not to be handed on (built with --enable-nonfree)';
  const version3 = has('version3');
  if (has('gpl')) return version3 ? 'GPL 3 or later' : 'GPL 2 or later';
  return version3 ? 'LGPL 3 or later' : 'LGPL 2.1 or later';
}

export function encoderWords({ version, configuration, packageVersion }: EncoderInfo): string {
  const h264 = configuration.includes('--enable-libx264') ? 'H.264 (libx264), ' : '';
  return `FFmpeg ${version} of node-av ${packageVersion}, ${encoderLicence(configuration)}; ${h264}ProRes 422 and 4444`;
}

const FAMILIES = [
  ['H.264', 'video_h264_vbr_15mbps'],
  ['ProRes 422', 'video_prores_422'],
  ['ProRes 4444', 'video_prores_4444'],
] as const;

/** What a program makes, each with the encoder that makes it or a word that nothing does. It is tried. */
export async function codecsOf(program: FfmpegProgram): Promise<string> {
  const words: string[] = [];
  for (const [name, id] of FAMILIES) {
    const codec = findCodec(id);
    if (codec === undefined) throw new Error(`codec ${id} is missing from the table`);
    const found = await findEncoder(program, codec);
    words.push('encoder' in found ? `${name} (${found.encoder})` : `no ${name}`);
  }
  return words.join(', ');
}

export function programWords({ file, version, configuration }: FfmpegProgram, codecs: string): string {
  return `FFmpeg ${version} (${file}), ${encoderLicence(configuration)}; ${codecs}; PNG and JPEG by Skia`;
}
