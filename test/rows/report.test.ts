import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { htmlReport } from '../../lib/rows/report.ts';
import type { RowOutcome } from '../../lib/rows/results.ts';

const base = {
  ...{ sheet: 'names.csv', key: null, batchId: null, index: null, jobId: null },
  ...{ errorCode: null, error: null, duration: 2, warnings: [], log: null },
};
const report = (outcomes: RowOutcome[], posters: [string, string | null][] = []) =>
  htmlReport({ title: 'a<b>.csv', outcomes, posters: new Map(posters), file: '/films/report.html' });

describe('the report of a sheet', () => {
  it('has a poster and a film in its place for each row, by a path from the report', () => {
    const file = '/films/out/Anna Müller #1.mp4';
    const html = report([{ ...base, row: 2, state: 'finished', file }], [[file, 'data:image/jpeg;base64,AAAA']]);
    assert.match(
      html,
      /<video controls preload="none" poster="data:image\/jpeg;base64,AAAA" src="out\/Anna%20M%C3%BCller%20%231\.mp4"/,
    );
    assert.match(report([{ ...base, row: 2, state: 'finished', file }]), /preload="metadata" src="[^"]*#t=1"/);
    assert.match(
      report([{ ...base, row: 2, state: 'unchanged', file: '/films/a.png' }]),
      /<img loading="lazy" src="a\.png"/,
    );
  });

  it('names the rows without a film first, and leads to them', () => {
    const html = report([
      { ...base, row: 7, state: 'error', file: null, errorCode: 'AERENDER_FAILED', error: 'it broke' },
    ]);
    assert.match(
      html,
      /<a href="#entry-1">row 7<\/a>.*<article id="entry-1" class="error">.*Row 7.*it broke <code>AERENDER_FAILED/s,
    );
  });

  it('shows what others wrote as text, whatever it is', () => {
    const evil = `<script>alert("1")</script>'&\u0000\u001b[31m\ud800`;
    const html = report([
      { ...base, row: 2, state: 'error', file: null, key: evil, error: evil, warnings: [evil], log: evil },
    ]);
    assert.ok(!['<script', '\u0000', '\u001b'].some((text) => html.includes(text)));
    assert.equal(html.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;').length - 1, 4);
    assert.match(html, /default-src 'none'/);
    assert.ok(!/(src|href)="(https?:)?\/\//.test(html), 'it asks no network');
  });

  it('calls jobs of batch files by their numbers, and says what was not reached', () => {
    const job = { ...base, sheet: null, row: null, file: null } as const;
    const one = report([
      { ...job, batchId: 'A', index: 0, state: 'error' },
      { ...job, batchId: 'A', index: 1, state: 'waiting' },
    ]);
    assert.match(one, /<title>[^<]*0 with a film, 1 without, 1 not reached</);
    assert.match(one, /Without a film: <a href="#entry-1">job 0<\/a><\/nav>/);
    const two = report([
      { ...job, batchId: 'A', index: 0, state: 'error' },
      { ...job, batchId: 'B', index: 0, state: 'error' },
    ]);
    assert.match(two, />batch A job 0<.*>batch B job 0</s);
  });

  it('shows the end of a long log', () => {
    const html = report([{ ...base, row: 2, state: 'finished', file: null, log: `begin${'x'.repeat(20_000)}end` }]);
    assert.ok(!html.includes('begin') && html.includes('xend'));
  });
});
