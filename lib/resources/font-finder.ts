import { dirname, join } from 'node:path';
import { type FontNeed, type FontSupply, fontLabel, serves } from '../template/fonts/font-need.ts';
import { OWN_FONTS } from '../template/fonts/own-fonts.ts';
import type { FontCatalog } from './font-catalog.ts';
import type { ResolvedTemplate } from './template-resolver.ts';

/** Finds the fonts of the jobs of one call; each place is looked at once, and only when a font is not found before it. */
export class FontFinder {
  readonly #catalog: FontCatalog;
  readonly #places = new Map<string, Promise<FontSupply[]>>();

  constructor(catalog: FontCatalog) {
    this.#catalog = catalog;
  }

  /** The labels of the fonts that are nowhere: the job is rendered with others in their place. */
  async missing(needs: readonly FontNeed[], template: ResolvedTemplate): Promise<string[]> {
    let open = needs;
    for (const place of this.#placesFor(template)) {
      if (open.length === 0) break;
      const supplies = await place();
      open = open.filter((need) => !supplies.some((supply) => serves(need, supply)));
    }
    return [...new Set(open.map(fontLabel))];
  }

  /** The nearest and cheapest first. Only the bundled renderer looks beside the template and among our own. */
  #placesFor({ type, path }: ResolvedTemplate): (() => Promise<FontSupply[]>)[] {
    const beside = join(dirname(path), 'fonts');
    const isLottie = type === 'json' || type === 'lottie';
    return [
      () => this.#once('library', async () => this.#catalog.library()),
      ...(isLottie ? [() => this.#once(beside, () => this.#catalog.inFolders([beside, OWN_FONTS]))] : []),
      () => this.#once('machine', () => this.#catalog.machine()),
    ];
  }

  #once(name: string, look: () => Promise<FontSupply[]>): Promise<FontSupply[]> {
    const known = this.#places.get(name) ?? look();
    this.#places.set(name, known);
    return known;
  }
}
