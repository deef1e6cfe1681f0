import { decodeText, EncodingFault, encodingOf } from '../text-encoding.ts';

/** What Windows' spreadsheets write by default in Western Europe and America. */
const LIKELY = 'windows-1252';

/**
 * The text of a sheet. One that is not Unicode is not guessed at, since films would be made of the guess: the message
 * shows how a word of it reads in the likely encoding, and how to ask for that. Throws `EncodingFault`.
 */
export function decodeSheet(bytes: Uint8Array, encoding: string | undefined): string {
  if (encoding !== undefined && !hasMark(bytes)) return decodeAs(bytes, encoding);
  try {
    return decodeText(bytes);
  } catch (error) {
    const sample = error instanceof EncodingFault && encodingOf(bytes) === 'utf-8' ? sampleOf(bytes) : null;
    if (sample === null) throw error;
    const advice = `if '${sample}' reads as it should, say so with the option encoding: '${LIKELY}'; else save the sheet as CSV UTF-8`;
    throw new EncodingFault(`it is not UTF-8; ${advice}`, { cause: error });
  }
}

/** A byte order mark says what the bytes are, whatever the caller believes. */
function hasMark(bytes: Uint8Array): boolean {
  return encodingOf(bytes) !== 'utf-8' || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    const message = `the encoding '${encoding}' is unknown; name it as browsers do: utf-8, utf-16le, windows-1252, macintosh`;
    throw new EncodingFault(message, { cause });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new EncodingFault(`it is not ${encoding}`, { cause });
  }
}

/** The first word with a letter beyond ASCII, as the likely encoding reads it; null if the bytes are no text at all. */
function sampleOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  const text = new TextDecoder(LIKELY).decode(bytes);
  return /[\p{L}\p{N}'-]{0,20}[^\p{ASCII}][\p{L}\p{N}'-]{0,20}/u.exec(text)?.[0] ?? null;
}
