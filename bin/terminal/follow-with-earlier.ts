import type { BatchListItem } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { type FollowedBatches, followBatches } from './follow-batches.ts';
import type { ShownBatch } from './job-labels.ts';
import { NOTHING, type OutputForm } from './output-form.ts';
import { print } from './print.ts';
import { askToRender, printUnfinished, unfinishedIn } from './unfinished.ts';

export interface RenderChoices {
  form: OutputForm;
  /** Whether jobs of earlier batches are rendered as well; undefined: a person is asked. */
  withPending: boolean | undefined;
}

/**
 * Renders the batches that a command has created, after those of `earlier` if that is wanted. `hasEarlier`: some of them
 * were rendered as well.
 */
export async function followWithEarlier(
  engine: BatchEngine,
  own: readonly ShownBatch[],
  earlier: readonly BatchListItem[],
  { form, withPending }: RenderChoices,
): Promise<{ followed: FollowedBatches; hasEarlier: boolean }> {
  const wish = withPending === undefined ? await wishFor(earlier, form) : withPending ? 'yes' : 'no';
  const left = own.reduce((sum, { jobs }) => sum + jobs.length, 0);
  if (wish === 'stop') return { followed: { ...NOTHING, left, stopCode: 130 }, hasEarlier: false };
  const wanted = wish === 'yes' ? earlier : [];
  const pending = await Promise.all(wanted.map(async ({ batchId }) => unfinishedIn(await engine.batches.get(batchId))));
  const batches = [...pending, ...own];
  const followed = batches.length === 0 ? NOTHING : await followBatches(engine, batches, { silent: form !== 'text' });
  return { followed, hasEarlier: pending.length > 0 };
}

/** Lists unfinished jobs of earlier batches and asks. Without a terminal they are left as they are. */
async function wishFor(earlier: readonly BatchListItem[], form: OutputForm): Promise<'yes' | 'no' | 'stop'> {
  if (earlier.length === 0 || form !== 'text') return 'no';
  printUnfinished(earlier);
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) return await askToRender();
  print('They are left as they are. Render them with: aerender-batch resume');
  return 'no';
}
