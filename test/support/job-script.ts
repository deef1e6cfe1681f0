import { data } from '../../lib/assets/data.ts';
import { buildScript, type ScriptStep } from '../../lib/script/build.ts';

/** A step of a script without its position in the job and what the planner adds, which a test has no use for. */
export type Step = WithoutPosition<ScriptStep>;
type WithoutPosition<Value> = Value extends unknown ? Omit<Value, 'asset' | 'englishNames'> : never;

/** The script of a job with these steps, as its assets 0, 1, … */
export function jobScript({ composition, steps }: { composition: string | null; steps: readonly Step[] }): string {
  return buildScript({
    composition,
    steps: steps.map((step, asset) => ({ asset, ...planned(step) }) as ScriptStep),
    nonce: 'nonce',
  });
}

/** As the planner makes it of an asset whose template could not be read: with all the names that After Effects may show. */
function planned(step: Step): object {
  if (step.type !== 'data') return step;
  const place = { model: {}, layers: [{ target: step, layer: null }] };
  return { ...step, ...data.step(step as never, place as never) };
}
