import type { Statement } from 'better-sqlite3';
import type { Connection } from './database.ts';

/** A batch, or a job without one, of which everything has ended. */
export interface Ended {
  kind: 'batch' | 'job';
  id: string;
}

const OPEN = "('queued', 'pending', 'render:dorender')";

/** Finds and removes what ended long ago. */
export class Pruning {
  readonly #connection: Connection;
  readonly #batches: Statement<[string | null, number, number], { id: string }>;
  readonly #jobs: Statement<[string | null, number, number], { id: string }>;
  readonly #workFolders: Record<Ended['kind'], Statement<[string], { path: string }>>;
  readonly #remove: Record<Ended['kind'], Statement<[string]>>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    // A child that renders on after its family was cancelled keeps the batch.
    this.#batches = database.prepare(`
      SELECT id FROM batches WHERE id = coalesce(?, id) AND created_at < ? AND total = finished + error
        AND NOT EXISTS (SELECT 1 FROM jobs WHERE batch_id = batches.id AND (status IN ${OPEN} OR updated_at >= ?))
      ORDER BY id`);
    this.#jobs = database.prepare(`
      SELECT id FROM jobs AS root WHERE id = coalesce(?, id) AND batch_id IS NULL AND parent_id IS NULL AND created_at < ?
        AND NOT EXISTS (
          WITH RECURSIVE family (id) AS (
            SELECT root.id UNION ALL SELECT jobs.id FROM jobs JOIN family ON jobs.parent_id = family.id
          )
          SELECT 1 FROM family JOIN jobs USING (id) WHERE status IN ${OPEN} OR updated_at >= ?
        )
      ORDER BY id`);
    this.#workFolders = {
      batch: database.prepare(`
        SELECT work_dir AS path FROM attempts JOIN jobs ON jobs.id = attempts.job_id WHERE batch_id = ? AND attempts.ended_at IS NOT NULL`),
      job: database.prepare(`
        WITH RECURSIVE family (id) AS (
          VALUES (?) UNION ALL SELECT jobs.id FROM jobs JOIN family ON jobs.parent_id = family.id
        )
        SELECT work_dir AS path FROM attempts JOIN family ON family.id = attempts.job_id
        WHERE attempts.ended_at IS NOT NULL`),
    };
    this.#remove = {
      batch: database.prepare('DELETE FROM batches WHERE id = ?'),
      job: database.prepare('DELETE FROM jobs WHERE id = ?'),
    };
  }

  /** The oldest first. */
  endedBefore(before: number): Ended[] {
    return [
      ...this.#batches.all(null, before, before).map(({ id }) => ({ kind: 'batch' as const, id })),
      ...this.#jobs.all(null, before, before).map(({ id }) => ({ kind: 'job' as const, id })),
    ];
  }

  /** Where its ended attempts had their work folders: a job that has been retried meanwhile renders in another one. */
  workFoldersOf({ kind, id }: Ended): string[] {
    return this.#workFolders[kind].all(id).map(({ path }) => path);
  }

  /** Returns false if it is gone, or open again. */
  remove({ kind, id }: Ended, before: number): boolean {
    return this.#connection.write(() => {
      const [found] = (kind === 'batch' ? this.#batches : this.#jobs).all(id, before, before);
      if (found === undefined) return false;
      this.#remove[kind].run(id);
      return true;
    });
  }
}
