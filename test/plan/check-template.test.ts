import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FootageChecker } from '../../lib/plan/check-template.ts';
import type { ResolvedTemplate } from '../../lib/template/catalog.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the footage of a project', () => {
  it('from elsewhere on this machine is brought to the bundled renderer, which reads its work folder only', async (t) => {
    const [folder, elsewhere] = [await temporaryFolder(t), await temporaryFolder(t)];
    const path = join(elsewhere, 'photo.png');
    await writeFile(path, 'x');
    const template = (relativePath: string | null) => {
      const footage = [{ id: 1, name: 'photo.png', path, relativePath, kind: 'still' }];
      return {
        path: join(folder, 'a.aep'),
        hash: `${relativePath}`,
        model: { type: 'aep', footage },
      } as never as ResolvedTemplate;
    };
    const checker = new FootageChecker();
    assert.deepEqual(await checker.beside(template(null), 'bundled'), [{ from: path, to: '(Footage)/photo.png' }]);
    assert.deepEqual(await checker.beside(template('../photo.png'), 'bundled'), [{ from: path, to: '../photo.png' }]);
    // After Effects opens it where it is.
    assert.deepEqual(await checker.beside(template(null), 'after-effects'), []);
  });
});
