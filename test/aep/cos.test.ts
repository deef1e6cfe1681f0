import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CosFault, type CosValue, cosAt, parseCos } from '../../lib/aep/cos.ts';
import { fc } from '../support/property.ts';

const parse = (text: string) => parseCos(Buffer.from(text, 'latin1'));

describe('a document in COS', () => {
  it('has numbers, names, truth values, arrays and dictionaries', () => {
    const document = parse('/0 << /a 1 /b -.5 >> /1 [ true false null /nil 2.50 ] % comment\n /2 /name');
    assert.equal(cosAt(document, '0', 'a'), 1);
    assert.equal(cosAt(document, '0', 'b'), -0.5);
    assert.deepEqual(cosAt(document, '1'), [true, false, null, 'nil', 2.5]);
    assert.equal(cosAt(document, '2'), 'name');
    assert.equal(cosAt(document, '1', 9), undefined);
  });

  it('has text in UTF-16 or one byte a character, with escapes and brackets in it', () => {
    const document = parse(String.raw`/0 (a\(b\) (c) \\ \101\r) /1 (${'\xfe\xff\0H\x20\x19'}) /2 <FEFF00E4> /3 <41 4>`);
    assert.equal(cosAt(document, '0'), 'a(b) (c) \\ A\r');
    assert.equal(cosAt(document, '1'), 'H’');
    assert.equal(cosAt(document, '2'), 'ä');
    assert.equal(cosAt(document, '3'), 'A@');
  });

  it('takes the names of what every object has for plain keys', () => {
    const document = parse('/__proto__ << /polluted true >> /constructor 1');
    assert.equal(cosAt(document, '__proto__', 'polluted'), true);
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
    assert.equal(cosAt(document, 'toString'), undefined);
  });

  it('is refused where it is damaged or too deep', () => {
    for (const text of ['/0 (open', '/0 [ 1', '/0 << /1 2', '/0 }', '0 1', '/0', `/0 ${'['.repeat(100_000)}`]) {
      assert.throws(() => parse(text), CosFault, text.slice(0, 20));
    }
  });

  it('reads back what was written', () => {
    const { value } = fc.letrec<{ value: CosValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.boolean(),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,5}$/), tie('value'), { maxKeys: 4 }).map((entries) => {
          return new Map(Object.entries(entries));
        }),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        assert.deepEqual(cosAt(parseCos(Buffer.concat([Buffer.from('/0 '), write(written)])), '0'), written);
      }),
      { numRuns: 200 },
    );
  });
});

function write(value: CosValue): Buffer {
  if (typeof value === 'string') return writeText(value);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from('[ '), ...value.map(write), Buffer.from('] ')]);
  if (!(value instanceof Map)) return Buffer.from(`${value} `);
  const entries = [...value].map(([key, of]) => Buffer.concat([Buffer.from(`/${key} `), write(of)]));
  return Buffer.concat([Buffer.from('<< '), ...entries, Buffer.from('>> ')]);
}

function writeText(text: string): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const escaped = [...bytes].flatMap((byte) => ([0x28, 0x29, 0x5c].includes(byte) ? [0x5c, byte] : [byte]));
  return Buffer.from([0x28, ...escaped, 0x29, 0x20]);
}
