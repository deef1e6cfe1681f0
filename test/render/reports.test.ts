import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Log, Progress, type ProgressOptions } from '../../lib/render/reports.ts';

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

/** The head of a log in the words of After Effects in English, and then in its log file's form in German. */
const HEADS = {
  english: ['0:00:00:00', '0:00:09:23', '0:00:09:24', '25.00 (comp)'],
  german: ['0:00:00:00', '0:00:09:23', '0:00:09:24', '25,00 (Komp)'],
};

function totalAfter(values: readonly string[], options: Omit<ProgressOptions, 'report'>): number | null {
  const progress = new Progress(options);
  for (const value of values) progress.take({ type: 'setting', name: 'x', value });
  return progress.totalFrames;
}

describe('the number of frames', () => {
  for (const [language, head] of Object.entries(HEADS)) {
    it(`of a whole composition is what the renderer says that it renders, in ${language} too`, () => {
      assert.equal(totalAfter(head, { expectedFrames: 250 }), 249);
      assert.equal(totalAfter(head, { expectedFrames: null }), 249);
    });
  }

  it('of a whole composition is that of the plan if the log has no head, or one that does not add up', () => {
    assert.equal(totalAfter([], { expectedFrames: 250 }), 250);
    assert.equal(totalAfter(['0:00:00:00', '0:00:09:23', '0:00:01:00', '25.00 (comp)'], { expectedFrames: 250 }), 250);
    assert.equal(totalAfter(['Best', '1920 x 1080', '25.00 (comp)'], { expectedFrames: 250 }), 250);
  });

  it('that the job names stays, whatever the log says', () => {
    assert.equal(totalAfter(HEADS.english, { expectedFrames: 250, isAsked: true }), 250);
  });

  it('is that of the first head: what a later line says is of something else', () => {
    const later = ['0:00:00:00', '0:00:00:09', '0:00:00:10'];
    assert.equal(totalAfter([...HEADS.english, ...later], { expectedFrames: 250 }), 249);
  });
});

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
