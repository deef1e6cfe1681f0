import type { Statement } from 'better-sqlite3';
import type { FaceFacts } from '../fonts/font.ts';
import type { Connection } from './connection.ts';
import type { FontFileRecord } from './records.ts';

/** A font file with all that was read of it. */
type ReadFontFile = Omit<FontFileRecord, 'faces'> & { faces: (FaceFacts & { characters: string })[] };

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
  readonly #save: Statement<[string, number, number, string, string]>;
  readonly #characters: Statement<[string], { characters: string }>;
  readonly #remove: Statement<[string]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#list = database.prepare('SELECT path, size, modified_at, faces FROM font_files ORDER BY path');
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO font_files (path, size, modified_at, faces, characters) VALUES (?, ?, ?, ?, ?)',
    );
    this.#characters = database.prepare('SELECT characters FROM font_files WHERE path = ?');
    this.#remove = database.prepare('DELETE FROM font_files WHERE path = ?');
  }

  list(): FontFileRecord[] {
    return this.#list.all().map(({ path, size, modified_at, faces }) => ({
      path,
      size,
      modifiedAt: modified_at,
      faces: JSON.parse(faces) as FaceFacts[],
    }));
  }

  /** The characters of each face of a file, as `CharacterSet` writes them. */
  characters(path: string): string[] {
    const row = this.#characters.get(path);
    return row === undefined ? [] : (JSON.parse(row.characters) as string[]);
  }

  /** Keeps what was read, and forgets files that are gone. */
  update({ read, gone }: { read: readonly ReadFontFile[]; gone: readonly string[] }): void {
    if (read.length + gone.length === 0) return;
    this.#connection.write(() => {
      for (const { path, size, modifiedAt, faces } of read) {
        const facts = faces.map(({ characters: _, ...face }) => face);
        const characters = faces.map((face) => face.characters);
        this.#save.run(path, size, modifiedAt, JSON.stringify(facts), JSON.stringify(characters));
      }
      for (const path of gone) this.#remove.run(path);
    });
  }
}
