import { existsSync, readdirSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { execaSync } from 'execa';
import { windowsProgram } from '../processes/powershell.ts';

/** What the search looks at; a test brings its own. */
export interface InstallSystem {
  platform: NodeJS.Platform;
  exists(path: string): boolean;
  /** The names in a folder; empty if there is none. */
  list(folder: string): string[];
  /** Windows: where programs are installed, if not only in `C:\Program Files`. */
  programFolders?: readonly string[];
  /** Windows: the folders of After Effects that its installer has noted in the registry. */
  registered?(): string[];
}

export const thisSystem: InstallSystem = {
  platform: process.platform,
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  // A 32-bit program sees its own folder as ProgramFiles, and the other one as ProgramW6432.
  programFolders: [process.env.ProgramW6432, process.env.ProgramFiles].filter((folder) => folder !== undefined),
  registered: () => (process.platform === 'win32' ? installPathsOf(readRegistry()) : []),
};

const REGISTRY_KEY = 'HKLM\\SOFTWARE\\Adobe\\After Effects';
const REGISTRY_TIMEOUT_MS = 10_000;

function readRegistry(): string {
  const args = ['query', REGISTRY_KEY, '/s', '/v', 'InstallPath'];
  const options = { reject: false, windowsHide: true, stdin: 'ignore', timeout: REGISTRY_TIMEOUT_MS } as const;
  return execaSync(windowsProgram('reg.exe'), args, options).stdout ?? '';
}

/** `    InstallPath    REG_SZ    D:\Adobe\Adobe After Effects 2026\Support Files\`. */
export function installPathsOf(registry: string): string[] {
  return [...registry.matchAll(/^\s+InstallPath\s+REG_SZ\s+(.+?)\\?\s*$/gm)].map(([, folder = '']) => folder);
}

/** Where installers put After Effects. On Linux: the Windows drive of WSL. */
function installRoots({ platform, programFolders = [] }: InstallSystem): string[] {
  if (platform === 'darwin') return ['/Applications'];
  if (platform !== 'win32') return ['/mnt/c/Program Files/Adobe'];
  return [...new Set([...programFolders, 'C:\\Program Files'])].map((folder) => win32.join(folder, 'Adobe'));
}

function binaryIn(folder: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return posix.join(folder, 'aerender');
  const { join } = platform === 'win32' ? win32 : posix;
  return join(folder, 'Support Files', 'aerender.exe');
}

interface LocateOptions {
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
  const searched = given === undefined ? usualPaths(engine, system) : [given];
  const isThere = (path: string) => system.exists(path);
  const file =
    searched.find(isThere) ?? (given === undefined ? registeredPaths(engine, system).find(isThere) : undefined);
  return file === undefined ? { searched } : { file };
}

function usualPaths(engine: string, system: InstallSystem): string[] {
  const { join } = system.platform === 'win32' ? win32 : posix;
  return installRoots(system).flatMap((root) =>
    folderNames(engine).map((folder) => binaryIn(join(root, folder), system.platform)),
  );
}

function folderNames(engine: string): string[] {
  const year = engine.replace(/^ae/, '');
  return [`Adobe After Effects ${year}`, `Adobe After Effects CC ${year}`];
}

/** The registry has the folder `Support Files` of each version, wherever it was installed. Asked only if it must be. */
function registeredPaths(engine: string, { registered }: InstallSystem): string[] {
  const names = folderNames(engine);
  return (registered?.() ?? [])
    .filter((folder) => names.some((name) => folder.split('\\').includes(name)))
    .map((folder) => win32.join(folder, 'aerender.exe'));
}

interface Installation {
  /** As in the folder's name: `2026`, `CC 2019`, `(Beta)`. */
  version: string;
  file: string;
}

/** Every After Effects in the usual folders, the newest first. */
export function findInstallations(system: InstallSystem = thisSystem): Installation[] {
  const { join } = system.platform === 'win32' ? win32 : posix;
  const found = installRoots(system).flatMap((root) =>
    system.list(root).flatMap((folder) => {
      const version = /^Adobe After Effects (.+)$/.exec(folder)?.[1];
      const file = binaryIn(join(root, folder), system.platform);
      return version !== undefined && system.exists(file) ? [{ version, file }] : [];
    }),
  );
  return found.sort((a, b) => yearOf(b) - yearOf(a));
}

/** A beta has no year, and is newer than all that have one. */
function yearOf({ version }: Installation): number {
  const year = /\d{4}/.exec(version)?.[0];
  return year === undefined ? Number.MAX_SAFE_INTEGER : Number(year);
}
