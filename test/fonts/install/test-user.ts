import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { FontFile } from '../../../lib/fonts/font.ts';
import { type UserFontSystem, userFontFolders } from '../../../lib/fonts/install/system.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FONTS = fileURLToPath(new URL('../../../assets/fonts', import.meta.url));

/** A real font of this repository. */
export const font = (style: 'Regular' | 'Bold', fileName = `Inter-${style}.ttf`): FontFile => ({
  path: join(FONTS, `Inter-${style}.ttf`),
  fileName,
  fullName: `Inter ${style}`,
  ...{ index: 0, weight: 400, colored: false, place: 'library', names: [], replaces: [] },
});

export interface TestSystem extends UserFontSystem {
  /** Where the user's fonts lie. */
  fonts: string;
  claims: string;
  /** The programs that were run, each with its arguments. */
  calls: string[][];
}

/** A user in a folder of the test's own; the programs of `broken` fail. */
export async function system(
  t: TestContext,
  platform: NodeJS.Platform,
  { broken = [] as string[], name = 'ada' } = {},
): Promise<TestSystem> {
  const home = join(await temporaryFolder(t), name);
  const calls: string[][] = [];
  const user: UserFontSystem = {
    platform,
    home,
    localAppData: join(home, 'AppData', 'Local'),
    run: async (command, args) => {
      calls.push([command, ...args]);
      if (broken.includes(command)) throw new Error(`${command}: not allowed`);
    },
  };
  const folders = userFontFolders(user) ?? { fonts: home, claims: home };
  return { ...user, ...folders, calls };
}

/** The names in a folder; none if it is not there. */
export const filesIn = (folder: string) => readdir(folder).catch(() => []);
