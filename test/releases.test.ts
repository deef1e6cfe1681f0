import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Releases } from '../lib/releases.ts';

describe('releases', () => {
  it('run in reverse, whether or not one of them fails', async () => {
    const releases = new Releases();
    const order: string[] = [];
    const fault = new Error('held');
    releases.add('first', () => order.push('first'));
    releases.add('second', () => Promise.reject(fault));
    releases.add('third', () => order.push('third'));
    assert.deepEqual(await releases.run(), { unfinished: [], errors: [fault] });
    assert.deepEqual(order, ['third', 'first']);
  });

  it('give up what does not end in time, name it, and run the rest', async () => {
    const releases = new Releases();
    const order: string[] = [];
    releases.add('the database', () => order.push('the database'));
    releases.add(
      () => 'a render',
      () => new Promise(() => {}),
    );
    releases.hurry(1);
    assert.deepEqual(await releases.run(), { unfinished: ['a render'], errors: [] });
    assert.deepEqual(order, ['the database']);
  });
});
