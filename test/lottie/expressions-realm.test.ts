import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runtimeSource } from '../../lib/lottie/expressions/runtime/source.ts';

const FOLDER = new URL('../../lib/lottie/expressions/runtime/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name !== 'source.ts');
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

describe('the text of the expression language', () => {
  it('holds each function and class of its folder', () => {
    const text = runtimeSource();
    for (const name of files)
      for (const [, kind, own = ''] of read(name).matchAll(/^export (function|class) (\w+)/gm))
        assert.match(text, new RegExp(`^${kind} ${own}\\b`, 'm'), `${name}: ${own}`);
  });

  it('leaves nothing out: its files hold exported functions, classes and types only', () => {
    for (const name of files)
      for (const [line] of read(name).matchAll(
        /^(?![ }/*)]|import |export (?:function|class) |(?:export )?(?:interface|type) |$).*/gm,
      ))
        assert.fail(`${name}: ${line}`);
  });
});
