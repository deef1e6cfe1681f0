/**
 * Stops an older Node with a clear error. `index.ts` imports this file before all others: modules are evaluated in the
 * order of their imports, so it speaks before better-sqlite3 loads its native part.
 */
import { EngineError } from './errors.ts';

const OLDEST_SUPPORTED = '22.14';
/**
 * What better-sqlite3 is built for. A Node that has less does not refuse it, but crashes: 22.13 and 23.5 do. Electron has
 * the number too. Source: Node.js, "Node-API version matrix".
 */
const NODE_API = 10;

// In a bundle of CommonJS there is none, and what the library starts could not be found by it.
if (typeof import.meta.url !== 'string') {
  throw new EngineError(
    'RUNTIME_UNSUPPORTED',
    'aerender-batch was bundled into another file, and starts threads and programs from files of its own. Mark it as external and ship it in node_modules (docs/bundling.md).',
  );
}

requireNodeApi();

/** Stops a Node.js that cannot load better-sqlite3. */
export function requireNodeApi({ napi, node }: Readonly<Record<string, string | undefined>> = process.versions): void {
  if (Number(napi ?? 0) >= NODE_API) return;
  throw new EngineError(
    'NODE_TOO_OLD',
    `aerender-batch needs Node.js ${OLDEST_SUPPORTED} or newer (23.6 or newer of Node.js 23); this is ${node}. Install a newer Node.js, or run your program with one.`,
  );
}

/** Stops a runtime that only calls itself Node.js: its threads and native modules are others. */
export function requireNode(versions: Readonly<Record<string, string | undefined>> = process.versions): void {
  const other = versions.deno !== undefined ? 'Deno' : versions.bun !== undefined ? 'Bun' : null;
  if (other === null) return;
  throw new EngineError(
    'RUNTIME_UNSUPPORTED',
    `aerender-batch runs in Node.js and Electron; this is ${other} ${versions[other.toLowerCase()]}, whose worker threads and native modules differ. Run your program with Node.js ${OLDEST_SUPPORTED} or newer.`,
  );
}
