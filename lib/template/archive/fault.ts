import { shorten } from '../../contract/faults.ts';

/** What is wrong with an archive, to be put after its name. */
export class ArchiveFault extends Error {
  override name = 'ArchiveFault';
}

/** A name from an archive as a message can hold it: of any length, and with characters that a terminal would obey. */
export function quoted(name: string): string {
  const visible = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\p{Cc}\p{Cf}]/gu, escaped);
  return `"${shorten(visible)}"`;
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
