import { matchNamesOf } from '../aep/display-names.ts';
import type { FunctionCall } from '../assets/function.ts';
import { dataBlock } from './data-block.ts';
import { APPLY_RUNTIME } from './runtime/apply.ts';
import { ESSENTIAL_RUNTIME } from './runtime/essential.ts';
import { FIND_RUNTIME } from './runtime/find.ts';
import { FOOTAGE_RUNTIME } from './runtime/footage.ts';
import { FUNCTIONS_RUNTIME } from './runtime/functions.ts';
import { PROPERTY_RUNTIME } from './runtime/property.ts';
import { REPORT_RUNTIME } from './runtime/report.ts';
import { TEXT_RUNTIME } from './runtime/text.ts';
import { USER_SCRIPT_RUNTIME } from './runtime/user-script.ts';

/** Where a value goes: a layer by its exact name, or by its number from 1. */
interface ScriptTarget {
  layerName?: string | undefined;
  layerIndex?: number | undefined;
  /** Left out: the job's composition. */
  composition?: string | undefined;
}

/** What one asset does to the open project. Paths are those that After Effects sees. */
export type ScriptAsset =
  | (ScriptTarget & { type: 'text'; value: string })
  | (ScriptTarget & { type: 'data'; property: string; value?: unknown; expression?: string | undefined })
  | (ScriptTarget & { type: 'image' | 'video' | 'audio'; src: string })
  | ({ type: 'function' } & FunctionCall)
  /** `field` is for messages; the target is what the project's panel says that it changes. */
  | {
      type: 'essential';
      field: string;
      target: { compId: number; layerId: number; path: { matchName: string; index: number | null }[] };
      value: string | number | number[];
    }
  | { type: 'script'; src: string; name: string; keyword: string; parameters: { key: string; value: unknown }[] }
  /** A file beside the project: nothing that a script does. */
  | { type: 'static' };

export interface ScriptJob {
  /** `null`: the project's own main composition. */
  composition: string | null;
  assets: readonly ScriptAsset[];
}

/**
 * Builds the ExtendScript that puts a job's data into the open project: one literal with the data, and a runtime that is
 * the same for every job. Values are never part of the code.
 *
 * A fault stops the script with an error whose message is `aerender-batch: {"code":…,"message":…}`, in ASCII.
 */
export function buildScript({ composition, assets }: ScriptJob): string {
  // The number of an asset in a message is the one that it has in the job.
  const scripted = assets.map((asset, index) => ({ index, ...asset })).filter((asset) => asset.type !== 'static');
  const job = { composition, assets: scripted, englishNames: englishNames(assets) };
  return [
    '(function () {',
    `var job = ${dataBlock(job)};`,
    REPORT_RUNTIME,
    FIND_RUNTIME,
    PROPERTY_RUNTIME,
    FOOTAGE_RUNTIME,
    TEXT_RUNTIME,
    FUNCTIONS_RUNTIME,
    ESSENTIAL_RUNTIME,
    USER_SCRIPT_RUNTIME,
    APPLY_RUNTIME,
    '}());',
    '',
  ].join('\n');
}

/**
 * By match name, what After Effects calls it in English: only the names that the job asks for. An After Effects in
 * another language shows other names, and the job is to render there as well.
 */
function englishNames(assets: readonly ScriptAsset[]): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  const steps = assets.flatMap((asset) => (asset.type === 'data' ? stepsOf(asset.property) : []));
  for (const name of new Set(steps)) {
    for (const matchName of matchNamesOf(name)) names[matchName] = [...(names[matchName] ?? []), name];
  }
  return names;
}

/** As the runtime takes a path apart: a bare name is taken as it is. */
function stepsOf(path: string): string[] {
  const steps = path.split('->');
  return steps.length === 1 ? steps : steps.map((step) => step.trim());
}
