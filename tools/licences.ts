/**
 * Lists the licence of every package that users install, and fails on one that is not known here: `npm run licences`.
 * With `--quiet`, as `npm run lint` calls it, it prints only what is wrong.
 */
import { existsSync, readFileSync } from 'node:fs';

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** What may be shipped with a program of any licence, with its notice. */
const KNOWN = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'MPL-2.0',
  'Python-2.0',
  'CC0-1.0',
  'Unlicense',
  'MIT OR CC0-1.0',
  '(MIT OR CC0-1.0)',
  '(BSD-3-Clause OR GPL-2.0)',
  '(MIT OR WTFPL)',
  'MIT-0',
]);

/** Packages whose own word is not the whole of it, or is not in the lock file. */
const NOTES: Record<string, string> = {
  'node-av': 'MIT, but brings FFmpeg under the GPL: docs/licences.md',
  mediabunny: 'MPL-2.0: its own files stay under it; changes to them are to be published',
};

/** Read in the licence file of a package whose manifest names none. */
const READ: Record<string, string> = { '@shinyoshiaki/jspack': 'BSD-3-Clause' };

/** Optional, named by the user: their licences are asked too, since docs/licences.md speaks of them. */
const OPTIONAL_PEERS = ['canvaskit-wasm', 'node-av'];

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** The optional packages and what they bring. Nested copies of one name count with the one at the top. */
const ofPeers = new Set<string>();
const waiting = OPTIONAL_PEERS.map((name) => `node_modules/${name}`);
for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
  const entry = packages[path];
  if (entry === undefined || ofPeers.has(path)) continue;
  ofPeers.add(path);
  const names = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
  waiting.push(...names.map((name) => `node_modules/${name}`));
}

const rows = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && (dev !== true || ofPeers.has(path)))
  .map(([path, { version = '', license }]) => ({
    name: nameOf(path),
    version,
    licence: READ[nameOf(path)] ?? license ?? licenceOnDisk(path),
  }))
  .sort((a, b) => a.name.localeCompare(b.name));

for (const { name, version, licence } of process.argv.includes('--quiet') ? [] : rows) {
  const note = NOTES[name] === undefined ? '' : `  (${NOTES[name]})`;
  console.log(`${licence.padEnd(16)} ${name}@${version}${note}`);
}
const unknown = rows.filter(({ licence }) => !KNOWN.has(licence));
for (const { name, licence } of unknown) {
  console.error(
    `${name}: the licence '${licence}' is not on the list of tools/licences.ts. Read it before it is added.`,
  );
}
process.exitCode = unknown.length > 0 ? 1 : 0;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function licenceOnDisk(path: string): string {
  const manifest = `${path}/package.json`;
  if (!existsSync(manifest)) return 'unknown';
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string | { type?: string } };
  return typeof license === 'string' ? license : (license?.type ?? 'unknown');
}
