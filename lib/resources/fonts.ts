import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ulid } from 'ulid';
import { iso } from '../answers.ts';
import type { Font } from '../contract/answers.ts';
import { idsInWords, parseWith } from '../contract/faults.ts';
import { parseId } from '../contract/fields.ts';
import { unsafePathReason } from '../contract/file-name.ts';
import { type FontInput, fontSchema, LARGEST_FONT_BYTES } from '../contract/library.ts';
import type { ResolveUrl } from '../contract/source.ts';
import { ConflictError, EngineError, NotFoundError } from '../errors.ts';
import { bestMatch } from '../fonts/choose.ts';
import { fontHash, libraryFontPath, putFontFile, removeFontFile } from '../fonts/library.ts';
import type { Gate } from '../gate.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import { pathOfBody } from '../plan/check-sources.ts';
import type { FontRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/**
 * The engine's own fonts, which the jobs that need them are rendered with, whatever the machine has. They are kept
 * beside the database: the file that was added may go.
 *
 * @example
 * await engine.fonts.add({ src: 'fonts/Soleil-Regular.otf' });
 */
export class Fonts {
  readonly #gate: Gate;
  readonly #store: Store;
  readonly #inspection: InspectionThread;
  /** The folder of the library's files. */
  readonly #folder: string;
  readonly #resolveUrl: ResolveUrl | undefined;

  /** @internal An engine makes it. */
  constructor(parts: {
    gate: Gate;
    store: Store;
    inspection: InspectionThread;
    folder: string;
    resolve?: ResolveUrl | undefined;
  }) {
    this.#gate = parts.gate;
    this.#store = parts.store;
    this.#inspection = parts.inspection;
    this.#folder = parts.folder;
    this.#resolveUrl = parts.resolve;
  }

  /**
   * Copies a TrueType or OpenType font, or a collection of them, of up to 40 MiB, into the library. A file that is in it
   * already, under the same name, is not added again. Jobs that wait and miss this font get it.
   *
   * @throws {ValidationError} The body is wrong. @throws {EngineError} `FONT_INVALID`: nothing was added.
   * @example
   * const { id, familyName } = await engine.fonts.add({ src: 'fonts/Soleil-Regular.otf' });
   */
  async add(body: FontInput): Promise<Font> {
    this.#gate.requireOpen();
    const { src, familyName } = parseWith(fontSchema, body);
    const path = await pathOfBody(src, this.#resolveUrl);
    const fileName = basename(path);
    const unsafe = unsafePathReason(fileName);
    if (unsafe !== null) throw invalid(path, `its name ${unsafe}`);
    await refuseSize(path);
    const faces = await this.#inspection.faces(path);
    const hash = await fontHash(path);
    this.#gate.requireOpen();
    const known = this.#store.fonts.list().find((font) => font.hash === hash && font.fileName === fileName);
    if (known !== undefined) return answer(known);
    const now = this.#store.clock();
    const font: FontRecord = {
      id: ulid(now),
      familyName: familyName ?? faces[0]?.family ?? fileName,
      fileName,
      hash,
      faces: faces.map(({ path: _, characters: __, ...facts }) => facts),
      createdAt: now,
    };
    const target = libraryFontPath(this.#folder, font);
    try {
      await putFontFile(path, target);
      this.#gate.requireOpen();
      this.#store.fonts.insert(font);
    } catch (error) {
      await removeFontFile(target);
      throw error;
    }
    return answer(font);
  }

  /**
   * The fonts of the library, the oldest first.
   *
   * @example
   * for (const { familyName, fileName } of await engine.fonts.list()) console.log(familyName, fileName);
   */
  async list(): Promise<Font[]> {
    this.#gate.requireOpen();
    return this.#store.fonts.list().map(answer);
  }

  /**
   * A font of the library.
   *
   * @throws {NotFoundError} `FONT_NOT_FOUND`.
   * @example
   * const { familyName } = await engine.fonts.get(fontId);
   */
  async get(id: string): Promise<Font> {
    this.#gate.requireOpen();
    return answer(this.#find(id));
  }

  /**
   * Removes a font from the library; the file that was added stays where it is.
   *
   * @throws {ConflictError} `IN_USE`: jobs that have not ended need it. @throws {NotFoundError} `FONT_NOT_FOUND`.
   * @example
   * await engine.fonts.remove(fontId);
   */
  async remove(id: string): Promise<void> {
    this.#gate.requireOpen();
    const font = this.#find(id);
    const path = libraryFontPath(this.#folder, font);
    const faces = font.faces.map((face) => ({ ...face, path, fileName: font.fileName }));
    const needing = this.#store.fonts.neededBy(path, (wanted) => bestMatch(wanted, faces) !== undefined);
    if (needing.length > 0) {
      const message = `Font ${id} (${font.fileName}) is needed by jobs that have not ended: ${idsInWords(needing)}. Wait for them, or cancel them.`;
      throw new ConflictError('IN_USE', message);
    }
    this.#store.fonts.remove(font.id);
    await removeFontFile(path);
  }

  #find(id: string): FontRecord {
    const font = this.#store.fonts.get(parseId('font', id));
    if (font === undefined) {
      throw new NotFoundError('FONT_NOT_FOUND', `No font has the id ${id}. Look it up with fonts.list().`);
    }
    return font;
  }
}

function answer({ id, familyName, fileName, createdAt }: FontRecord): Font {
  return { id, familyName, fileName, createdAt: iso(createdAt) };
}

async function refuseSize(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null); // Reading it, the next step, fails with the reason.
  if (facts === null || facts.size <= LARGEST_FONT_BYTES) return;
  throw invalid(path, `it has ${Math.ceil(facts.size / 2 ** 20)} MiB, and a font may have 40 MiB`);
}

function invalid(path: string, reason: string): EngineError {
  return new EngineError('FONT_INVALID', `The font ${path} cannot be used: ${reason}.`);
}
