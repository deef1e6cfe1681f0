/** The thread that reads files from outside: each exported function is a task of its own. */
import type { TemplateType } from '../contract/formats.ts';
import { EngineError, type ErrorCode } from '../errors.ts';
import { type FontScan, type KnownFontFile, scanFonts } from '../fonts/folders.ts';
import { type ReadFontFace, readFontFaces } from '../fonts/font-file.ts';
import { mediaKindOfBytes, mediaKindOfFile } from '../media/detect-media-kind.ts';
import type { MediaKind } from '../media/media-kind.ts';
import { hashTemplate, inspectTemplate } from '../template/inspect.ts';
import { piecesOf, type SharedTexts, shareTexts } from '../template/model-pieces.ts';

/** An error loses its class and code between threads, so it crosses as data. */
export type Answer<Result> = { ok: true; result: Result } | { ok: false; code: ErrorCode; message: string };

export interface InspectionTask {
  path: string;
  type: TemplateType | undefined;
}

/** A template as it was read: the hash of its file, and its model in pieces. */
export interface ReadTemplate {
  hash: string;
  model: SharedTexts;
}

export function inspect({ path, type }: InspectionTask): Promise<Answer<ReadTemplate>> {
  return answer(async () => {
    const { hash, model } = await inspectTemplate(path, type);
    return { hash, model: shareTexts(piecesOf(model)) };
  });
}

export function hash(path: string): Promise<Answer<string>> {
  return answer(() => hashTemplate(path));
}

export function faces(path: string): Promise<Answer<ReadFontFace[]>> {
  return answer(() => readFontFaces(path));
}

/** Null if the file cannot be read. */
export function mediaKind(source: { path: string } | { bytes: Uint8Array }): Promise<Answer<MediaKind | null>> {
  return answer(async () => {
    try {
      return await ('path' in source ? mediaKindOfFile(source.path) : mediaKindOfBytes(source.bytes));
    } catch {
      // The file is gone, not readable, or cut within its first bytes: the caller refuses it.
      return null;
    }
  });
}

export function fonts(task: { folders: string[]; known: KnownFontFile[] }): Promise<Answer<FontScan>> {
  return answer(() => scanFonts(task.folders, task.known));
}

async function answer<Result>(work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { ok: true, result: await work() };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
