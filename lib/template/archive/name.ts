import { isUtf8 } from 'node:buffer';
import { type Entry, getFileNameLowLevel } from 'yauzl';
import { unsafePathReason } from '../../contract/fields.ts';
import { decoded, isVague } from './code-page.ts';

const UTF8_FLAG = 0x800;

/** Longer than any system accepts. */
const LONGEST_NAME = 1_024;

/** What Finder leaves in an archive: resource forks, the look and the icon of a folder. No template needs them. */
const NOISE = /(^|\/)(__MACOSX\/|\._[^/]*$|\.DS_Store$|Icon\r$)/;

/**
 * The name of an entry, with `/` between its parts. Finder writes UTF-8 and does not say so, and Windows the code page of
 * its country: taken for the code page that the format falls back to, footage would not be found by the project.
 */
export function nameOf(entry: Entry, codePage: string | null): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const inPage = codePage !== null && isVague(entry) ? decoded(fileNameRaw, codePage) : null;
  if (inPage !== null) return inPage;
  const flags = isUtf8(fileNameRaw) ? generalPurposeBitFlag | UTF8_FLAG : generalPurposeBitFlag;
  return getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
}

export function isNoise(name: string): boolean {
  return NOISE.test(name);
}

/** `./a//b` is `a/b`: the path under which an entry is written. */
export function pathOf(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Why an entry of this name must not be written, or null. What only Windows cannot hold is refused there only: a Mac's
 * `Logo: final?.png` is an ordinary file, and the project asks for it by that name.
 */
export function nameFault(name: string, system: NodeJS.Platform = process.platform): string | null {
  if (name.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`;
  if (name.includes('\0')) return 'holds a NUL';
  if (/^(\/|[a-z]:)/i.test(name)) return 'is an absolute path';
  if (name.split('/').includes('..')) return 'leads out of the folder';
  if (pathOf(name) === '') return 'is empty';
  return system === 'win32' ? unsafePathReason(pathOf(name)) : null;
}
