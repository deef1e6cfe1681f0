import { EngineError } from '../errors.ts';

/** Whether a Windows program is started from Linux: it takes Windows paths only. */
export function isWindowsProgramOnLinux(file: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'linux' && /\.exe$/i.test(file);
}

/** `/mnt/c/jobs/a.aep` → `C:\jobs\a.aep`. Only mounted drives are seen from Windows under a name that we know. */
export function windowsPath(path: string): string {
  const match = /^\/mnt\/([a-z])(?:\/(.*))?$/.exec(path);
  if (match === null) {
    throw new EngineError(
      'WORKFOLDER_FAILED',
      `${path} cannot be seen from Windows. Under WSL, put outputDir and the templates on a Windows drive (/mnt/c/…).`,
    );
  }
  return `${(match[1] ?? '').toUpperCase()}:\\${(match[2] ?? '').replaceAll('/', '\\')}`;
}
