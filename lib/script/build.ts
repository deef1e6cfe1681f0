import { matchNamesOf } from '../aep/display-names.ts';
import type { PlannedStep } from '../plan/job-plan.ts';
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

/** What one asset does to the open project. Paths are those that After Effects sees. */
export type ScriptStep = WithPath<PlannedStep>;

/** The file that a step names by its position, by its path. */
type WithPath<Step> = Step extends { file: number } ? Omit<Step, 'file'> & { src: string } : Step;

export function scriptStep(step: PlannedStep, pathOf: (file: number) => string): ScriptStep {
  if (!('file' in step)) return step;
  const { file, ...rest } = step;
  return { ...rest, src: pathOf(file) };
}

export interface ScriptJob {
  /** `null`: the project's own main composition. */
  composition: string | null;
  steps: readonly ScriptStep[];
  /** Written into every fault: other scripts print to the same stream, and must not end the job in our name. */
  nonce: string;
}

/**
 * Builds the ExtendScript that puts a job's data into the open project: one literal with the data, and a runtime that is
 * the same for every job. Values are never part of the code.
 *
 * A fault stops the script with an error whose message is `aerender-batch <nonce>: {"code":…,"message":…}`, in ASCII.
 */
export function buildScript({ composition, steps, nonce }: ScriptJob): string {
  const job = { nonce, composition, steps, englishNames: englishNames(steps) };
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
function englishNames(scriptSteps: readonly ScriptStep[]): Record<string, string[]> {
  const english: Record<string, string[]> = {};
  const names = scriptSteps.flatMap((step) => (step.type === 'data' ? namesIn(step.property) : []));
  for (const name of new Set(names)) {
    for (const matchName of matchNamesOf(name)) english[matchName] = [...(english[matchName] ?? []), name];
  }
  return english;
}

/** As the runtime takes a path apart: a bare name is taken as it is. */
function namesIn(path: string): string[] {
  const steps = path.split('->');
  return steps.length === 1 ? steps : steps.map((step) => step.trim());
}
