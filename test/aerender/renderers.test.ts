import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BundledEncoder } from '../../lib/aerender/bundled-encoder.ts';
import type { InstallSystem } from '../../lib/aerender/installations.ts';
import { type RendererChoice, Renderers } from '../../lib/aerender/renderers.ts';
import { DEFAULT_VIDEO_CODEC } from '../../lib/contract/formats.ts';

/** A Mac with these versions of After Effects. */
function mac(...years: number[]): InstallSystem {
  const folders = years.map((year) => `Adobe After Effects ${year}`);
  const files = new Set(folders.map((folder) => `/Applications/${folder}/aerender`));
  return { platform: 'darwin', exists: (path) => files.has(path), list: () => folders };
}

function renderers(choice: RendererChoice, system: InstallSystem, binaries: Record<string, string> = {}) {
  const encoder = new BundledEncoder({ ffmpeg: null, searchPath: '' });
  return new Renderers({ binaries, choice, system, encoder, node: { file: process.execPath } });
}

describe('what renders a template', () => {
  it('is the bundled renderer for every Lottie document', () => {
    for (const choice of ['auto', 'after-effects', 'bundled'] as const)
      for (const type of ['json', 'lottie'] as const)
        assert.equal(renderers(choice, mac(2026)).choose(type), 'bundled');
  });

  it('is After Effects for a project, wherever there is one', () => {
    assert.equal(renderers('auto', mac(2026)).choose('aep'), 'after-effects');
    assert.equal(renderers('auto', mac(), { ae2026: '/gone/aerender' }).choose('mogrt'), 'after-effects');
  });

  it('is the bundled renderer for a project only on a machine without any After Effects', () => {
    for (const type of ['aep', 'aepx', 'mogrt', 'zip'] as const)
      assert.equal(renderers('auto', mac()).choose(type), 'bundled');
  });

  it('is what the option says', () => {
    assert.equal(renderers('bundled', mac(2026)).choose('aep'), 'bundled');
    assert.equal(renderers('after-effects', mac()).choose('aep'), 'after-effects');
  });

  it('is missing, and not the other one, if another version is installed', async () => {
    const found = renderers('auto', mac(2025));
    const kind = found.choose('aep');
    await assert.rejects(found.locate({ kind, engine: 'ae2026' }, DEFAULT_VIDEO_CODEC), { code: 'AERENDER_NOT_FOUND' });
    const { file } = await found.locate({ kind, engine: 'ae2025' }, DEFAULT_VIDEO_CODEC);
    assert.equal(file, '/Applications/Adobe After Effects 2025/aerender');
  });
});
