import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JsonFault, parseJsonText } from '../../../bin/terminal/json-text.ts';

const fault = (text: string): string => {
  try {
    parseJsonText(text);
  } catch (error) {
    assert.ok(error instanceof JsonFault);
    return error.message;
  }
  throw new assert.AssertionError({ message: `accepted: ${text}` });
};

describe('JSON as people write it', () => {
  it('may have comments and trailing commas', () => {
    assert.deepEqual(parseJsonText('{\n // a comment\n "a": [1, 2,], /* another */ }'), { a: [1, 2] });
  });

  it('is refused if it is nested deeper than the parser can go', () => {
    assert.equal(fault('['.repeat(200_000)), 'its values are nested too deep');
  });

  it('is refused with the line and the column of what is wrong, and what to do', () => {
    assert.equal(fault('{\n  "a": 1\n  "b": 2\n}'), 'line 3, column 3: a comma is missing before this');
    assert.equal(fault('{\r\n  "a" 1\r\n}'), 'line 2, column 7: a colon is missing');
    assert.match(fault('{ "a": \'x\' }'), /^line 1, column 8: .*double quotes/);
    assert.match(fault('{ "path": "C:\\Users" }'), /^line 1, column \d+: .*backslash/);
    assert.match(fault('{ "jobs": ['), /^line 1, column 12: /);
    assert.match(fault(''), /^line 1, column 1: a value is missing$/);
  });

  it('keeps a key that JavaScript treats as special', () => {
    assert.equal(Object.getPrototypeOf(parseJsonText('{ "__proto__": { "polluted": true } }')), Object.prototype);
  });
});
