/** The bytes of a file are not text in an encoding that is read. The message is a reason, to be put after the file's name. */
export class EncodingFault extends Error {
  override name = 'EncodingFault';
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text, by its byte order mark: Windows' editors and PowerShell's `>` write UTF-16 with one, and UTF-8
 * with or without one. Source: the WHATWG's Encoding Standard, "BOM sniff".
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** A text without its byte order mark. Throws `EncodingFault`: nothing is read with replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  if (isUtf32(bytes)) throw new EncodingFault('it is UTF-32; save it as UTF-8');
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && looksLikeUtf16(bytes))
    throw new EncodingFault('it is UTF-16 without a byte order mark; save it as UTF-8');
  try {
    // A file that was put together of two may have a mark more.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\ufeff+/, '');
  } catch (cause) {
    const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16, as its byte order mark says';
    throw new EncodingFault(`it is not ${name}; save it as UTF-8`, { cause });
  }
}

/** Its little-endian mark begins as that of UTF-16, followed by a NUL, which no text of ours has. */
function isUtf32(bytes: Uint8Array): boolean {
  const mark = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return mark === 'fffe0000' || mark === '0000feff';
}

/** A NUL beside the first character: no text of ours has one, and JSON begins with a character of ASCII. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  return bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0);
}
