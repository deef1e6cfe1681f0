import { buildScript, type ScriptStep } from '../../lib/script/build.ts';

/** A step of a script without its position in the job, which a test has no use for. */
export type Step = WithoutPosition<ScriptStep>;
type WithoutPosition<Value> = Value extends unknown ? Omit<Value, 'asset'> : never;

/** The script of a job with these steps, as its assets 0, 1, … */
export function jobScript({ composition, steps }: { composition: string | null; steps: readonly Step[] }): string {
  return buildScript({
    composition,
    steps: steps.map((step, asset) => ({ asset, ...step }) as ScriptStep),
    nonce: 'nonce',
  });
}
