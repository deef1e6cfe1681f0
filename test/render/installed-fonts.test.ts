import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { UserFontSystem } from '../../lib/aerender/user-fonts/system.ts';
import { withFonts } from '../../lib/render/installed-fonts.ts';
import type { RenderMessage, RenderTask } from '../../lib/render/messages.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INTER = fileURLToPath(new URL('../../assets/fonts/Inter-Bold.ttf', import.meta.url));

function task(kind: 'aerender' | 'lottie'): RenderTask {
  const fonts = [{ path: INTER, fileName: 'Inter-Bold.ttf', fullName: 'Inter Bold' }];
  return { renderer: { kind, file: '/aerender' }, fonts } as RenderTask;
}

function system(platform: NodeJS.Platform, home: string): UserFontSystem {
  return { platform, home, localAppData: join(home, 'AppData/Local'), run: async () => {} };
}

describe("a job's fonts", () => {
  it('are installed for as long as After Effects runs, and no longer, also where it fails', async (t) => {
    const home = await temporaryFolder(t);
    const folder = join(home, 'Library/Fonts');
    const during = async () => (await readdir(folder)).filter((name) => name.endsWith('.ttf'));
    const seen = await withFonts(task('aerender'), () => {}, during, system('darwin', home));
    assert.equal(seen.length, 1);
    assert.deepEqual(await during(), []);
    const failing = withFonts(
      task('aerender'),
      () => {},
      async () => {
        throw new Error('no');
      },
      system('darwin', home),
    );
    await assert.rejects(failing, /no/);
    assert.deepEqual(await during(), []);
  });

  it('are told of in the log where this system cannot install them, and the job is rendered all the same', async (t) => {
    const home = await temporaryFolder(t);
    const messages: RenderMessage[] = [];
    const result = await withFonts(
      task('aerender'),
      (message) => void messages.push(message),
      async () => 'rendered',
      system('linux', home),
    );
    assert.equal(result, 'rendered');
    assert.match(
      JSON.stringify(messages),
      /aerender-batch: Inter Bold: fonts can be installed .* macOS and Windows only/,
    );
    assert.deepEqual(await readdir(home), []);
  });

  it('are not installed for the bundled renderer, which finds them beside the project', async (t) => {
    const home = await temporaryFolder(t);
    await withFonts(
      task('lottie'),
      () => {},
      async () => {},
      system('darwin', home),
    );
    assert.deepEqual(await readdir(home), []);
  });
});
