/**
 * Builds the package: the code to `dist/`, with the files beside it that it reads. What a program, a thread or a process
 * loads is one file each, since Node takes longer to find and to link a hundred files than to read them.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { execa } from 'execa';

/** What users import, as package.json says, and the command line: they share classes, and so files. */
const SHARED = [...exportedModules(), 'bin/aerender-batch'];
/** Threads and processes, which share nothing. */
const ALONE = [
  'bin/aerender-lottie',
  'bin/lottie-renderer',
  'lib/inspection/worker',
  'lib/render/worker',
  'lib/processes/keeper/main',
  'lib/media/poster-process',
  'lib/lottie/script/script-process',
  'lib/lottie/expressions/evaluation-process',
];
/** Packages of many small files become part of ours, with their licences. All others are loaded as they are installed. */
const INCLUDED = new Set(['execa', 'image-size', 'mediabunny', 'zod']);

const DIST = resolve('dist');

/** These packages and what they are made of are included; every other name stays an import. */
const packages: Plugin = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || path.startsWith('#')) return;
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return INCLUDED.has(name) || importer.includes('node_modules') ? undefined : { path, external: true };
    });
  },
};

/** A module that asks where it is means its own place in `dist/`, not that of the file that it became part of. */
const ownPlaces: Plugin = {
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const place = relative(DIST, path).replaceAll('\\', '/');
      // The check for a bundler of somebody else's asks for the place of the file that it is in.
      if (place.startsWith('..') || place === 'lib/node-version.js') return;
      const root = `import.meta.url.slice(0, import.meta.url.lastIndexOf('/dist/'))`;
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.url', `(${root} + '/dist/${place}')`)
        // The same by another import, of which what is not used can be left out: most of zod, in sixty languages.
        .replace("import { z } from 'zod'", "import * as z from 'zod'");
      return { contents, loader: 'js' };
    });
  },
};

await rm(DIST, { recursive: true, force: true });
await execa('tsc', ['-p', 'tsconfig.build.json'], { preferLocal: true, stdio: 'inherit' });
await cp('assets', join(DIST, 'assets'), { recursive: true });
// The ExtendScript that jobs run: it is read, not imported.
const isScript = (path: string) => statSync(path).isDirectory() || path.endsWith('.jsx');
await cp('lib', join(DIST, 'lib'), { recursive: true, filter: isScript });
await bundle();

/** The modules that package.json exports: a new one is built without another word here. */
function exportedModules(): string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | { source: string }>;
  };
  return Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target.source.replace(/^\.\/|\.ts$/g, '')],
  );
}

/** Puts one file, and those that it loads late, in the place of the modules of each entry. */
async function bundle(): Promise<void> {
  const outputs = new Map<string, Uint8Array>();
  const inputs = new Set<string>();
  for (const entries of [SHARED, ...ALONE.map((entry) => [entry])]) {
    const { outputFiles, metafile, warnings } = await build({
      entryPoints: entries.map((entry) => join(DIST, `${entry}.js`)),
      outdir: DIST,
      outbase: DIST,
      chunkNames: 'lib/chunks/[hash]',
      write: false,
      metafile: true,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      logLevel: 'warning',
      plugins: [packages, ownPlaces],
    });
    if (warnings.length > 0) throw new Error('What esbuild warns of would be missing from the package.');
    for (const { path, text, contents } of outputFiles) {
      // A package of CommonJS that is included cannot load Node's own modules: it would fail when it is used.
      if (text.includes('Dynamic require of')) throw new Error(`${path} has a package of CommonJS in it`);
      outputs.set(path, contents);
    }
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  for (const file of await readdir(DIST, { recursive: true })) if (file.endsWith('.js')) await rm(join(DIST, file));
  await mkdir(join(DIST, 'lib/chunks'), { recursive: true });
  for (const [path, contents] of outputs) await writeFile(path, contents);
  await writeFile(join(DIST, 'THIRD-PARTY-LICENCES.txt'), licencesOf(inputs));
}

/** The licences of the packages that are included. */
function licencesOf(inputs: Iterable<string>): string {
  const folders = new Set(
    [...inputs].flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${folder} has no licence file`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(72)}\n\n`);
}
