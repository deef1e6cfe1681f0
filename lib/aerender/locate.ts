import { existsSync, readdirSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What the search looks at; a test brings its own. */
export interface InstallSystem {
  platform: NodeJS.Platform;
  exists(path: string): boolean;
  /** The names in a folder; empty where there is none. */
  list(folder: string): string[];
}

export const thisSystem: InstallSystem = {
  platform: process.platform,
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
};

/** Where an installer puts After Effects. On Linux: the Windows drive of WSL. */
function installRoot(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return '/Applications';
  return platform === 'win32' ? 'C:\\Program Files\\Adobe' : '/mnt/c/Program Files/Adobe';
}

function binaryIn(folder: string, platform: NodeJS.Platform): string {
  const root = installRoot(platform);
  if (platform === 'darwin') return posix.join(root, folder, 'aerender');
  const { join } = platform === 'win32' ? win32 : posix;
  return join(root, folder, 'Support Files', 'aerender.exe');
}

export interface LocateOptions {
  /** `ae2026`: the year in the folder's name. */
  engine: string;
  /** Given paths, by engine; one that is given is the only one that counts. */
  binaries: Readonly<Record<string, string>>;
  system?: InstallSystem;
}

/** Finds the aerender of a version of After Effects, or says where it was looked for. */
export function locateAerender({
  engine,
  binaries,
  system = thisSystem,
}: LocateOptions): { file: string } | { searched: string[] } {
  const given = Object.hasOwn(binaries, engine) ? binaries[engine] : undefined;
  const searched = given === undefined ? usualPaths(engine, system.platform) : [given];
  const file = searched.find((path) => system.exists(path));
  return file === undefined ? { searched } : { file };
}

function usualPaths(engine: string, platform: NodeJS.Platform): string[] {
  const year = engine.replace(/^ae/, '');
  return [`Adobe After Effects ${year}`, `Adobe After Effects CC ${year}`].map((folder) => binaryIn(folder, platform));
}

export interface Installation {
  /** As in the folder's name: `2026`, `CC 2019`, `(Beta)`. */
  version: string;
  file: string;
}

/** Every After Effects in the usual folder, the newest first. */
export function findInstallations(system: InstallSystem = thisSystem): Installation[] {
  return system
    .list(installRoot(system.platform))
    .flatMap((folder) => {
      const version = /^Adobe After Effects (.+)$/.exec(folder)?.[1];
      const file = binaryIn(folder, system.platform);
      return version !== undefined && system.exists(file) ? [{ version, file }] : [];
    })
    .sort((a, b) => yearOf(b) - yearOf(a));
}

/** A beta has no year, and is newer than all that have one. */
function yearOf({ version }: Installation): number {
  const year = /\d{4}/.exec(version)?.[0];
  return year === undefined ? Number.MAX_SAFE_INTEGER : Number(year);
}
