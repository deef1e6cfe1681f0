import { readdir } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import { type FontFace, readFontFaces } from './font-file.ts';
import { isFontFile } from './font-name.ts';

/** Where a system keeps its fonts. Sources: Apple, Microsoft, freedesktop.org (fontconfig). */
export function systemFontFolders(platform: NodeJS.Platform, home: string): string[] {
  switch (platform) {
    case 'darwin':
      return ['/System/Library/Fonts', '/Library/Fonts', posix.join(home, 'Library/Fonts')];
    case 'win32':
      return ['C:\\Windows\\Fonts', win32.join(home, 'AppData\\Local\\Microsoft\\Windows\\Fonts')];
    default:
      return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        posix.join(home, '.fonts'),
        posix.join(home, '.local/share/fonts'),
      ];
  }
}

/** The faces of every font in a folder and those below it; none where it is not there. A broken font is passed over. */
export async function facesIn(folder: string): Promise<FontFace[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []); // No such folder: no fonts.
  const faces: FontFace[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || !isFontFile(entry.name)) continue;
    try {
      faces.push(...(await readFontFaces(join(entry.parentPath, entry.name))));
    } catch {
      // One of a system's thousand fonts that cannot be read is as if it were not there.
    }
  }
  return faces;
}
