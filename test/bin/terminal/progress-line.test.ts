import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import stringWidth from 'string-width';
import { drawProgress } from '../../../bin/terminal/progress-line.ts';

const LINES = [
  { label: 'job 0', share: 0.3, notes: ['frame 3/10, 8 s left', '8 s left', 'frame 3/10'] },
  { label: 'job 1 › 下三分之一下三分之一', share: null, notes: ['starting, 42 s so far', 'starting'] },
  { label: 'total', share: 1, notes: ['10/12 jobs, 3 min left', '10/12 jobs', '10/12'] },
];

describe('lines of progress', () => {
  it('are never wider than the terminal, whatever alphabet their labels have', () => {
    for (let columns = 20; columns <= 200; columns += 1) {
      for (const line of drawProgress(LINES, columns)) assert.ok(stringWidth(line) <= columns, `${columns}: ${line}`);
    }
  });

  it('begin their bars in one column', () => {
    const columns = drawProgress(LINES, 80).map((line) => stringWidth(line.slice(0, line.search(/[█░]/))));
    assert.equal(new Set(columns).size, 1);
  });

  it('shorten the note before the bar', () => {
    const [wide] = drawProgress(LINES.slice(0, 1), 80);
    const [narrow] = drawProgress(LINES.slice(0, 1), 34);
    const [narrowest] = drawProgress(LINES.slice(0, 1), 20);
    assert.match(wide ?? '', /30% frame 3\/10, 8 s left$/);
    assert.match(narrow ?? '', /^job 0 █+░+ {2}30% 8 s left$/);
    assert.match(narrowest ?? '', /^job 0 █+░+ {2}30%$/);
  });

  it('show a question mark where nothing is known', () => {
    assert.match(drawProgress(LINES, 80)[1] ?? '', / ░+ +\? +starting/);
  });
});
