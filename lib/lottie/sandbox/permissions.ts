import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemFontFolders } from '../../fonts/folders.ts';
import type { CommandLine } from '../renderer/command-line.ts';

/** What a process of Node may do beside computing. It may never start a process or a thread, or connect to anything. */
interface Permissions {
  /** Folders, with all that is in them, and files. */
  read: readonly string[];
  write: readonly string[];
  /** Native code, which these permissions do not bind. */
  addons?: boolean;
  memoryMb?: number;
}

/**
 * The arguments with which Node starts a module under its permission model. Source: Node's documentation, "Permissions";
 * all of these are known from 22.13 on. Connections are refused from 25 on (no `--allow-net`); before, nothing refuses
 * them.
 */
export function confinedArguments(entry: URL, { read, write, addons = false, memoryMb }: Permissions): string[] {
  const file = fileURLToPath(entry);
  return [
    '--permission',
    ...pathsOf(read).map((path) => `--allow-fs-read=${path}`),
    ...pathsOf(write).map((path) => `--allow-fs-write=${path}`),
    ...(addons ? ['--allow-addons', '--disable-warning=SecurityWarning'] : []),
    ...(memoryMb === undefined ? [] : [`--max-old-space-size=${memoryMb}`]),
    file,
  ];
}

/** The environment of such a process: none of the host's secrets, and no options that would load other code into it. */
export function confinedEnvironment(keep: readonly string[] = []): NodeJS.ProcessEnv {
  const names = ['ELECTRON_RUN_AS_NODE', 'SystemRoot', ...keep];
  return Object.fromEntries(names.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}

/** The folders that a call of the renderer reads, beside the package, and those that it writes. */
export function foldersOfCall({ project, script, output, log, readable }: CommandLine): {
  read: string[];
  written: string[];
} {
  const written = foldersOf([output, log]);
  const named = [...foldersOf([project, script]), ...written, ...readable.map((folder) => resolve(folder))];
  return { read: [...named, ...systemFontFolders(process.platform, homedir())], written };
}

function foldersOf(files: readonly (string | null)[]): string[] {
  return files.flatMap((file) => (file === null ? [] : [dirname(resolve(file))]));
}

/** This package, and what it depends on: installed packages lie in folders of this name, beside it or above. */
export function packageFolders(): string[] {
  const own = packageFolder();
  const above: string[] = [];
  for (let folder = own; folder !== parse(folder).root; folder = dirname(folder))
    if (folder.endsWith('node_modules')) above.push(folder);
  return [own, ...above];
}

function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Each by its own name and by that of what it leads to: a path is compared as it is given. */
function pathsOf(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => (existsSync(path) ? [path, realpathSync(path)] : [path])))];
}
