import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesInZip } from './zip.ts';

/** Public repositories with Lottie documents: read for a trial, never copied into the project. */
const REPOSITORIES = [
  'airbnb/lottie-android',
  'airbnb/lottie-ios',
  'airbnb/lottie-web',
  'LottieFiles/test-files',
  'Samsung/rlottie',
  'thorvg/thorvg',
  'thorvg/thorvg.example',
];

const NO_DOCUMENTS = /(^|\/)docs\/json\/|xcassets|node_modules|package(-lock)?\.json|\/i18n\//;
const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  gif: 'image/gif',
};
const MOST_BYTES = 256 * 1024 * 1024;

/** Finds a picture by the folder and the name that its asset gives. */
type PictureFinder = (folder: string, name: string) => Buffer | undefined;

/**
 * The folder with every distinct document of the public repositories, its pictures in it. Built once, in `cache`. What
 * cannot be had is said by `missing`.
 */
export async function corpusFolder(cache: string, missing: (what: string) => void): Promise<string> {
  const folder = join(cache, 'corpus');
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const corpus = new Corpus(part);
  let isWhole = true;
  for (const name of REPOSITORIES) {
    const repository = gitFolder(cache, name);
    if (repository === null) {
      isWhole = false;
      missing(`the documents of ${name} (git clone https://github.com/${name} failed)`);
    } else await readRepository(repository, name, corpus);
  }
  // Only a whole corpus is kept: the numbers of a part of it compare with nothing.
  if (isWhole) renameSync(part, folder);
  return isWhole ? folder : part;
}

/** `BENCH_PIXELS_MIRROR` names a folder of clones, as `<owner>+<name>` or `<owner>+<name>/repo`; else it is cloned. */
function gitFolder(cache: string, name: string): string | null {
  const mirror = process.env.BENCH_PIXELS_MIRROR;
  const known = name.replace('/', '+');
  const own = join(cache, 'repositories', known);
  const places = [...(mirror === undefined ? [] : [join(mirror, known, 'repo'), join(mirror, known)]), own];
  const found = places.find((path) => existsSync(join(path, 'HEAD')) || existsSync(join(path, '.git')));
  if (found !== undefined) return found;
  try {
    const from = `https://github.com/${name}`;
    execFileSync('git', ['clone', '--quiet', '--bare', '--depth', '1', from, own], {
      stdio: 'ignore',
      timeout: 600_000,
    });
    return own;
  } catch {
    rmSync(own, { recursive: true, force: true });
    return null;
  }
}

async function readRepository(repository: string, name: string, corpus: Corpus): Promise<void> {
  const git = (...call: string[]) =>
    execFileSync('git', ['-C', repository, ...call], { maxBuffer: MOST_BYTES, stdio: ['ignore', 'pipe', 'ignore'] });
  const blobs = new Map<string, string>();
  for (const line of git('ls-tree', '-r', '-z', 'HEAD').toString().split('\0')) {
    const [, type, hash, path] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
    if (type === 'blob' && hash !== undefined && path !== undefined) blobs.set(path, hash);
  }
  const read = (path: string): Buffer | undefined => {
    const hash = blobs.get(path);
    try {
      return hash === undefined ? undefined : git('cat-file', 'blob', hash);
    } catch {
      // A snapshot may lack its largest files.
      return undefined;
    }
  };
  for (const path of [...blobs.keys()].filter((path) => !NO_DOCUMENTS.test(path)).sort()) {
    const id = `${name.split('/')[1]}__${posix.basename(path).replace(/\.[^.]*$/, '')}`;
    if (/\.json$/i.test(path)) {
      const bytes = read(path);
      if (bytes !== undefined) corpus.add(id, bytes, (folder, file) => firstOf(beside(path, folder, file), read));
    } else if (/\.(lottie|zip)$/i.test(path)) await readArchive(id, read(path), corpus);
  }
}

async function readArchive(id: string, bytes: Buffer | undefined, corpus: Corpus): Promise<void> {
  if (bytes === undefined) return;
  const files = await filesInZip(bytes);
  for (const [path, content] of files) {
    if (!/^((animations|a)\/.*|[^/]*)\.json$/.test(path) || path.endsWith('manifest.json')) continue;
    const places = (folder: string, file: string) => [posix.join(folder, file), file, `images/${file}`, `i/${file}`];
    corpus.add(id, content, (folder, file) =>
      firstOf(places(folder, file), (place) => files.get(place.replace(/^\//, ''))),
    );
  }
}

/** Where exporters and the players' own tests put the pictures of a document. */
function beside(path: string, folder: string, file: string): string[] {
  const here = posix.dirname(path);
  const own = posix.basename(path, '.json');
  return [
    [folder, file],
    [file],
    ['images', file],
    [own, folder, file],
    ['..', 'Images', file],
    ['Images', file],
    ['image', file],
  ].map((parts) => posix.join(here, ...parts));
}

function firstOf<Found>(places: readonly string[], find: (place: string) => Found | undefined): Found | undefined {
  for (const place of places) {
    const found = find(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Writes each document once, whatever the number of repositories that have it. */
class Corpus {
  readonly #folder: string;
  readonly #known = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(id: string, bytes: Buffer, find: PictureFinder): void {
    const document = documentIn(bytes);
    if (document === null) return;
    const hash = createHash('sha1').update(JSON.stringify(document)).digest('hex').slice(0, 8);
    if (this.#known.has(hash)) return;
    this.#known.add(hash);
    for (const asset of Array.isArray(document.assets) ? document.assets : []) embed(asset, find);
    const name = `${id.replace(/[^\w.-]+/g, '_').slice(0, 70)}_${hash.slice(0, 4)}`;
    writeFileSync(join(this.#folder, `${name}.json`), JSON.stringify(document));
  }
}

type Asset = { layers?: unknown; p?: unknown; u?: unknown; e?: unknown } | null;

function documentIn(bytes: Buffer): { assets?: Asset[]; layers: unknown[] } | null {
  try {
    const document = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
    return Array.isArray(document?.layers) ? document : null;
  } catch {
    return null;
  }
}

function embed(asset: Asset, find: PictureFinder): void {
  if (!asset || asset.layers !== undefined || typeof asset.p !== 'string') return;
  if (asset.p.startsWith('data:')) {
    Object.assign(asset, { e: 1, u: '' });
    return;
  }
  const type = MIME[asset.p.split('.').at(-1)?.toLowerCase() ?? ''];
  const found = find(typeof asset.u === 'string' ? asset.u : '', asset.p);
  if (found === undefined || type === undefined) return;
  Object.assign(asset, { p: `data:${type};base64,${found.toString('base64')}`, u: '', e: 1 });
}
