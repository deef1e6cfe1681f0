import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './temporary-folder.ts';

/** A stand-in for the program of an Electron app: it has fuses as Electron's has, and leaves a mark when it is started. */
export async function electronProgram(t: TestContext, runAsNode: '0' | '1' | 'r' | null) {
  const folder = await temporaryFolder(t);
  const execPath = join(folder, 'app');
  const wire = runAsNode === null ? '' : `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0008${runAsNode}0110001`;
  await writeFile(execPath, `#!/bin/sh\ntouch "${folder}/started"\n#${wire}\n`, { mode: 0o755 });
  const host = { execPath, versions: { ...process.versions, electron: '39.0.0' } };
  const wasStarted = () =>
    access(join(folder, 'started')).then(
      () => true,
      () => false,
    );
  return { host, wasStarted };
}
