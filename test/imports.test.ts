import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

/** From top to bottom: a file imports only from its own rank or below. */
const RANKS: readonly (readonly string[])[] = [
  ['bin'],
  ['lib/testing'],
  ['lib/index', 'lib/engine'],
  ['lib/resources', 'lib/rows'],
  ['lib/scheduler'],
  ['lib/plan'],
  ['lib/render', 'lib/events'],
  ['lib/answers'],
  ['lib/store', 'lib/script', 'lib/config'],
  [
    'lib/lottie/renderer',
    'lib/lottie/object-model',
    'lib/lottie/script',
    'lib/lottie/expressions',
    'lib/lottie/sandbox',
    'lib/inspection',
  ],
  ['lib/plan/job-plan', 'lib/assets'],
  ['lib/aerender', 'lib/template', 'lib/aep-to-lottie'],
  ['lib/fonts', 'lib/aep', 'lib/lottie/document', 'lib/lottie/normalise', 'lib/media', 'lib/processes'],
  ['lib/contract', 'lib/events/events'],
  ['lib/gate'],
  [
    'lib/status',
    'lib/errors',
    'lib/files',
    'lib/own-files',
    'lib/node-version',
    'lib/text-encoding',
    'lib/releases',
    'lib/worker-thread',
  ],
];

/** The renderer's own process may load these; the host and its threads never do. */
const NATIVE =
  /^lib\/(lottie\/(renderer|object-model|script|expressions|sandbox)\/|media\/(native|encode|decode|open-media|probe-footage))/;

/** By their paths from the root, with `/` on every system. */
const files = ['lib', 'bin'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll(sep, '/'))),
);

function targetOf(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

/** What reads files from outside: the host leaves that to its threads. */
const READERS = ['harfbuzzjs', 'file-type', 'yauzl', 'saxes', 'image-size', 'mediabunny', 'acorn', '@webtoon/psd'];

/** What users import, as package.json says: their names are for others. */
const PUBLISHED = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === 'object' ? [entry.source.slice('./'.length)] : [],
);

/** Threads call the functions of these by their names. */
const THREADS = ['lib/inspection/worker.ts', 'lib/render/worker.ts'];

/** The declarations of the package have to be able to name them. */
const NAMED_BY_DECLARATIONS = ['lib/assets/footage.ts: FootageAsset'];

/** The names that a file exports. */
function exportsOf(source: string): string[] {
  const declared = source.matchAll(
    /^export (?:async )?(?:abstract )?(?:function\*?|class|const|let|interface|type) (\w+)/gm,
  );
  const listed = source.matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  return [
    ...[...declared].map(([, name = '']) => name),
    ...[...listed].flatMap(([, names = '']) => namesIn(names).map((name) => name.split(' as ').at(-1) ?? name)),
  ];
}

function namesIn(list: string): string[] {
  return list.split(',').flatMap((name) => name.trim().replace(/^type /, '') || []);
}

/** What a file takes from which of ours: names, or `*`. Of a module that it loads late, every name that stands in its text. */
function usesOf(file: string): { target: string; uses: (name: string) => boolean }[] {
  const source = readFileSync(join(root, file), 'utf8');
  const target = (path: string) => targetOf(file, path);
  const statements = source.matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)';/gm);
  const early = [...statements].map(([statement, path = '']) => {
    const names = namesIn(/\{([^}]*)\}/.exec(statement)?.[1] ?? '').map((name) => name.split(' as ')[0]);
    return { target: target(path), uses: (name: string) => statement.includes('*') || names.includes(name) };
  });
  const late = [...source.matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, path = '']) => ({
    target: target(path),
    uses: (name: string) => new RegExp(`\\b${name}\\b`).test(source),
  }));
  return [...early, ...late];
}

function packagesOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '([^.'][^']*)';/gm);
  return [...statements].flatMap(([, type, name = '']) => (type === undefined ? [name] : []));
}

function importsOf(file: string, { types }: { types: boolean }): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';/gm);
  return [...statements].flatMap(([, type, from, bare]) =>
    type !== undefined && !types ? [] : [targetOf(file, from ?? bare ?? '')],
  );
}

/** The files that are loaded with some, at once. */
function reachedFrom(entries: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    importsOf(file, { types: false }).forEach(visit);
  };
  entries.forEach(visit);
  return reached;
}

/** That of the longest name that fits: a file of a folder may have a rank of its own. */
function rankOf(file: string): number {
  const fitting = RANKS.flat().filter((name) => file === `${name}.ts` || file.startsWith(`${name}/`));
  const longest = fitting.reduce((found, name) => (name.length > found.length ? name : found), '');
  return RANKS.findIndex((rank) => rank.includes(longest));
}

describe('imports', () => {
  it('point down the list of the design', () => {
    for (const file of files) {
      assert.notEqual(rankOf(file), -1, `${file} has no rank`);
      for (const target of importsOf(file, { types: true })) {
        assert.ok(rankOf(target) >= rankOf(file), `${file} imports ${target}, which stands above it`);
      }
    }
  });

  it('reach the readers of a format through their door alone', () => {
    const past = files.flatMap((file) =>
      importsOf(file, { types: true })
        .filter((target) => target.startsWith('lib/lottie/document/') && !target.endsWith('/index.ts'))
        .filter(() => !file.startsWith('lib/lottie/document/'))
        .map((target) => `${file} imports ${target}`),
    );
    assert.deepEqual(past, []);
  });

  it('make no cycle', () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `a cycle: ${[...path, file].join(' → ')}`);
      if (done.has(file)) return;
      for (const target of importsOf(file, { types: false })) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it('keep the readers of foreign files out of the host', () => {
    const reached = reachedFrom(['lib/index.ts']);
    const found = [...reached].flatMap((file) => packagesOf(file).map((name) => `${name} in ${file}`));
    assert.deepEqual(
      found.filter((entry) => READERS.some((reader) => entry.startsWith(`${reader} `))),
      [],
    );
    assert.ok(found.some((entry) => entry.startsWith('better-sqlite3 ')));
  });

  it('give every property test the same inputs, by test/support/property.ts', () => {
    const past = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== join('support', 'property.ts'))
      .filter((name) => /^import fc from 'fast-check'/m.test(readFileSync(join(root, 'test', name), 'utf8')));
    assert.deepEqual(past, []);
  });

  it('keep native code out of the host and its threads', () => {
    const entries = ['lib/index.ts', 'lib/render/worker.ts', 'lib/inspection/worker.ts', 'bin/aerender-batch.ts'];
    const reached = reachedFrom(entries);
    assert.deepEqual(
      [...reached].filter((file) => NATIVE.test(file)),
      [],
    );
  });

  it('keep zod out of the threads that render and of the keeper, which need facts and not schemas', () => {
    for (const entry of ['lib/render/worker.ts', 'lib/processes/keeper/main.ts']) {
      const reached = reachedFrom([entry]);
      assert.ok(reached.size > 1);
      assert.deepEqual(
        [...reached].filter((file) => packagesOf(file).includes('zod')),
        [],
        entry,
      );
    }
  });

  it('take every name that a file exports', () => {
    const users = ['lib', 'bin', 'test', 'tools', 'samples'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.m?[jt]s$/.test(name) && !name.includes('node_modules'))
        .map((name) => posix.join(folder, name.replaceAll(sep, '/'))),
    );
    const uses = Map.groupBy(users.flatMap(usesOf), ({ target }) => target);
    const unused = files
      .filter((file) => !PUBLISHED.includes(file) && !THREADS.includes(file))
      .flatMap((file) =>
        exportsOf(readFileSync(join(root, file), 'utf8'))
          .filter((name) => uses.get(file)?.some((use) => use.uses(name)) !== true)
          .map((name) => `${file}: ${name}`),
      );
    assert.deepEqual(unused, NAMED_BY_DECLARATIONS, 'exported for nobody');
  });

  it('let what understands a job be called from one place', () => {
    const users = (name: string, module: string) =>
      files.filter((file) => {
        const source = readFileSync(join(root, file), 'utf8');
        const imports = source.matchAll(/^import\s[^;]*?\{([^}]*)\}\sfrom '([^']+)';/gm);
        return [...imports].some(
          ([, names = '', from = '']) => targetOf(file, from) === module && new RegExp(`\\b${name}\\b`).test(names),
        );
      });
    // The thread reads templates; other code asks the catalog. The package exports the reader, and rows use it as its users do.
    const readers = users('inspectTemplate', 'lib/template/inspect.ts').filter((file) => !file.startsWith('bin/'));
    assert.deepEqual(readers, ['lib/inspection/worker.ts', 'lib/rows/jobs.ts']);
    assert.deepEqual(users('parseJob', 'lib/plan/parse.ts'), ['lib/plan/family.ts']);
    assert.deepEqual(users('outputFormat', 'lib/plan/output.ts'), ['lib/plan/planner.ts']);
    // Run by hand, the bundled renderer has no plan that says which file serves a font.
    const matching = users('findFonts', 'lib/fonts/choose.ts');
    assert.deepEqual(matching, ['lib/fonts/catalog.ts', 'lib/lottie/renderer/fonts.ts']);
  });
});
