import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that is gone after the test, and not before all that the test opened in it is closed. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-test-'));
  afterAllElse(t, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * Runs after the test, and after every `t.after` of it, also those that are added later: Node runs them in the order in
 * which they were added, and one that is added meanwhile as the last. An engine would find its database gone before its
 * close, and Windows removes no file that is open.
 */
export function afterAllElse(t: TestContext, work: () => Promise<void>): void {
  t.after(() => t.after(work));
}
