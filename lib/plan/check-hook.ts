import type { Renderer } from '../aerender/renderers.ts';
import { type HookStatus, hookStatus } from '../aerender/script-hook/status.ts';
import type { Asset } from '../assets/asset.ts';
import type { Fault } from '../assets/asset-type.ts';

/** Looks whether the programs of one call take scripts, each once. It may be set up at any time, so the next call looks again. */
export class ScriptChecker {
  readonly #statuses = new Map<string, Promise<HookStatus>>();

  /**
   * Whether the assets of a job can be put into its project: all but `static` need a script, which a stock After Effects
   * does not run. Checked before it is started; a program that we know nothing of reports it itself.
   */
  async check({ kind, file }: Renderer, assets: readonly Asset[]): Promise<Fault[]> {
    if (kind !== 'after-effects' || assets.every(({ type }) => type === 'static')) return [];
    const status = this.#statuses.get(file) ?? hookStatus(file);
    this.#statuses.set(file, status);
    if ((await status).kind !== 'none') return [];
    const message = `The After Effects of ${file} takes no scripts from aerender, and assets need one. Run once: aerender-batch setup (as an administrator, or with sudo).`;
    return [{ code: 'SCRIPT_HOOK_MISSING', message }];
  }
}
