/**
 * Stops an older Node with a clear error. `index.ts` imports this file before all others: modules are evaluated in the
 * order of their imports, so it speaks before better-sqlite3 loads its native part.
 */
import { EngineError } from './errors.ts';

const OLDEST_SUPPORTED = 22;

const major = Number.parseInt(process.versions.node, 10);
if (major < OLDEST_SUPPORTED) {
  throw new EngineError(
    'NODE_TOO_OLD',
    `aerender-batch needs Node.js ${OLDEST_SUPPORTED} or newer; this is ${process.versions.node}. Install a newer Node.js, or run your program with one.`,
  );
}
