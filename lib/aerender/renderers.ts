import { existsSync, readdirSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { type RendererKind, rendersWith, type TemplateType } from '../contract/library.ts';
import { JobRefusedError } from '../errors.ts';
import { ownModule } from '../own-files.ts';
import type { NodeProgram } from '../processes/node-program.ts';
import { windowsProgram } from '../processes/powershell.ts';

/** The program that renders: After Effects' aerender, or the bundled one (a JavaScript file, run by this Node). */
export interface Renderer {
  kind: RendererKind;
  /** Absolute path. */
  file: string;
  /** The program that runs `file`, if that is JavaScript or TypeScript; null: this process's own. */
  node: string | null;
}

const OPTIONAL_PACKAGES = ['canvaskit-wasm', 'node-av'] as const;

/** Which program renders After Effects projects. `auto`: the bundled one only on a machine without any After Effects. */
export type RendererChoice = 'auto' | RendererKind;

export interface RendererOptions {
  /** Paths of aerender by version, as in the option `aerender.binaries`. */
  binaries: Record<string, string>;
  choice: RendererChoice;
  /** What runs the bundled renderer, or why nothing can. */
  node: NodeProgram;
  system?: InstallSystem;
}

/** Decides which program renders, and finds it, once for each version of After Effects. */
export class Renderers {
  readonly #binaries: Record<string, string>;
  readonly #choice: RendererChoice;
  readonly #system: InstallSystem;
  readonly #node: NodeProgram;
  readonly #found = new Map<string, Renderer>();

  constructor({ binaries, choice, node, system = thisSystem }: RendererOptions) {
    this.#binaries = binaries;
    this.#choice = choice;
    this.#system = system;
    this.#node = node;
  }

  /**
   * The program for a template of this type. A job for a version of After Effects that is not installed is never given to
   * the other program on a machine that has another version: what it asks for is then missing, which `locate` says.
   */
  choose(type: TemplateType): RendererKind {
    if (rendersWith(type) === 'bundled' || this.#choice === 'bundled') return 'bundled';
    if (this.#choice === 'after-effects' || this.#hasAfterEffects) return 'after-effects';
    // If neither is installed, the error names After Effects, which draws everything.
    return OPTIONAL_PACKAGES.every(isInstalled) ? 'bundled' : 'after-effects';
  }

  /** Whether a project that only After Effects draws could be rendered on another machine alone, by no choice of the caller. */
  get lackAfterEffects(): boolean {
    return this.#choice !== 'bundled' && !this.#hasAfterEffects;
  }

  /** A path that was given counts even if it is wrong: its owner has After Effects. */
  get #hasAfterEffects(): boolean {
    return Object.keys(this.#binaries).length > 0 || findInstallations(this.#system).length > 0;
  }

  /** Throws `JobRefusedError` (`AERENDER_NOT_FOUND`, `RENDERER_NOT_INSTALLED`, `NODE_NOT_STARTABLE`) if there is none. */
  locate({ kind, engine }: { kind: RendererKind; engine: string }): Renderer {
    const key = kind === 'bundled' ? kind : engine;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const renderer = kind === 'bundled' ? bundledRenderer(this.#node) : this.#afterEffects(engine);
    // Only a success is kept: what is missing now may be installed while the engine runs.
    this.#found.set(key, renderer);
    return renderer;
  }

  #afterEffects(engine: string): Renderer {
    const location = locateAerender({ engine, binaries: this.#binaries, system: this.#system });
    if ('file' in location) return { kind: 'after-effects', file: location.file, node: null };
    throw new JobRefusedError(
      'AERENDER_NOT_FOUND',
      `aerender of ${engine} was not found; searched: ${location.searched.join(', ')}. Install this After Effects, or name its aerender in the option aerender.binaries.${engine}.`,
    );
  }
}

/** The bundled renderer, beside this file: from source a `.ts`, from the package a `.js`. Throws as `locate` does. */
export function bundledRenderer(node: NodeProgram): Renderer {
  for (const name of OPTIONAL_PACKAGES) {
    if (!isInstalled(name)) {
      throw new JobRefusedError(
        'RENDERER_NOT_INSTALLED',
        `The bundled renderer needs the optional package ${name}. Run: npm i canvaskit-wasm@^0.42 node-av@^6.1`,
      );
    }
  }
  if ('fault' in node) throw new JobRefusedError('NODE_NOT_STARTABLE', node.fault);
  const entry = fileURLToPath(ownModule('../../bin/aerender-lottie', import.meta.url));
  return { kind: 'bundled', file: readableBy(node.file, entry), node: node.file };
}

/**
 * Electron's own program reads inside of an archive, as Node or not, and loads native code from beside it. Another Node
 * program needs the files themselves. Source: Electron, "ASAR Archives".
 */
function readableBy(node: string, entry: string): string {
  if (!/app\.asar[\\/]/.test(entry) || node === process.execPath) return entry;
  const unpacked = entry.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  if (existsSync(unpacked)) return unpacked;
  throw new JobRefusedError(
    'NODE_NOT_STARTABLE',
    `The Node program ${node} cannot read inside of app.asar, and ${unpacked} is not there. Unpack node_modules with aerender-batch and what it needs (docs/electron.md).`,
  );
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    // Not found is the answer, not a fault.
    return false;
  }
}

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

export interface Installation {
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
