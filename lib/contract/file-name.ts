/** The name of an output, made of whatever a caller wants it to be called. */
import { DEVICE_NAME } from './fields.ts';

/** Bytes of UTF-8. A name of 255 is the most on Linux, and what is written beside the output while it grows has a longer one. */
const MOST_BYTES = 180;

/** Neither on Windows nor in a URL, a shell or a list that parts paths. */
const FORBIDDEN = /[<>:"/\\|?*]/g;
/** Cannot be seen: control characters, and marks of direction and width. The two joiners belong to letters and emoji. */
const UNSEEN = /[\p{Cc}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name without an extension that is safe on every file system: no path, no reserved name of Windows, no dot or space at
 * an end, in the composed form (NFC), and not too long. Empty if nothing of the text can be in a name.
 */
export function safeFileName(wanted: string): string {
  const seen = wanted
    .toWellFormed()
    .replaceAll(/\s/g, ' ')
    .replaceAll(UNSEEN, '')
    // Spaces and accents that stood on both sides of an unseen character meet now.
    .replaceAll(/ +/g, ' ')
    .normalize('NFC')
    .replaceAll('\ufffd', '-')
    .replaceAll(FORBIDDEN, '-');
  const name = trimmed(cut(trimmed(seen), MOST_BYTES));
  return DEVICE_NAME.test(`${name}.`) ? name.replace(/^[^.]*?(?=\s*(\.|$))/, '$&_') : name;
}

/** Windows takes dots and spaces away from the end, and a dot at the beginning hides a file. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
}

/** As many whole characters, as people count them, as fit. */
function cut(name: string, mostBytes: number): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  // One character may have more marks upon it than there is room for.
  return (
    asManyOf(
      Array.from(graphemes.segment(name), ({ segment }) => segment),
      mostBytes,
    ) || asManyOf([...name], mostBytes)
  );
}

function asManyOf(parts: readonly string[], mostBytes: number): string {
  let kept = '';
  for (const part of parts) {
    if (Buffer.byteLength(kept + part) > mostBytes) break;
    kept += part;
  }
  return kept;
}

/** Two names with the same key are the same file on macOS or Windows, which ignore case and how accents are written. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
