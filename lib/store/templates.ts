import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { TemplateRecord } from './records.ts';

const COLUMNS = `
  id, type, display_name AS displayName, path, hash, status, error, created_at AS createdAt, updated_at AS updatedAt`;

/** The rows of `templates`, and what was found in their files, by the hash of the file. */
export class TemplateTable {
  readonly #connection: Connection;
  readonly #insert: Statement;
  readonly #get: Statement<[string], TemplateRecord>;
  readonly #list: Statement<[], TemplateRecord>;
  readonly #remove: Statement<[string]>;
  readonly #model: Statement<[string], { model: string }>;
  readonly #saveModel: Statement<[string, string]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#insert = database.prepare(`
      INSERT INTO templates (id, type, display_name, path, hash, status, error, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#get = database.prepare(`SELECT ${COLUMNS} FROM templates WHERE id = ?`);
    this.#list = database.prepare(`SELECT ${COLUMNS} FROM templates ORDER BY id`);
    this.#remove = database.prepare('DELETE FROM templates WHERE id = ?');
    this.#model = database.prepare('SELECT model FROM template_models WHERE hash = ?');
    this.#saveModel = database.prepare(
      'INSERT INTO template_models (hash, model) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** Stores a template together with its model as JSON. */
  insert(template: TemplateRecord, model: string): void {
    this.#connection.write(() => {
      this.#insert.run(
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
      this.#saveModel.run(template.hash, model);
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
    this.#connection.write(() => this.#remove.run(id));
  }

  /** The model of a file by its SHA-256, as JSON. */
  model(hash: string): string | undefined {
    return this.#model.get(hash)?.model;
  }
}
