import type { Statement } from 'better-sqlite3';
import type { FaceFacts, WantedFont } from '../fonts/font.ts';
import type { Connection } from './connection.ts';
import type { FontRecord } from './records.ts';

interface FontRow {
  id: string;
  family_name: string;
  file_name: string;
  hash: string;
  faces: string;
  created_at: number;
}

/** The rows of `fonts`: the engine's own library. */
export class FontTable {
  readonly #connection: Connection;
  readonly #insert: Statement<[string, string, string, string, string, number]>;
  readonly #get: Statement<[string], FontRow>;
  readonly #list: Statement<[], FontRow>;
  readonly #remove: Statement<[string]>;
  readonly #needs: Statement<[], { id: string; font_needs: string }>;
  readonly #planned: Statement<[string], { id: string }>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#insert = database.prepare(
      'INSERT INTO fonts (id, family_name, file_name, hash, faces, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#get = database.prepare('SELECT * FROM fonts WHERE id = ?');
    this.#list = database.prepare('SELECT * FROM fonts ORDER BY id');
    this.#remove = database.prepare('DELETE FROM fonts WHERE id = ?');
    // One row for all the jobs of a template.
    this.#needs = database.prepare(`
      SELECT min(id) AS id, font_needs FROM jobs
      WHERE font_needs IS NOT NULL AND status IN ('queued', 'pending', 'render:dorender') GROUP BY font_needs`);
    this.#planned = database.prepare(`
      SELECT id FROM jobs JOIN job_payloads ON job_id = id
      WHERE status IN ('queued', 'pending', 'render:dorender') AND instr(plan, ?) > 0 LIMIT 1`);
  }

  insert(font: FontRecord): void {
    const { id, familyName, fileName, hash, faces, createdAt } = font;
    this.#connection.write(() => this.#insert.run(id, familyName, fileName, hash, JSON.stringify(faces), createdAt));
  }

  get(id: string): FontRecord | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : fontOf(row);
  }

  /** The oldest first. */
  list(): FontRecord[] {
    return this.#list.all().map(fontOf);
  }

  remove(id: string): void {
    this.#connection.write(() => this.#remove.run(id));
  }

  /** The fonts that jobs want which have not ended, each list with one of its jobs. */
  wantedByJobs(): { id: string; wanted: WantedFont[] }[] {
    return this.#needs.all().map(({ id, font_needs }) => ({ id, wanted: JSON.parse(font_needs) as WantedFont[] }));
  }

  /** A job that has not ended and is to be rendered with this file, perhaps for single characters; null if there is none. */
  plannedIn(path: string): string | null {
    return this.#planned.get(JSON.stringify(path))?.id ?? null;
  }
}

/** Of a font that was added by a version that did not look at these. */
const UNKNOWN: Partial<FaceFacts> = { index: 0, weight: 400, italic: false, colored: false };

function fontOf(row: FontRow): FontRecord {
  return {
    id: row.id,
    familyName: row.family_name,
    fileName: row.file_name,
    hash: row.hash,
    faces: (JSON.parse(row.faces) as FaceFacts[]).map((face) => ({ ...UNKNOWN, ...face })),
    createdAt: row.created_at,
  };
}
