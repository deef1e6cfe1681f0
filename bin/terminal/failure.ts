import { EngineError, ValidationError } from '../../lib/errors.ts';
import { plain, printError, printJson } from './print.ts';
import { asOnCommandLine } from './words.ts';

/** The codes of calls that were wrong in themselves: exit 2, as for a wrong option. */
const WRONG_CALL = new Set([
  'VALIDATION_ERROR',
  'BATCH_NOT_FOUND',
  'JOB_NOT_FOUND',
  'TEMPLATE_NOT_FOUND',
  'TEMPLATE_UNREADABLE',
  'COMPOSITION_NOT_FOUND',
  'FONT_NOT_FOUND',
  'FONT_INVALID',
  'LOG_NOT_FOUND',
  'DATABASE_INVALID',
]);

/** Prints an error the way the caller reads it, and returns the exit code. */
export function reportFailure(error: unknown, options: { json?: boolean }): number {
  if (!(error instanceof EngineError)) {
    printError(plain(error instanceof Error ? error.message : String(error)));
    return 1;
  }
  const details = error instanceof ValidationError ? { details: error.details } : {};
  if (options.json === true) printJson({ error: error.message, errorCode: error.code, ...details });
  else printError(`${plain(asOnCommandLine(error.message))} [${error.code}]`);
  return WRONG_CALL.has(error.code) ? 2 : 1;
}
