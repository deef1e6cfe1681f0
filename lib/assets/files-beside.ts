import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { nearestName } from '../contract/faults.ts';

/** Where a relative path leads: to a file, or nowhere. */
type BesideFile =
  /** `src` is the path as an asset names it: absolute, unless the template's own folder has the file. */
  | { src: string }
  | {
      missing: {
        /** The path beside the template, which the engine would name; null if the template's folder is not known. */
        besideTemplate: string | null;
        besideSheet: string;
        /** A file there that may have been meant. */
        near: string | null;
      };
    };

/**
 * The files that a batch or a sheet of rows names by relative paths. They are looked for beside the template first, as the
 * API does it, and then beside the batch or the sheet, so that a folder with all of them can be rendered from anywhere.
 */
export class FilesBeside {
  readonly #folder: string;
  readonly #names = new Map<string, readonly string[]>();

  /** `folder`: that of the batch or the sheet. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `templateFolder` is null for a template that was registered: then the place beside the batch comes first. */
  find(src: string, templateFolder: string | null): BesideFile {
    const besideSheet = resolve(this.#folder, src);
    if (templateFolder !== null && existsSync(resolve(templateFolder, src))) return { src };
    if (existsSync(besideSheet)) return { src: besideSheet };
    const besideTemplate = templateFolder === null ? null : resolve(templateFolder, src);
    const near = [besideTemplate, besideSheet].map((path) => (path === null ? null : this.near(path)));
    return { missing: { besideTemplate, besideSheet, near: near.find((name) => name !== null) ?? null } };
  }

  /** The name of a file beside `path` that it was meant to be, as far as one can tell. */
  near(path: string): string | null {
    return nearestName(basename(path), this.#namesIn(dirname(path))) ?? null;
  }

  #namesIn(folder: string): readonly string[] {
    const known = this.#names.get(folder) ?? namesIn(folder);
    this.#names.set(folder, known);
    return known;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder is not there, or may not be read.
    return [];
  }
}

/** The path of a source, from this folder; null if it is no path, but a URL or words for the option `resolve`. */
export function pathOfSource(src: string): string | null {
  return isAbsolute(src) || isRelativePath(src) ? resolve(src) : null;
}

/** Whether a source is a path that starts from a folder: no URL, and not absolute. */
export function isRelativePath(src: unknown): src is string {
  return typeof src === 'string' && src !== '' && !isAbsolute(src) && !/^[a-z][a-z0-9+.-]+:/i.test(src);
}
