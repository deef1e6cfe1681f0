import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintComments } from '../../tools/lint-comments.ts';

const HABITS = [
  'The end is reported to whoever waits.',
  'Gives back what it read.',
  'The right could not be given back.',
  'Of a menu: its entries.',
  'It is nobody’s fault.',
  'A composition that means no good.',
  'No place is read in vain.',
  'The events are no others than these.',
  'Here what is not there is told.',
  'The year of a version; null where it has none.',
];

const GOOD = [
  'Returns the entries of a menu.',
  'Of course, a file can be missing.',
  'A range that is given backwards is turned round.',
  'Throws if nobody listens.',
];

describe('the lint of comments', () => {
  for (const [index, sentence] of HABITS.entries()) {
    it(`finds bad habit ${index + 1} in a comment of each form and in a test name`, () => {
      const sources = [
        `\n/** ${sentence} */`,
        `\n// ${sentence}`,
        `\n/*\n * ${sentence}\n */`,
        `\nit('${sentence}', () => {});`,
        `\ndescribe("${sentence}", () => {});`,
      ];
      const lines = sources.map((source) => lintComments(source).map(({ line }) => line));
      assert.deepEqual(lines, [[2], [2], [3], [2], [2]]);
    });
  }

  it('accepts plain English', () => {
    for (const sentence of GOOD) assert.deepEqual(lintComments(`/** ${sentence} */\nit('${sentence}')`), []);
  });

  it('finds a phrase that is broken by a line’s end', () => {
    assert.equal(lintComments('/**\n * Reads it and gives\n * back the text.\n */').length, 1);
    assert.equal(lintComments('  // Reads it and gives\n  // back the text.').length, 1);
  });

  it('reads no strings, templates and regular expressions, and finds the comment after them', () => {
    const source = [
      "const url = 'https://whoever.test'; // Gives back",
      'const text = `// whoever`; /* Gives back */',
      'const pattern = /["\'`]\\/\\/whoever/; // Gives back',
    ].join('\n');
    assert.deepEqual(
      lintComments(source).map(({ line, text }) => [line, text]),
      [
        [1, 'Gives back'],
        [2, 'Gives back'],
        [3, 'Gives back'],
      ],
    );
  });

  it('takes a line that begins with "Of" in the midst of a comment for what it is', () => {
    assert.deepEqual(lintComments('// Names\n// Of all kinds.'), []);
  });
});
