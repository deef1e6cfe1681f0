import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import { EVENT_NAMES } from '../../lib/events/events.ts';

/** Prints each event of the engine as it happens: one JSON object a line, its name in `type`. */
export function printEvents(engine: BatchEngine): void {
  for (const name of EVENT_NAMES) {
    // A log has thousands of lines, and `aerender-batch logs` prints it; idle is the program's own end.
    if (name === 'job:log' || name === 'engine:idle' || name === 'engine:error') continue;
    engine.on(name, (event: object) => printLine(name, event));
  }
  engine.on('engine:error', ({ error, paused }) => {
    const code = error instanceof EngineError ? { errorCode: error.code } : {};
    printLine('engine:error', { error: error.message, ...code, paused });
  });
}

/** Prints one JSON object on one line. */
export function printLine(type: string, value: object): void {
  process.stdout.write(`${JSON.stringify({ type, ...value })}\n`);
}
