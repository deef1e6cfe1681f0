import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { execaSync } from 'execa';
import { requireNode, requireNodeApi } from '../lib/node-version.ts';

/** Another Node of this machine, older than is supported; npm puts the project's own first in the path. */
function olderNode(): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return candidates.filter(existsSync).find((file) => {
    const { stdout } = execaSync(file, ['--version'], { reject: false });
    return Number.parseInt(String(stdout).slice(1), 10) < 22;
  });
}

const older = olderNode();

describe('an older Node', () => {
  it('is known by the native interface that it lacks, whatever its number', () => {
    for (const [node, napi] of [
      ['20.19.0', '9'],
      ['23.5.0', '9'],
      ['12.0.0', undefined],
    ])
      assert.throws(() => requireNodeApi({ node, napi }), {
        code: 'NODE_TOO_OLD',
        message: new RegExp(`22\\.14 or newer .*; this is ${node}\\.`),
      });
    requireNodeApi({ node: '22.14.0', napi: '10' });
  });

  it('is told so, before any native module is loaded', {
    skip: older === undefined ? 'no Node older than 22 here' : false,
  }, () => {
    execaSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', 'node_modules/.cache/older-node'], {
      preferLocal: true,
    });
    const { exitCode, stderr } = execaSync(older ?? '', ['node_modules/.cache/older-node/lib/index.js'], {
      reject: false,
    });
    assert.equal(exitCode, 1);
    assert.match(String(stderr), /aerender-batch needs Node\.js 22\.14 or newer .*; this is/);
  });
});

describe('another runtime', () => {
  it('is told that it is none, though it calls itself Node', () => {
    const unsupported = { code: 'RUNTIME_UNSUPPORTED' };
    assert.throws(() => requireNode({ ...process.versions, deno: '2.5.0' }), {
      ...unsupported,
      message: /this is Deno 2\.5\.0/,
    });
    assert.throws(() => requireNode({ ...process.versions, bun: '1.3.0' }), {
      ...unsupported,
      message: /this is Bun 1\.3\.0/,
    });
    requireNode({ ...process.versions, electron: '39.0.0' });
  });
});
