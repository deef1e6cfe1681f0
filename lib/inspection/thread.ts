import type { TemplateType } from '../contract/formats.ts';
import { EngineError, type ErrorCode } from '../errors.ts';
import type { FontScan, KnownFontFile } from '../fonts/folders.ts';
import type { ReadFontFace } from '../fonts/font-file.ts';
import type { MediaKind } from '../media/media-kind.ts';
import { ownModule } from '../own-files.ts';
import { WorkerThread } from '../worker-thread.ts';
import type { Answer, ReadTemplate } from './worker.ts';

/** A project of hundreds of megabytes still fits; a hostile one ends its thread, not the host. */
const THREAD_HEAP_MB = 2_048;

/** Milliseconds that each kind of call may take, from when the thread begins with it; then the thread is replaced. */
interface InspectionLimits {
  /** A project of a gigabyte, or an archive of many, from a slow disk. */
  template: number;
  font: number;
  /** All the fonts of a system, the first time. */
  fontFolders: number;
  media: number;
}

const LIMITS: InspectionLimits = { template: 300_000, font: 30_000, fontFolders: 300_000, media: 30_000 };

/**
 * Reads templates and fonts in a thread of their own: the host's event loop stays free, and a hostile file cannot take
 * it down.
 */
export class InspectionThread {
  readonly #thread = new WorkerThread({
    entry: ownModule('./worker', import.meta.url),
    heapMb: THREAD_HEAP_MB,
  });
  readonly #limits: InspectionLimits;
  /** Settles when the thread is free again. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(limits: InspectionLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async inspect(path: string, type?: TemplateType): Promise<ReadTemplate> {
    return await this.#run('inspect', { path, type }, this.#limits.template, unreadableTemplate(path));
  }

  /** The SHA-256 of a template file, in hexadecimal. Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async hash(path: string): Promise<string> {
    return await this.#run('hash', path, this.#limits.template, unreadableTemplate(path));
  }

  /** The faces of a font file. Throws `FONT_INVALID`. */
  async faces(path: string): Promise<ReadFontFace[]> {
    return await this.#run('faces', path, this.#limits.font, {
      code: 'FONT_INVALID',
      what: `The font ${path} cannot be read`,
    });
  }

  /** The font files in these folders; those that are `known` and have not changed are not read again. */
  async scanFonts(folders: string[], known: KnownFontFile[]): Promise<FontScan> {
    return await this.#run('fonts', { folders, known }, this.#limits.fontFolders, {
      code: 'FONT_INVALID',
      what: 'The fonts cannot be read',
    });
  }

  /** What the content of a file, or its first bytes, is; null if it cannot be read. */
  async mediaKind(source: { path: string } | { bytes: Uint8Array }): Promise<MediaKind | null> {
    return await this.#run('mediaKind', source, this.#limits.media, {
      code: 'ASSET_INVALID',
      what: 'An asset cannot be read',
    });
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  async #run<Result>(
    name: string,
    task: unknown,
    timeoutMs: number,
    lost: { code: ErrorCode; what: string },
  ): Promise<Result> {
    const asked = this.#turn.then(() => this.#thread.run<Answer<Result>>(task, { name, timeoutMs }));
    // One after the other, also after one that was lost.
    this.#turn = asked.catch(() => {});
    let answer: Answer<Result>;
    try {
      answer = await asked;
    } catch (cause) {
      // The thread was lost: out of memory, out of time, or a fault of a reader.
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError(lost.code, `${lost.what}: ${reason}.`, { cause });
    }
    if (answer.ok) return answer.result;
    throw new EngineError(answer.code, answer.message);
  }
}

function unreadableTemplate(path: string): { code: ErrorCode; what: string } {
  return { code: 'TEMPLATE_UNREADABLE', what: `The template ${path} cannot be read` };
}
