import { execa } from 'execa';

/** What an FFmpeg says of itself. */
export interface EncoderInfo {
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
