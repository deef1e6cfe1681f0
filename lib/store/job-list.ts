import { JOB_COLUMNS } from './job-rows.ts';
import type { JobFilter } from './records.ts';

const ORDERS = {
  oldest_first: 'seq',
  newest_first: 'seq DESC',
  random: 'random()',
  priority: 'priority DESC, seq',
} as const satisfies Record<NonNullable<JobFilter['sort']>, string>;

/** The statement of `jobs.list`; every value from outside is bound, never written into the text. */
export function jobListQuery(filter: JobFilter): { sql: string; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, ...bound: unknown[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
  if (filter.states !== undefined) add(`status IN (${marks(filter.states)})`, ...filter.states);
  if (filter.excludeStates !== undefined)
    add(`status NOT IN (${marks(filter.excludeStates)})`, ...filter.excludeStates);
  if (filter.fromDate !== undefined) add('created_at >= ?', filter.fromDate);
  if (filter.toDate !== undefined) add('created_at <= ?', filter.toDate);
  if (filter.tags !== undefined)
    add(`id IN (SELECT job_id FROM job_tags WHERE tag IN (${marks(filter.tags)}))`, ...filter.tags);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const order = ORDERS[filter.sort ?? 'oldest_first'];
  values.push(filter.limit ?? 100, filter.from ?? 0);
  return { sql: `SELECT ${JOB_COLUMNS} FROM jobs ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, values };
}
