import { basename, join, sep } from 'node:path';
import type { EngineConfig } from '../config.ts';
import type { TaskFont } from '../render/messages.ts';
import type { FontFileRecord, FontRecord, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type FontSupply, serves } from '../template/fonts/font-need.ts';

/** Where a font of the library lies: in a folder of its own, under the name that it was added with. */
export function libraryFontPath(library: string, { id, fileName }: Pick<FontRecord, 'id' | 'fileName'>): string {
  return join(library, id, fileName);
}

export function librarySupplies(store: Store, library: string): FontSupply[] {
  return store.fonts.list().flatMap((font) => {
    const path = libraryFontPath(library, font);
    return font.faces.map((face) => ({ ...face, path, fileName: font.fileName }));
  });
}

export function fileSupplies({ path, faces }: FontFileRecord): FontSupply[] {
  return faces.map((face) => ({ ...face, path, fileName: basename(path) }));
}

/** Whether a file lies in a folder or in one below it. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The fonts of the library and of the option `fonts` that a job needs; those of the system are there for everybody. */
export function fontsOf(job: JobRecord, store: Store, config: EngineConfig): TaskFont[] {
  if (job.fontNeeds.length === 0) return [];
  const supplies = [
    ...librarySupplies(store, config.fontLibrary),
    ...store.fontFiles
      .list()
      .filter(({ path }) => config.fonts.some((folder) => isBelow(path, folder)))
      .flatMap(fileSupplies),
  ];
  const chosen = job.fontNeeds.flatMap((need) => supplies.find((supply) => serves(need, supply)) ?? []);
  const byPath = new Map(chosen.map((supply) => [supply.path, supply]));
  return [...byPath.values()].map(({ path, fileName, family, style }) => ({
    path,
    fileName,
    fullName: `${family} ${style}`,
  }));
}
