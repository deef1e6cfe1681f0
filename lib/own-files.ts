import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from './errors.ts';

/**
 * A file of this package beside the module at `base`, which is its `import.meta.url`. A bundler that reads both in one
 * expression takes the file for a part of its bundle, and fails where it is a folder.
 */
export function ownFile(name: string, base: string): URL {
  return new URL(name, base);
}

/** A module of this package that a thread or a process starts: from source a `.ts`, from the package a `.js`. */
export function ownModule(name: string, base: string): URL {
  return ownFile(`${name}${extname(base)}`, base);
}

/** Stops a program into which a bundler has copied the library: what it starts is not beside it there. */
export function requireOwnModule(module: URL): void {
  if (existsSync(fileURLToPath(module))) return;
  throw new EngineError(
    'RUNTIME_UNSUPPORTED',
    `aerender-batch starts threads and programs from files of its own, and ${fileURLToPath(module)} is not there: it was bundled into another file. Mark it as external and ship it in node_modules; docs/bundling.md has the lines for esbuild, vite and webpack.`,
  );
}
