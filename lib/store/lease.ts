import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';

/** Who may render the jobs of the file. */
export interface LeaseHolder {
  id: string;
  pid: number;
  /** Tells the process from a later one with the same pid; null where the system cannot say. */
  processStartedAt: string | null;
  /** Milliseconds since 1970. */
  heartbeatAt: number;
}

/** The one row of `lease`. */
export class LeaseTable {
  readonly #connection: Connection;
  readonly #get: Statement<[], LeaseHolder>;
  readonly #take: Statement<[string, number, string | null, number]>;
  readonly #beat: Statement<[number, string]>;
  readonly #release: Statement<[string]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#get = database.prepare(
      'SELECT id, pid, process_started_at AS processStartedAt, heartbeat_at AS heartbeatAt FROM lease',
    );
    this.#take = database.prepare(`
      INSERT INTO lease (only_one, id, pid, process_started_at, heartbeat_at) VALUES (1, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET
        id = excluded.id, pid = excluded.pid, process_started_at = excluded.process_started_at,
        heartbeat_at = excluded.heartbeat_at`);
    this.#beat = database.prepare('UPDATE lease SET heartbeat_at = ? WHERE id = ?');
    this.#release = database.prepare('DELETE FROM lease WHERE id = ?');
  }

  holder(): LeaseHolder | undefined {
    return this.#get.get();
  }

  /** Takes the lease where it is free, already ours, or its holder has been silent for `staleAfterMs`. */
  acquire(candidate: Omit<LeaseHolder, 'heartbeatAt'> & { staleAfterMs: number }): boolean {
    return this.#connection.write(() => {
      const now = this.#connection.clock();
      const holder = this.#get.get();
      const held =
        holder !== undefined && holder.id !== candidate.id && now - holder.heartbeatAt < candidate.staleAfterMs;
      if (held) return false;
      this.#take.run(candidate.id, candidate.pid, candidate.processStartedAt, now);
      return true;
    });
  }

  /** False where the lease is no longer ours. */
  heartbeat(id: string): boolean {
    return this.#connection.write(() => this.#beat.run(this.#connection.clock(), id).changes === 1);
  }

  release(id: string): void {
    this.#connection.write(() => this.#release.run(id));
  }
}
