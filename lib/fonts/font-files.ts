import type { AvailableFont, FontFile, FontPlace } from './font.ts';

type Face = Omit<FontFile, 'names' | 'replaces'>;

export function fileOf(font: AvailableFont & { place: FontPlace }): Face {
  const { path, fileName, index, family, style, weight, colored, place } = font;
  return { path, fileName, fullName: `${family} ${style}`, index, weight, colored, place };
}

/** Collects the fonts of a job: one face may serve several names. */
export class FontFiles {
  readonly #files = new Map<string, FontFile>();

  add(font: Face, { names = [], replaces = [] }: { names?: readonly string[]; replaces?: readonly string[] }): void {
    const key = `${font.path}\0${font.index}`;
    const known = this.#files.get(key);
    this.#files.set(key, {
      ...font,
      names: [...(known?.names ?? []), ...names],
      replaces: [...(known?.replaces ?? []), ...replaces],
    });
  }

  list(): FontFile[] {
    return [...this.#files.values()];
  }
}
