/**
 * The process in which expressions are evaluated: it may neither read files nor start anything, its memory has a limit,
 * and it ends with the renderer. It imports nothing from outside of its folder.
 */
import type { EvaluationMessage, EvaluationTask } from './evaluation-messages.ts';
import { EvaluationRealm } from './evaluation-realm.ts';

process.once('disconnect', () => process.exit());
process.once('message', (task: EvaluationTask) => {
  const realm = new EvaluationRealm(task);
  const baked = realm.bake((id) => send({ kind: 'begun', id }));
  for (const [id, samples] of baked) send({ kind: 'baked', id, samples });
  send({ kind: 'ended', failures: realm.failures });
});

function send(message: EvaluationMessage): void {
  process.send?.(message);
}
