/** What an engine keeps to use it again: templates, fonts, and what was found in the files of either. */
import type { Statement } from 'better-sqlite3';
import { type FaceFacts, instanceNumber, type WantedFont } from '../fonts/font.ts';
import { MODEL_VERSION } from '../template/model.ts';
import type { Connection } from './database.ts';
import type { FontFileRecord, FontRecord, TemplateRecord } from './records.ts';

const COLUMNS = `
  id, type, display_name AS displayName, path, hash, created_at AS createdAt, updated_at AS updatedAt`;

/** How many models, or pieces of large ones, are kept of files that are not registered templates; each job of a studio may bring a new one. */
const MOST_MODELS = 1_000;

/** The rows of `templates`, and what was found in their files, by the hash of the file. */
export class TemplateTable {
  readonly #connection: Connection;
  readonly #put: Statement;
  readonly #get: Statement<[string], TemplateRecord>;
  readonly #list: Statement<[], TemplateRecord>;
  readonly #remove: Statement<[string]>;
  readonly #model: Statement<[string], { model: string }>;
  readonly #saveModel: Statement<[string, string]>;
  readonly #forgetModels: Statement<[]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#put = database.prepare(`
      INSERT INTO templates (id, type, display_name, path, hash, status, error, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, 'uploaded', NULL, ?, ?)
      ON CONFLICT (id) DO UPDATE SET type = excluded.type, display_name = excluded.display_name, path = excluded.path,
        hash = excluded.hash, updated_at = excluded.updated_at`);
    this.#get = database.prepare(`SELECT ${COLUMNS} FROM templates WHERE id = ?`);
    this.#list = database.prepare(`SELECT ${COLUMNS} FROM templates ORDER BY id`);
    this.#remove = database.prepare('DELETE FROM templates WHERE id = ?');
    this.#model = database.prepare('SELECT model FROM template_models WHERE key = ?');
    this.#saveModel = database.prepare('INSERT INTO template_models (key, model) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#forgetModels = database.prepare(`
      DELETE FROM template_models
      WHERE seq <= (SELECT max(seq) FROM template_models) - ${MOST_MODELS}
        AND substr(key, 1, instr(key || '#', '#') - 1) NOT IN (SELECT '${MODEL_VERSION}:' || hash FROM templates)`);
  }

  /** Adds a template, or replaces the one that has its id. */
  put(template: TemplateRecord): void {
    this.#connection.writeDurably(() => {
      this.#put.run(
        template.id,
        template.type,
        template.displayName,
        template.path,
        template.hash,
        template.createdAt,
        template.updatedAt,
      );
    });
  }

  get(id: string): TemplateRecord | undefined {
    return this.#get.get(id);
  }

  /** The oldest first. */
  list(): TemplateRecord[] {
    return this.#list.all();
  }

  remove(id: string): void {
    this.#connection.writeDurably(() => this.#remove.run(id));
  }

  /**
   * A piece of what was found in a file, by the file's SHA-256, as JSON. Undefined if it is not there: the file was never
   * read, or by an older version, or the model has no such piece.
   */
  modelPiece(hash: string, index: number): string | undefined {
    return this.#model.get(keyOf(hash, index))?.model;
  }

  saveModelPiece(hash: string, index: number, json: string): void {
    this.#connection.write(() => {
      this.#saveModel.run(keyOf(hash, index), json);
      if (index === 0) this.#forgetModels.run();
    });
  }
}

/** A model is only good for a reader that makes the same of the file. */
function keyOf(hash: string, piece: number): string {
  const first = `${MODEL_VERSION}:${hash}`;
  return piece === 0 ? first : `${first}#${piece}`;
}

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
  readonly #needs: Statement<[], { font_needs: string }>;
  readonly #needing: Statement<[string, string], { id: string }>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#insert = database.prepare(
      'INSERT INTO fonts (id, family_name, file_name, hash, faces, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#get = database.prepare('SELECT * FROM fonts WHERE id = ?');
    this.#list = database.prepare('SELECT * FROM fonts ORDER BY id');
    this.#remove = database.prepare('DELETE FROM fonts WHERE id = ?');
    this.#needs = database.prepare(`
      SELECT DISTINCT font_needs FROM jobs
      WHERE font_needs IS NOT NULL AND status IN ('queued', 'pending', 'render:dorender')`);
    this.#needing = database.prepare(`
      SELECT id FROM jobs JOIN job_payloads ON job_id = id
      WHERE status IN ('queued', 'pending', 'render:dorender')
        AND (font_needs IN (SELECT value FROM json_each(?)) OR instr(plan, ?) > 0)
      ORDER BY seq`);
  }

  insert(font: FontRecord): void {
    const { id, familyName, fileName, hash, faces, createdAt } = font;
    this.#connection.writeDurably(() =>
      this.#insert.run(id, familyName, fileName, hash, JSON.stringify(faces), createdAt),
    );
  }

  get(id: string): FontRecord | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : fontOf(row);
  }

  /** The oldest first. */
  list(): FontRecord[] {
    return this.#list.all().map(fontOf);
  }

  /** Durably: its file goes next, and a power cut must not bring back a row without one. */
  remove(id: string): void {
    this.#connection.writeDurably(() => this.#remove.run(id));
  }

  /**
   * The jobs that have not ended and need a font of the library, by id, the oldest first: they want one that is in it, or
   * are to be rendered with its file, perhaps for single characters.
   */
  neededBy(path: string, isInIt: (wanted: WantedFont) => boolean): string[] {
    return this.#connection.read(() => {
      // All the jobs of a template have the same list, which is read once.
      const lists = this.#needs.all().map((row) => row.font_needs);
      const matching = lists.filter((list) => (JSON.parse(list) as WantedFont[]).some(isInIt));
      return this.#needing.all(JSON.stringify(matching), JSON.stringify(path)).map(({ id }) => id);
    });
  }
}

/** Assumed for a font that was added by a version that did not read these facts. */
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
        // Named instances have those of their face, and come after all faces.
        const characters = faces.flatMap((face) => (instanceNumber(face.index) === 0 ? [face.characters] : []));
        this.#save.run(path, size, modifiedAt, JSON.stringify(facts), JSON.stringify(characters));
      }
      for (const path of gone) this.#remove.run(path);
    });
  }
}
