import { existsSync } from 'node:fs';
import { extname, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EngineError } from './errors.ts';

/**
 * A file of this package beside the module at `base`, which is its `import.meta.url`. A bundler that reads both in one
 * expression takes the file for a part of its bundle, and fails where it is a folder.
 */
export function ownFile(name: string, base: string): URL {
  return new URL(name, base);
}

/** `await using`, which the source has, is known from this version of Node on. */
const FIRST_NODE_FOR_SOURCE = 24;

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/**
 * A module of this package that a thread or a process starts: from source a `.ts`, from the package a `.js`. In an older
 * Node tsx runs the source, but not in threads and processes: they get the built module (`npm run build`).
 */
export function ownModule(name: string, base: string): URL {
  const module = ownFile(`${name}${extname(base)}`, base);
  if (extname(base) !== '.ts' || Number.parseInt(process.versions.node, 10) >= FIRST_NODE_FOR_SOURCE) return module;
  const place = relative(PACKAGE, fileURLToPath(module)).replaceAll('\\', '/');
  return new URL(`dist/${place.replace(/\.ts$/, '.js')}`, pathToFileURL(PACKAGE));
}

/** Stops a program into which a bundler has copied the library: what it starts is not beside it there. */
export function requireOwnModule(module: URL): void {
  if (existsSync(fileURLToPath(module))) return;
  throw new EngineError(
    'RUNTIME_UNSUPPORTED',
    `aerender-batch starts threads and programs from files of its own, and ${fileURLToPath(module)} is not there: it was bundled into another file. Mark it as external and ship it in node_modules; docs/bundling.md has the lines for esbuild, vite and webpack.`,
  );
}

/** Whether an optional package can be loaded from here. */
export function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    // Not found is the answer, not a fault.
    return false;
  }
}
