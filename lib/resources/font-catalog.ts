import { homedir } from 'node:os';
import type { EngineConfig } from '../config.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import { fileSupplies, isBelow, librarySupplies } from '../scheduler/font-supplies.ts';
import type { Store } from '../store/store.ts';
import { systemFontFolders } from '../template/fonts/font-folders.ts';
import type { FontSupply } from '../template/fonts/font-need.ts';

/**
 * The fonts that jobs can count on: those of the engine's library, and those in folders of this machine. A font file is
 * read once, in a thread, and again only when its time or size has changed; what was read lasts in the store.
 */
export class FontCatalog {
  readonly #config: EngineConfig;
  readonly #store: Store;
  readonly #thread: InspectionThread;

  constructor(config: EngineConfig, store: Store, thread: InspectionThread) {
    this.#config = config;
    this.#store = store;
    this.#thread = thread;
  }

  library(): FontSupply[] {
    return librarySupplies(this.#store, this.#config.fontLibrary);
  }

  /** Those of the option `fonts`, and of the system. */
  async machine(): Promise<FontSupply[]> {
    return await this.inFolders([...this.#config.fonts, ...systemFontFolders(process.platform, homedir())]);
  }

  /** Every face in these folders and those below them. */
  async inFolders(folders: string[]): Promise<FontSupply[]> {
    const { fontFiles } = this.#store;
    const known = fontFiles.list();
    const { present, read } = await this.#thread.scanFonts(folders, known);
    const there = new Set(present);
    const gone = known
      .filter(({ path }) => folders.some((folder) => isBelow(path, folder)) && !there.has(path))
      .map(({ path }) => path);
    fontFiles.update({ read, gone });
    return fontFiles.list().flatMap((file) => (there.has(file.path) ? fileSupplies(file) : []));
  }
}
