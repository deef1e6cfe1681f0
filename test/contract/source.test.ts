import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readSource } from '../../lib/contract/source.ts';

/** Windows puts its drive before it. */
const path = (posix: string) => resolve(posix);
const url = (posix: string) =>
  `file://${path(posix)
    .replaceAll('\\', '/')
    .replace(/^(?=\w)/, '/')}`;
const read = (src: string) => readSource(src, path('/templates'));

describe('a source', () => {
  it('is a path, absolute or from the template, or a file: URL', () => {
    assert.deepEqual(read('a b.png'), { kind: 'file', path: path('/templates/a b.png') });
    assert.deepEqual(read('/x/%20.png'), { kind: 'file', path: path('/x/%20.png') });
    assert.deepEqual(read(`${url('/x')}/a%20b.png`), { kind: 'file', path: path('/x/a b.png') });
  });

  it('as a file: URL may have # and ? in its name, written as they are or escaped', () => {
    for (const name of ['photo #1?.png', 'photo%20%231%3F.png'])
      assert.deepEqual(read(`${url('/x')}/${name}`), { kind: 'file', path: path('/x/photo #1?.png') });
  });

  it('of another machine is refused with a way out, where such URLs do not work', {
    skip: process.platform === 'win32',
  }, () => {
    const source = read('file://server/share/a.png');
    assert.equal(source.kind, 'unsupported');
    assert.match(
      'reason' in source ? source.reason : '',
      /^file:\/\/server\/… names a file of another machine.*mount its folder/,
    );
  });

  it('is refused if it needs the network', () => {
    const source = read('HTTPS://example.org/a.png');
    assert.equal(source.kind, 'unsupported');
    assert.match('reason' in source ? source.reason : '', /^https: sources need the network/);
  });
});
