import type { Statement } from 'better-sqlite3';
import { MODEL_VERSION, type TemplateModel } from '../template/model.ts';
import type { Connection } from './database.ts';
import type { TemplateRecord } from './records.ts';

const COLUMNS = `
  id, type, display_name AS displayName, path, hash, status, error, created_at AS createdAt, updated_at AS updatedAt`;

/** How many models are kept of files that are not registered templates; each job of a studio may bring a new one. */
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
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET type = excluded.type, display_name = excluded.display_name, path = excluded.path,
        hash = excluded.hash, status = excluded.status, error = excluded.error, updated_at = excluded.updated_at`);
    this.#get = database.prepare(`SELECT ${COLUMNS} FROM templates WHERE id = ?`);
    this.#list = database.prepare(`SELECT ${COLUMNS} FROM templates ORDER BY id`);
    this.#remove = database.prepare('DELETE FROM templates WHERE id = ?');
    this.#model = database.prepare('SELECT model FROM template_models WHERE key = ?');
    this.#saveModel = database.prepare('INSERT INTO template_models (key, model) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#forgetModels = database.prepare(`
      DELETE FROM template_models
      WHERE seq <= (SELECT max(seq) FROM template_models) - ${MOST_MODELS}
        AND key NOT IN (SELECT '${MODEL_VERSION}:' || hash FROM templates)`);
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
        template.status,
        template.error,
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

  /** What was found in a file, by its SHA-256; undefined where it was never read, or by an older version. */
  model(hash: string): TemplateModel | undefined {
    const json = this.#model.get(keyOf(hash))?.model;
    return json === undefined ? undefined : (JSON.parse(json) as TemplateModel);
  }

  saveModel(hash: string, model: TemplateModel): void {
    this.#connection.write(() => {
      this.#saveModel.run(keyOf(hash), JSON.stringify(model));
      this.#forgetModels.run();
    });
  }
}

/** A model is only good for a reader that makes the same of the file. */
function keyOf(hash: string): string {
  return `${MODEL_VERSION}:${hash}`;
}
