import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './temporary-folder.ts';

/** What Adobe's command-line renderer says, as far as anyone looks at it. */
export const ADOBE_RENDERER = "// Command line renderer.\nif (my_flag == '-reuse') {}\n";

/** The aerender of an After Effects as each system lays it out; `renderer: null` makes one without start-up scripts. */
export async function afterEffectsFolder(
  t: TestContext,
  { layout = 'macos', renderer = ADOBE_RENDERER }: { layout?: 'macos' | 'windows'; renderer?: string | null } = {},
) {
  const root = join(await temporaryFolder(t), 'Adobe After Effects 2026');
  const aerender = layout === 'macos' ? join(root, 'aerender') : join(root, 'Support Files', 'aerender.exe');
  const startup = join(dirname(aerender), 'Scripts', 'Startup');
  await mkdir(startup, { recursive: true });
  await writeFile(aerender, '');
  if (renderer !== null) await writeFile(join(startup, 'commandLineRenderer.jsx'), renderer);
  return {
    aerender,
    startup,
    /** The start-up scripts by name, with what they say. */
    scripts: async () =>
      Object.fromEntries(
        await Promise.all(
          (await readdir(startup)).toSorted().map(async (name) => [name, await readFile(join(startup, name), 'utf8')]),
        ),
      ) as Record<string, string>,
  };
}
