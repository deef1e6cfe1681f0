import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../../errors.ts';
import type { FontFile } from '../font.ts';
import { ourMark, ourName, putFile } from './installed-file.ts';
import { thisUserFontSystem, type UserFontFolders, type UserFontSystem, userFontFolders } from './system.ts';
import { claimFont, ifUnused, releaseClaim } from './users.ts';
import { loadFonts, registerFont, unloadFonts, unregisterFont } from './windows.ts';

/** A font that is installed until `uninstallFonts` gets it. Plain data: it crosses a thread. */
interface InstalledFont {
  path: string;
  fullName: string;
  /** Names this use of the font among those of other jobs. */
  claim: string;
}

interface FontInstallation {
  installed: InstalledFont[];
  /** Sentences for the job's log: which fonts could not be installed, why, and what helps. */
  warnings: string[];
}

/**
 * Runs a render of After Effects with these fonts installed, and uninstalls them when it has ended. `warn` gets a
 * sentence for the job's log about each font that could not be installed or removed.
 */
export async function withInstalledFonts<Result>(
  fonts: readonly FontFile[],
  warn: (warning: string) => void,
  render: () => Promise<Result>,
  system: UserFontSystem = thisUserFontSystem(),
): Promise<Result> {
  if (fonts.length === 0) return await render();
  const { installed, warnings } = await installFonts(fonts, system);
  warnings.forEach(warn);
  try {
    return await render();
  } finally {
    (await uninstallFonts(installed, system)).forEach(warn);
  }
}

/**
 * Installs fonts for the user: After Effects reads no others that could be installed without an administrator. Jobs that
 * run at the same time share what is installed. Never rejects: After Effects renders without a font, and says so.
 *
 * After Effects reads the fonts that the system has, and those in a folder that Adobe's programs share, which is an
 * administrator's. Source for the folder: Adobe, "Formatting characters and the Character panel", in the help of After
 * Effects since CS3.
 *
 * Where the engine and After Effects run as a service, the fonts of one user may not be seen, and are better installed
 * for all users. Source: inlife/nexrender#669.
 */
export async function installFonts(fonts: readonly FontFile[], system: UserFontSystem): Promise<FontInstallation> {
  const folders = userFontFolders(system);
  const installed: InstalledFont[] = [];
  const warnings: string[] = [];
  if (fonts.length === 0) return { installed, warnings };
  if (folders === null) return { installed, warnings: [notFromHere(fonts)] };
  for (const font of fonts) {
    try {
      installed.push(await install(font, folders, system));
    } catch (error) {
      warnings.push(
        `The font ${font.fullName} could not be installed for After Effects: ${sentenceOf(error)} ` +
          whatHelps(folders, system),
      );
    }
  }
  if (system.platform === 'win32' && installed.length > 0) {
    try {
      await loadFonts(pathsOf(installed), system);
    } catch (error) {
      warnings.push(
        `${namesOf(installed)}: Windows could not be told of the installed fonts, so After Effects may see them only ` +
          `after the next sign-in: ${sentenceOf(error)}`,
      );
    }
  }
  return { installed, warnings };
}

/**
 * Uninstalls the fonts that no other job uses; files that are not ours stay. Returns warnings for the log. A font that
 * could not be removed does no harm, and is removed after the next job that uses it.
 */
export async function uninstallFonts(fonts: readonly InstalledFont[], system: UserFontSystem): Promise<string[]> {
  const folders = userFontFolders(system);
  if (folders === null) return [];
  const warnings: string[] = [];
  const ours = fonts.filter(({ path }) => ourMark(path) !== null && dirname(path) === folders.fonts);
  const released: InstalledFont[] = [];
  for (const font of ours) if (await releaseClaim(font.claim, folders.claims)) released.push(font);
  if (system.platform === 'win32' && released.length > 0) {
    try {
      await unloadFonts(pathsOf(released), system);
    } catch (error) {
      warnings.push(`${namesOf(released)}: Windows could not be told that the fonts go: ${sentenceOf(error)}`);
    }
  }
  for (const font of ours) {
    try {
      await ifUnused(basename(font.path), folders.claims, () => remove(font, system));
    } catch (error) {
      warnings.push(`The font ${font.fullName} could not be uninstalled, and stays: ${sentenceOf(error)}`);
    }
  }
  return warnings;
}

async function install(font: FontFile, folders: UserFontFolders, system: UserFontSystem): Promise<InstalledFont> {
  const bytes = await readFile(font.path);
  const name = ourName(font.fileName, bytes);
  const claim = await claimFont(name, folders.claims);
  const installed = { path: join(folders.fonts, name), fullName: font.fullName, claim };
  try {
    await putFile(bytes, installed.path);
    if (system.platform === 'win32') await registerFont(installed, system);
    return installed;
  } catch (error) {
    await releaseClaim(claim, folders.claims);
    // The first error is the one to report.
    await ifUnused(name, folders.claims, () => rm(installed.path, { force: true })).catch(() => {});
    throw error;
  }
}

async function remove(font: InstalledFont, system: UserFontSystem): Promise<void> {
  // reg.exe fails if the value is already gone; a value that stays only names a file that is gone.
  if (system.platform === 'win32') await unregisterFont(font, system).catch(() => {});
  await rm(font.path, { force: true });
}

function notFromHere(fonts: readonly FontFile[]): string {
  return (
    `${namesOf(fonts)}: fonts can be installed for After Effects on macOS and Windows only. ` +
    'Under WSL, After Effects sees the fonts of Windows: install them there.'
  );
}

const ADOBE_FONTS_MACOS = '/Library/Application Support/Adobe/Fonts';
const ADOBE_FONTS_WINDOWS = 'C:\\Program Files\\Common Files\\Adobe\\Fonts';

function whatHelps({ fonts }: UserFontFolders, { platform }: UserFontSystem): string {
  return platform === 'darwin'
    ? `It must be in ${fonts}; for all Adobe programs, an administrator can put it into ${ADOBE_FONTS_MACOS}.`
    : `Install it in Windows, or let an administrator put it into ${ADOBE_FONTS_WINDOWS}.`;
}

const pathsOf = (fonts: readonly InstalledFont[]) => fonts.map(({ path }) => path);
const namesOf = (fonts: readonly { fullName: string }[]) => fonts.map(({ fullName }) => fullName).join(', ');

function sentenceOf(error: unknown): string {
  const reason = reasonOf(error);
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
