import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Codec, type RendererKind, rendersWith, type TemplateType } from '../contract/formats.ts';
import { type Fault, JobRefusedError } from '../errors.ts';
import { isInstalled, ownModule } from '../own-files.ts';
import type { NodeProgram } from '../processes/node-program.ts';
import { type ForkUtilityProcess, tryUtilityProcess } from '../processes/utility-process.ts';
import type { BundledEncoder, UsedFfmpeg } from './bundled-encoder.ts';
import { findInstallations, type InstallSystem, locateAerender, thisSystem } from './installations.ts';
import { type HookStatus, hookStatus } from './script-hook/status.ts';

/** The program that renders: After Effects' aerender, or the bundled one (a JavaScript file, run by this Node). */
export interface Renderer {
  kind: RendererKind;
  /** Absolute path. */
  file: string;
  /** The program that runs `file`, if that is JavaScript or TypeScript; null: this process's own. */
  node: string | null;
  /** Whether only the host can start it: as a utility process of Electron, in which no code of others is run. */
  isHosted: boolean;
  /** What the bundled renderer works with in the place of node-av. */
  ffmpeg: UsedFfmpeg | null;
}

/** What runs the bundled renderer: a Node program, or the option `bundled.spawn`; or why nothing can. */
export type RendererHost = NodeProgram | { spawn: ForkUtilityProcess };

const SKIA = 'canvaskit-wasm';

/** Which program renders After Effects projects. `auto`: the bundled one only on a machine without any After Effects. */
export type RendererChoice = 'auto' | RendererKind;

interface RendererOptions {
  /** Paths of aerender by version, as in the option `aerender.binaries`. */
  binaries: Record<string, string>;
  choice: RendererChoice;
  node: RendererHost;
  encoder: BundledEncoder;
  system?: InstallSystem;
}

/** Decides which program renders, and finds it, once for each version of After Effects. */
export class Renderers {
  readonly #binaries: Record<string, string>;
  readonly #choice: RendererChoice;
  readonly #system: InstallSystem;
  readonly #node: RendererHost;
  readonly #encoder: BundledEncoder;
  readonly #found = new Map<string, Renderer>();

  constructor({ binaries, choice, node, encoder, system = thisSystem }: RendererOptions) {
    this.#binaries = binaries;
    this.#choice = choice;
    this.#system = system;
    this.#node = node;
    this.#encoder = encoder;
  }

  /**
   * The program for a template of this type. A job for a version of After Effects that is not installed is never given to
   * the other program on a machine that has another version: what it asks for is then missing, which `locate` says.
   */
  choose(type: TemplateType): RendererKind {
    if (rendersWith(type) === 'bundled' || this.#choice === 'bundled') return 'bundled';
    if (this.#choice === 'after-effects' || this.#hasAfterEffects) return 'after-effects';
    // If neither is installed, the error names After Effects, which draws everything.
    return isInstalled(SKIA) && this.#encoder.isThere ? 'bundled' : 'after-effects';
  }

  /** Whether a project that only After Effects draws could be rendered on another machine alone, by no choice of the caller. */
  get lackAfterEffects(): boolean {
    return this.#choice !== 'bundled' && !this.#hasAfterEffects;
  }

  /** A path that was given counts even if it is wrong: its owner has After Effects. */
  get #hasAfterEffects(): boolean {
    return Object.keys(this.#binaries).length > 0 || findInstallations(this.#system).length > 0;
  }

  /**
   * The program for a job with this codec. Throws `JobRefusedError` (`AERENDER_NOT_FOUND`, `RENDERER_NOT_INSTALLED`,
   * `NODE_NOT_STARTABLE`, `FFMPEG_NOT_USABLE`) if there is none.
   */
  async locate({ kind, engine }: { kind: RendererKind; engine: string }, codec: Codec): Promise<Renderer> {
    const key = kind === 'bundled' ? kind : engine;
    const renderer =
      this.#found.get(key) ?? (kind === 'bundled' ? await bundledRenderer(this.#node) : this.#afterEffects(engine));
    // Only a success is kept: what is missing now may be installed while the engine runs.
    this.#found.set(key, renderer);
    return kind === 'bundled' ? { ...renderer, ffmpeg: await this.#encoder.find(codec) } : renderer;
  }

  #afterEffects(engine: string): Renderer {
    const location = locateAerender({ engine, binaries: this.#binaries, system: this.#system });
    if ('file' in location) return { ...RUN_BY_ITSELF, kind: 'after-effects', file: location.file };
    throw new JobRefusedError(
      'AERENDER_NOT_FOUND',
      `aerender of ${engine} was not found; searched: ${location.searched.join(', ')}. Install this After Effects, or name its aerender in the option aerender.binaries.${engine}.`,
    );
  }
}

const RUN_BY_ITSELF = { node: null, isHosted: false, ffmpeg: null };

/**
 * The bundled renderer, beside this file: from source a `.ts`, from the package a `.js`; without what encodes for it.
 * Throws as `locate` does.
 */
export async function bundledRenderer(node: RendererHost): Promise<Renderer> {
  if (!isInstalled(SKIA)) {
    throw new JobRefusedError(
      'RENDERER_NOT_INSTALLED',
      `The bundled renderer needs the optional package ${SKIA}. Run: npm i canvaskit-wasm@^0.42 node-av@^6.1`,
    );
  }
  if ('fault' in node) throw new JobRefusedError('NODE_NOT_STARTABLE', node.fault);
  if ('spawn' in node) return await hostedRenderer(node.spawn);
  const entry = fileURLToPath(ownModule('../../bin/aerender-lottie', import.meta.url));
  return { kind: 'bundled', file: readableBy(node.file, entry), node: node.file, isHosted: false, ffmpeg: null };
}

/** Without the program around it, which starts further processes. It is started once to see that it can be. */
async function hostedRenderer(spawn: ForkUtilityProcess): Promise<Renderer> {
  const file = fileURLToPath(ownModule('../../bin/lottie-renderer', import.meta.url));
  const fault = await tryUtilityProcess(spawn, file, ['-version']);
  if (fault === null) return { kind: 'bundled', file, node: null, isHosted: true, ffmpeg: null };
  throw new JobRefusedError(
    'NODE_NOT_STARTABLE',
    `The bundled renderer cannot be started by the option bundled.spawn: ${fault} (docs/electron.md)`,
  );
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

/** What a job asks of the program that renders it. */
interface Demands {
  codec: Codec;
  /** Whether something is to be done to the open project. */
  needsScript: boolean;
  /** What saved the project: `After Effects 24.1`; null if that is not known. */
  writtenBy: string | null;
  /** Which script or expression would be run, in words; null if there is none. */
  codeOfOthers: () => string | null;
}

/**
 * Looks whether the programs that are to render the jobs of one call are there, and can do it. What was looked at once is
 * not looked at again; it may be set up at any time, so the next call looks again.
 */
export class ProgramChecker {
  readonly #renderers: Renderers;
  readonly #hooks = new Map<string, Promise<HookStatus>>();

  constructor(renderers: Renderers) {
    this.#renderers = renderers;
  }

  /** `ffmpeg`: what the bundled renderer is to work with in the place of node-av. */
  async check(
    renderer: { kind: RendererKind; engine: string },
    job: Demands,
  ): Promise<{ ffmpeg: UsedFfmpeg | null; faults: Fault[] }> {
    let program: Renderer;
    try {
      program = await this.#renderers.locate(renderer, job.codec);
    } catch (error) {
      if (!(error instanceof JobRefusedError)) throw error;
      return { ffmpeg: null, faults: [{ code: error.code, message: error.message }] };
    }
    if (program.kind !== 'after-effects') return { ffmpeg: program.ffmpeg, faults: unconfined(program, job) };
    const faults = [
      ...(job.needsScript ? await this.#missingHook(program) : []),
      ...newerProject(job, program, renderer.engine),
    ];
    return { ffmpeg: null, faults };
  }

  /** A stock After Effects runs no script. A program that we know nothing of reports it itself, when it is started. */
  async #missingHook({ file }: Renderer): Promise<Fault[]> {
    const status = this.#hooks.get(file) ?? hookStatus(file);
    this.#hooks.set(file, status);
    if ((await status).kind !== 'none') return [];
    const message = `The After Effects of ${file} takes no scripts from aerender, and assets need one. Run once: aerender-batch setup (as an administrator, or with sudo).`;
    return [{ code: 'SCRIPT_HOOK_MISSING', message }];
  }
}

/** Electron starts no utility process with fewer rights, and code of others runs in no other. */
function unconfined({ isHosted }: Renderer, job: Demands): Fault[] {
  const code = isHosted ? job.codeOfOthers() : null;
  if (code === null) return [];
  const message = `${code}, which runs in a Node program with few permissions only, and the option bundled.spawn gives none. Name one in bundled.nodePath in its place, or leave the fuse RunAsNode of your app on (docs/electron.md).`;
  return [{ code: 'NODE_NOT_STARTABLE', message }];
}

/**
 * After Effects opens no project of a later version. The program may be another than the job asks for, as the engine's
 * option says.
 */
function newerProject({ writtenBy }: Demands, { file }: Renderer, engine: string): Fault[] {
  const year = /After Effects (20\d\d)/.exec(file)?.[1] ?? /^ae(20\d\d)$/.exec(engine)?.[1];
  const written = /^After Effects (\d+)\.\d+/.exec(writtenBy ?? '');
  if (year === undefined || written === null || Number(written[1]) <= Number(year) - 2000) return [];
  const message = `settings.engine: the project was saved by ${written[0]}, and After Effects ${year} opens none of a later version; ask for a later one, or save the project for version ${Number(year) - 2000}`;
  return [{ code: 'SETTINGS_UNSUPPORTED', message }];
}
