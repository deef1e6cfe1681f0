import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { temporaryFolder } from './support/temporary-folder.ts';

describe('the folder of a test', () => {
  const folders: string[] = [];
  /** Whether the folders were there in each hook of the test. */
  const seen: boolean[] = [];
  const look = () => seen.push(folders.every((folder) => existsSync(folder)));

  it('is there until the test is over', async (t) => {
    t.after(look);
    folders.push(await temporaryFolder(t));
    t.after(look);
    folders.push(await temporaryFolder(t));
    t.after(async () => {
      await new Promise(setImmediate);
      look();
    });
    look();
  });

  after(() => {
    assert.deepEqual(seen, [true, true, true, true]);
    assert.deepEqual(folders.filter(existsSync), []);
  });
});
