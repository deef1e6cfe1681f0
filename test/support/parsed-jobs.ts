import assert from 'node:assert/strict';
import { parseJob } from '../../lib/plan/parse.ts';
import type { JobCreation } from '../../lib/plan/request.ts';

/** The least that a job has. */
export const LEAST_JOB = { template: { id: '01J00000000000000000000000', composition: 'main' } };

/** The job with these fields besides; it must be accepted. */
export function accepted(more: object = {}): JobCreation {
  const parsed = parseJob({ ...LEAST_JOB, ...more });
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  return parsed.job;
}

/** The message that refuses the job with these fields. */
export function refused(more: object): string {
  const parsed = parseJob({ ...LEAST_JOB, ...more });
  assert.ok(!parsed.ok, `accepted: ${JSON.stringify(more)}`);
  return parsed.message;
}
