/**
 * Stops an older Node with a clear error. `index.ts` imports this file before all others: modules are evaluated in the
 * order of their imports, so it speaks before better-sqlite3 loads its native part.
 */
import { EngineError } from './errors.ts';

const OLDEST_SUPPORTED = { major: 22, minor: 12 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_SUPPORTED.major || (major === OLDEST_SUPPORTED.major && minor < OLDEST_SUPPORTED.minor)) {
  throw new EngineError(
    'NODE_TOO_OLD',
    `aerender-batch needs Node.js ${OLDEST_SUPPORTED.major}.${OLDEST_SUPPORTED.minor} or newer; this is ${process.versions.node}. Install a newer Node.js, or run your program with one.`,
  );
}
