import { readdir } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile } from '../own-files.ts';
import { isFontFile } from './font.ts';

/** The package's own fonts; their licences are beside them. */
export const OWN_FONTS = fileURLToPath(ownFile('../../assets/fonts', import.meta.url));

/**
 * Where a system keeps its fonts, and Adobe the fonts of its programs: those that an administrator put there, and those
 * that Adobe Fonts has activated (`livetype`, which Adobe does not document and we could not look at).
 * Sources: Apple, Microsoft, freedesktop.org (fontconfig); Adobe's help pages.
 */
export function systemFontFolders(platform: NodeJS.Platform, home: string): string[] {
  switch (platform) {
    case 'darwin':
      return [
        '/System/Library/Fonts',
        '/Library/Fonts',
        posix.join(home, 'Library/Fonts'),
        '/Library/Application Support/Adobe/Fonts',
        posix.join(home, 'Library/Application Support/Adobe/CoreSync/plugins/livetype'),
      ];
    case 'win32':
      return [
        'C:\\Windows\\Fonts',
        win32.join(home, 'AppData\\Local\\Microsoft\\Windows\\Fonts'),
        'C:\\Program Files\\Common Files\\Adobe\\Fonts',
        win32.join(home, 'AppData\\Roaming\\Adobe\\CoreSync\\plugins\\livetype'),
      ];
    default:
      return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        posix.join(home, '.fonts'),
        posix.join(home, '.local/share/fonts'),
      ];
  }
}

/** The package's fonts for other writing systems are packed with Brotli. */
export function isPacked(path: string): boolean {
  return path.startsWith(OWN_FONTS) && path.endsWith('.ttf.br');
}

/** Adobe Fonts keeps its files under numbers, on Windows without an extension. */
const UNNAMED = /[\\/]livetype[\\/](.*[\\/])?\.?\d+$/;

/** The paths of the font files in a folder and those below it; none if it is not there. */
export async function fontFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []); // No such folder: no fonts.
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isFontFile(path) || isPacked(path) || UNNAMED.test(path));
}
