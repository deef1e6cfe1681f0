/**
 * Writes the reference of every public name into `api/`, and fails if one has no words. TypeDoc needs the programming
 * interface of TypeScript 5, which version 7 has not: both are installed into a folder of their own.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import manifest from '../package.json' with { type: 'json' };

/** Types that others are made of, and that nobody has to name. */
const INTERNAL = [
  'AssetOf',
  'WatchedName',
  'JOB_STATUSES',
  'TEMPLATE_TYPES',
  'Point',
  'Difference',
  'WrittenName',
  'MaskMode',
  'LayerKind',
];

const sources = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'object' ? [entry.source] : []));
const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-typedoc-'));
try {
  await writeFile(join(folder, 'package.json'), '{}');
  const packages = ['typedoc@~0.28', 'typescript@~5.9'];
  await execa('npm', ['i', '--prefer-offline', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve('tsconfig.json'),
      compilerOptions: { typeRoots: [resolve('node_modules/@types')] },
      include: [resolve('lib')],
    }),
  );
  await writeFile(
    join(folder, 'typedoc.json'),
    JSON.stringify({
      entryPoints: sources.map((source) => resolve(source)),
      tsconfig: join(folder, 'tsconfig.json'),
      out: resolve('api'),
      readme: resolve('docs/README.md'),
      excludeInternal: true,
      excludePrivate: true,
      hideGenerator: true,
      // The guide's pages stand beside it on disk, not in the reference.
      validation: { notDocumented: true, notExported: true, invalidPath: false },
      treatValidationWarningsAsErrors: true,
      requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Method', 'Variable'],
      intentionallyNotExported: INTERNAL,
    }),
  );
  const typedoc = join(folder, 'node_modules/typedoc/bin/typedoc');
  const { exitCode } = await execa(process.execPath, [typedoc, '--options', join(folder, 'typedoc.json')], {
    stdio: 'inherit',
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
