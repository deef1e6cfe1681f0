import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText, EncodingFault } from '../lib/text-encoding.ts';

const json = JSON.stringify({ name: 'Zoë 素材 🎬' });
const utf16le = Buffer.from(json, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const bytes = (...parts: (number[] | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

describe('a text file of a user', () => {
  it('is read as UTF-8 with and without a byte order mark, and as UTF-16 with one', () => {
    const files = [
      Buffer.from(json),
      bytes([0xef, 0xbb, 0xbf], Buffer.from(json)),
      bytes([0xff, 0xfe], utf16le),
      bytes([0xfe, 0xff], utf16be),
      bytes([0xef, 0xbb, 0xbf], [0xef, 0xbb, 0xbf], Buffer.from(json)),
    ];
    for (const file of files) assert.equal(decodeText(file), json);
  });

  it('is refused in any other encoding, in words that say what to do', () => {
    const refusals: [file: Uint8Array, message: RegExp][] = [
      [Buffer.from('{"a":"caf\xe9"}', 'latin1'), /^it is not UTF-8; save it as UTF-8$/],
      [bytes([0x7b, 0x22, 0x91, 0x66, 0x22, 0x3a, 0x31, 0x7d]), /^it is not UTF-8/],
      [utf16le, /^it is UTF-16 without a byte order mark/],
      [utf16be, /^it is UTF-16 without a byte order mark/],
      [bytes([0xff, 0xfe, 0, 0], [0x7b, 0, 0, 0]), /^it is UTF-32; save it as UTF-8$/],
      [bytes([0, 0, 0xfe, 0xff], [0, 0, 0, 0x7b]), /^it is UTF-32/],
      [bytes([0xff, 0xfe], utf16le, [0x7b]), /^it is not UTF-16, as its byte order mark says/],
      [bytes([0xff, 0xfe], [0x00, 0xd8], [0x7b, 0x00]), /^it is not UTF-16/],
    ];
    for (const [file, message] of refusals)
      assert.throws(
        () => decodeText(file),
        (error) => error instanceof EncodingFault && message.test(error.message),
      );
  });

  it('may be empty, or a byte order mark and nothing else; half of a mark is no text', () => {
    for (const file of [[], [0xef, 0xbb, 0xbf], [0xff, 0xfe]]) assert.equal(decodeText(Buffer.from(file)), '');
    for (const file of [[0xef], [0xff]]) assert.throws(() => decodeText(Buffer.from(file)), EncodingFault);
  });
});
