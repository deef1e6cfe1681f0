import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import type { EngineEventName } from '../../lib/events/events.ts';

/** All but `job:log`: a log has thousands of lines, and `aerender-batch logs` prints it. */
const NAMES = [
  'batch:created',
  'batch:progress',
  'batch:finished',
  'batch:cancelled',
  'job:queued',
  'job:started',
  'job:progress',
  'job:finished',
  'job:error',
  'job:cancelled',
  'job:webhook',
] as const satisfies readonly EngineEventName[];

/** Prints each event of the engine as it happens: one JSON object a line, its name in `type`. */
export function printEvents(engine: BatchEngine): void {
  for (const name of NAMES) engine.on(name, (event: object) => printLine(name, event));
  engine.on('engine:error', ({ error, paused }) => {
    const code = error instanceof EngineError ? { errorCode: error.code } : {};
    printLine('engine:error', { error: error.message, ...code, paused });
  });
}

/** Prints one JSON object on one line. */
export function printLine(type: string, value: object): void {
  process.stdout.write(`${JSON.stringify({ type, ...value })}\n`);
}
