import type { Renderer, Renderers } from '../aerender/renderers.ts';
import { type HookStatus, hookStatus } from '../aerender/script-hook/status.ts';
import type { Asset } from '../assets/asset.ts';
import type { Fault } from '../assets/asset-type.ts';
import { JobRefusedError } from '../errors.ts';
import type { TemplateModel } from '../template/model.ts';
import type { PlannedRenderer } from './job-plan.ts';

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

  async check(renderer: PlannedRenderer, model: TemplateModel, assets: readonly Asset[]): Promise<Fault[]> {
    let program: Renderer;
    try {
      program = this.#renderers.locate(renderer);
    } catch (error) {
      if (!(error instanceof JobRefusedError)) throw error;
      return [{ code: error.code, message: error.message }];
    }
    if (program.kind !== 'after-effects') return [];
    return [...(await this.#missingHook(program, assets)), ...newerProject(model, program, renderer.engine)];
  }

  /**
   * All assets but `static` need a script, which a stock After Effects does not run. Checked before it is started; a
   * program that we know nothing of reports it itself.
   */
  async #missingHook({ file }: Renderer, assets: readonly Asset[]): Promise<Fault[]> {
    if (assets.every(({ type }) => type === 'static')) return [];
    const status = this.#hooks.get(file) ?? hookStatus(file);
    this.#hooks.set(file, status);
    if ((await status).kind !== 'none') return [];
    const message = `The After Effects of ${file} takes no scripts from aerender, and assets need one. Run once: aerender-batch setup (as an administrator, or with sudo).`;
    return [{ code: 'SCRIPT_HOOK_MISSING', message }];
  }
}

/**
 * After Effects opens no project of a later version. The program may be another than the job asks for, as the engine's
 * option says.
 */
function newerProject({ writtenBy }: TemplateModel, { file }: Renderer, engine: string): Fault[] {
  const year = /After Effects (20\d\d)/.exec(file)?.[1] ?? /^ae(20\d\d)$/.exec(engine)?.[1];
  const written = /^After Effects (\d+)\.\d+/.exec(writtenBy ?? '');
  if (year === undefined || written === null || Number(written[1]) <= Number(year) - 2000) return [];
  const message = `settings.engine: the project was saved by ${written[0]}, and After Effects ${year} opens none of a later version; ask for a later one, or save the project for version ${Number(year) - 2000}`;
  return [{ code: 'SETTINGS_UNSUPPORTED', message }];
}
