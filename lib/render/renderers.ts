import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findInstallations, type InstallSystem, locateAerender, thisSystem } from '../aerender/locate.ts';
import { type RendererKind, rendersWith, type TemplateType } from '../contract/template.ts';
import { JobRefusedError } from '../errors.ts';
import { ownModule } from '../own-files.ts';
import type { NodeProgram } from '../processes/node-program.ts';
import type { Renderer } from './messages.ts';

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
