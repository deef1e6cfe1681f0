import type { Statement } from 'better-sqlite3';
import type { FaceNames } from '../fonts/font.ts';
import type { Connection } from './connection.ts';
import type { FontFileRecord } from './records.ts';

interface FontFileRow {
  path: string;
  size: number;
  modified_at: number;
  faces: string;
}

/** The rows of `font_files`: what was read of the font files of this machine, so that each is read once. */
export class FontFileTable {
  readonly #connection: Connection;
  readonly #list: Statement<[], FontFileRow>;
  readonly #save: Statement<[string, number, number, string]>;
  readonly #remove: Statement<[string]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#list = database.prepare('SELECT * FROM font_files ORDER BY path');
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO font_files (path, size, modified_at, faces) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare('DELETE FROM font_files WHERE path = ?');
  }

  list(): FontFileRecord[] {
    return this.#list.all().map(({ path, size, modified_at, faces }) => ({
      path,
      size,
      modifiedAt: modified_at,
      faces: JSON.parse(faces) as FaceNames[],
    }));
  }

  /** Keeps what was read, and forgets files that are gone. */
  update({ read, gone }: { read: readonly FontFileRecord[]; gone: readonly string[] }): void {
    if (read.length + gone.length === 0) return;
    this.#connection.write(() => {
      for (const { path, size, modifiedAt, faces } of read)
        this.#save.run(path, size, modifiedAt, JSON.stringify(faces));
      for (const path of gone) this.#remove.run(path);
    });
  }
}
