/** Names of files that are safe on every system: made of what a caller wants an output to be called, and paths from outside. */

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

/**
 * The name of a device on Windows, which no file can have; also with spaces before its extension, since Windows takes them
 * away. Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
const FORBIDDEN_IN_PATH = /[<>:"|?*\\\p{Cc}]/u;
const LONGEST_PATH = 500;
const LONGEST_PART = 200;

/**
 * Why a path from outside must not be used under a folder of ours, on any system; null if it may. It is relative,
 * has `/` between its parts, and climbs nowhere: no `..`, drive, share, device name, or trailing dot.
 */
export function unsafePathReason(path: string): string | null {
  if (path.length > LONGEST_PATH) return `must be at most ${LONGEST_PATH} characters`;
  if (!path.isWellFormed()) return 'must not contain half of a surrogate pair';
  if (path.startsWith('/')) return 'must be relative';
  if (FORBIDDEN_IN_PATH.test(path)) return 'must not contain \\ < > : " | ? * or control characters';
  for (const part of path.split('/')) {
    if (part === '') continue;
    if (part.length > LONGEST_PART) return `each part must be at most ${LONGEST_PART} characters`;
    if (part === '.' || part === '..') return "must not contain '.' or '..'";
    if (/[. ]$/.test(part)) return 'no part may end in a dot or a space';
    if (DEVICE_NAME.test(part)) return `'${part}' is the name of a device on Windows`;
  }
  return null;
}
