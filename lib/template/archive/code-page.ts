import { isAscii } from 'node:buffer';
import { extname } from 'node:path';
import type { Entry, ZipFile } from 'yauzl';

/** The encodings in which archives are packed that do not say so; those that most people have first. */
const CODE_PAGES = [
  // Finder's; four bytes of Chinese in a code page can be two characters in it.
  'utf-8',
  ...['shift_jis', 'gb18030', 'big5', 'euc-kr', 'ibm866', 'windows-1251', 'windows-1252', 'windows-1250'],
  ...['windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-874', 'macintosh'],
] as const;

const UTF8_FLAG = 0x800;
/** An extra field of the archiver that has the name in UTF-8. Source: PKWARE's APPNOTE, 4.6.9. */
const UNICODE_NAME = 0x7075;

const PROJECTS = ['.aep', '.aepx', '.json'];
/** So much of each project is looked through, and so many projects. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_PROJECTS = 4;

/** Whether it is not known how the name of an entry is encoded. */
export function isVague({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): boolean {
  if ((generalPurposeBitFlag & UTF8_FLAG) !== 0 || isAscii(fileNameRaw)) return false;
  return !extraFields.some(({ id }) => id === UNICODE_NAME);
}

/**
 * The code page of the names of an archive, if names are in one and the archive does not say which: that in which most of
 * them are names of the project's footage. Null if none is.
 */
export async function codePageOf(zip: ZipFile, entries: readonly Entry[]): Promise<string | null> {
  const vague = entries.filter(isVague);
  if (vague.length === 0) return null;
  const projects = entries.filter(({ fileNameRaw }) =>
    PROJECTS.includes(extname(fileNameRaw.toString('latin1')).toLowerCase()),
  );
  const texts = await Promise.all(projects.slice(0, MOST_PROJECTS).map((entry) => contentOf(zip, entry)));
  let best: string | null = null;
  let most = 0;
  for (const page of CODE_PAGES) {
    const found = vague.filter(({ fileNameRaw }) => {
      const name = decoded(fileNameRaw, page)
        ?.split(/[\\/]/)
        .findLast((part) => part !== '');
      return name !== undefined && texts.some((text) => mentions(text, name));
    });
    if (found.length > most) [best, most] = [page, found.length];
  }
  return best;
}

/** A name in a code page, with `/` between its parts; null if it is none of this page. */
export function decoded(name: Uint8Array, codePage: string): string | null {
  try {
    return new TextDecoder(codePage, { fatal: true }).decode(name).replaceAll('\\', '/');
  } catch {
    return null;
  }
}

/** Projects and documents name their files in UTF-8; JSON may escape what is not ASCII, and a Mac takes accents apart. */
function mentions(text: Buffer, name: string): boolean {
  const escaped = name.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [name.normalize('NFC'), name.normalize('NFD'), escaped].some((form) => text.includes(form));
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MOST_BYTES) break;
    }
  } catch {
    // Damage is reported when the archive is unpacked.
  }
  return Buffer.concat(chunks);
}
