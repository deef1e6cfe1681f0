import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locateAerender } from '../aerender/locate.ts';
import type { RendererKind } from '../contract/template.ts';
import { JobRefusedError } from '../errors.ts';
import type { Renderer } from './messages.ts';

const OPTIONAL_PACKAGES = ['canvaskit-wasm', 'node-av'] as const;

/** Finds the program that renders, once for each version of After Effects. */
export class Renderers {
  readonly #binaries: Record<string, string>;
  readonly #found = new Map<string, Renderer>();

  constructor(binaries: Record<string, string>) {
    this.#binaries = binaries;
  }

  /** Throws `JobRefusedError` (`AERENDER_NOT_FOUND`, `RENDERER_NOT_INSTALLED`) if there is none. */
  locate({ kind, engine }: { kind: RendererKind; engine: string }): Renderer {
    const key = kind === 'bundled' ? kind : engine;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const renderer = kind === 'bundled' ? bundledRenderer() : this.#afterEffects(engine);
    // Only a success is kept: what is missing now may be installed while the engine runs.
    this.#found.set(key, renderer);
    return renderer;
  }

  #afterEffects(engine: string): Renderer {
    const location = locateAerender({ engine, binaries: this.#binaries });
    if ('file' in location) return { kind: 'after-effects', file: location.file };
    throw new JobRefusedError(
      'AERENDER_NOT_FOUND',
      `aerender of ${engine} was not found; searched: ${location.searched.join(', ')}. Install this After Effects, or name its aerender in the option aerender.binaries.${engine}.`,
    );
  }
}

/** The bundled renderer, beside this file: from source a `.ts`, from the package a `.js`. */
export function bundledRenderer(): Renderer {
  for (const name of OPTIONAL_PACKAGES) {
    if (!isInstalled(name)) {
      throw new JobRefusedError(
        'RENDERER_NOT_INSTALLED',
        `A Lottie template needs the optional package ${name}. Run: npm i canvaskit-wasm@^0.42 node-av@^6.1`,
      );
    }
  }
  const entry = new URL(`../../bin/aerender-lottie${extname(import.meta.url)}`, import.meta.url);
  // In Electron a program that is spawned cannot lie inside the archive.
  return { kind: 'bundled', file: fileURLToPath(entry).replace(/app\.asar(?!\.unpacked)/, 'app.asar.unpacked') };
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
