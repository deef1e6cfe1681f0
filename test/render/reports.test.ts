import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Log } from '../../lib/render/reports.ts';

function written(limit: number, lines: readonly string[]): string {
  let text = '';
  const log = new Log(limit, (part) => {
    text += part;
  });
  for (const line of lines) log.write(line);
  log.end();
  return text;
}

/** The limit counts what is kept; the mark comes on top. */
const MARK_BYTES = 80;

describe('a log', () => {
  it('that fits is passed on whole', () => {
    assert.equal(written(1024, ['one\n', 'zwö\n']), 'one\nzwö\n');
  });

  it('keeps its beginning and its end within a limit of bytes, whatever the characters', () => {
    for (const character of ['x', 'ß', '語', '😀']) {
      const lines = Array.from({ length: 500 }, (_, index) => `${index} ${character.repeat(30)}\n`);
      const text = written(4096, lines);
      assert.ok(Buffer.byteLength(text) <= 4096 + MARK_BYTES, `${Buffer.byteLength(text)} bytes of ${character}`);
      assert.ok(Buffer.byteLength(text) > 3500);
      assert.ok(text.startsWith('0 '));
      assert.ok(text.endsWith(lines.at(-1) ?? ''));
      assert.match(text, /\[… \d+ bytes of the log were cut here …\]/);
    }
  });

  it('cuts a line that is longer than its limit, and no character', () => {
    const text = written(1024, [`${'語'.repeat(10_000)}\n`, 'the end\n']);
    assert.ok(Buffer.byteLength(text) <= 1024 + MARK_BYTES);
    assert.ok(text.endsWith('the end\n'));
    assert.ok(!text.includes('\ufffd'));
  });
});
