import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openChunks, survey } from '../../lib/aep/chunks.ts';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { chunk, list, utf8, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';

const knowsAll = () => true;

function surveyOf(bytes: Uint8Array, isKnown: (id: string) => boolean = knowsAll): ReturnType<typeof survey> {
  return survey(bytes, openChunks(bytes), isKnown);
}

function nested(depth: number): WrittenChunk {
  let inner: WrittenChunk = list('Fold', []);
  for (let level = 1; level < depth; level++) inner = list('Fold', [inner]);
  return inner;
}

describe('the chunks of a RIFX file', () => {
  it('are walked in their order, past the padding of odd sizes', () => {
    const root = openChunks(
      writeRifx([chunk('odd1', [1, 2, 3]), list('Fold', [utf8('a'), utf8('bc')]), chunk('last', [4])]),
    );
    assert.deepEqual(
      [...root.children()].map(({ id, isList, size }) => [id, isList, size]),
      [
        ['odd1', false, 3],
        ['Fold', true, 20],
        ['last', false, 1],
      ],
    );
    assert.equal(root.first('Fold')?.text(), 'a');
    assert.deepEqual([...(root.first('last')?.data ?? [])], [4]);
  });

  it('give a name both where it is wrapped in a chunk and where it stands alone, as in old files', () => {
    const root = openChunks(writeRifx([list('tdsn', [utf8('new')]), chunk('fnam', 'old\0\0rest'), chunk('pdnm', [0])]));
    assert.deepEqual(
      [...root.children()].map((name) => name.text()),
      ['new', 'old', ''],
    );
  });

  it('leave a text document alone, which is a list by its id only', () => {
    const bytes = writeRifx([{ ...chunk('LIST btdk', '/0 << >>'), children: null }]);
    const root = openChunks(bytes);
    assert.deepEqual([...(root.first('btdk')?.children() ?? [])], []);
    assert.equal(surveyOf(bytes).fault, null);
  });

  it('are counted where they are not known', () => {
    const bytes = writeRifx([chunk('newA', []), list('newB', [chunk('newA', [1])]), chunk('head', [])]);
    assert.deepEqual(
      surveyOf(bytes, (id) => id === 'head').unknown,
      new Map([
        ['newA', 2],
        ['newB', 1],
      ]),
    );
  });

  it('are cut to their parent where they say they are longer, and the fault is told with its place', () => {
    const bytes = writeRifx([list('Fold', [utf8('name')]), chunk('next', [])]);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(12 + 12 + 4, 0xffffffff);
    const root = openChunks(bytes);
    assert.equal(root.first('Fold')?.text(), 'name');
    assert.deepEqual(
      [...root.children()].map(({ id }) => id),
      ['Fold', 'next'],
    );
    assert.deepEqual(surveyOf(bytes).fault, { offset: 24, what: 'chunk "Utf8" is longer than "Fold", which holds it' });
  });

  it('are given as far as a file goes that was cut, and the end is told', () => {
    const whole = writeRifx([utf8('first'), utf8('second')]);
    const bytes = whole.subarray(0, 12 + 14 + 8 + 3);
    const texts = [...openChunks(bytes).children()].map((text) => text.text());
    assert.deepEqual(texts, ['first', 'sec']);
    assert.equal(surveyOf(bytes).fault?.offset, bytes.length);
  });

  it('are not followed deeper than any project goes', () => {
    const bytes = writeRifx([nested(1000)]);
    assert.match(surveyOf(bytes).fault?.what ?? '', /more than 256 deep/);
    let depth = 0;
    for (let at = openChunks(bytes).first('Fold'); at !== null; at = at.first('Fold')) depth++;
    assert.equal(depth, 256);
  });

  it('are refused with the offset in a file that is not a project', () => {
    const refused = (bytes: Uint8Array, offset: number) =>
      assert.throws(
        () => openChunks(bytes),
        (error) => error instanceof TemplateFault && error.code === 'TEMPLATE_UNREADABLE' && error.offset === offset,
      );
    refused(new Uint8Array(), 0);
    refused(Buffer.from('RIFF\0\0\0\x04WAVE'), 0);
    refused(Buffer.from('RIFX\0\0\0\x04WAVE'), 8);
  });
});
