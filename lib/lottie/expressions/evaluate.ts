import type { Guest } from '../sandbox/guest.ts';
import { startGuest } from '../sandbox/relay.ts';
import { readFailures, readSamples } from './evaluated-values.ts';
import type { Bake, EvaluationMessage, EvaluationTask } from './evaluation-messages.ts';
import type { ExpressionModel, Sample } from './model.ts';

interface Evaluated {
  samples: Map<number, Sample[]>;
  /** Why an expression has no values, by its number. */
  failures: Map<number, string>;
}

export interface EvaluationLimits {
  /** For one expression over all its frames. */
  callMs: number;
  /** For all of them. */
  totalMs: number;
  memoryMb: number;
}

const LIMITS: EvaluationLimits = { callMs: 5_000, totalMs: 60_000, memoryMb: 512 };
/** To start, and to hand over what was evaluated. */
const GRACE_MS = 20_000;
/** An expression that takes all the memory ends the process; the others are evaluated in another one. */
const MOST_PROCESSES = 4;

/** Evaluates expressions in a process that can do nothing else. Never throws for a fault of theirs. */
export async function evaluate(
  model: ExpressionModel,
  bakes: readonly Bake[],
  limits: EvaluationLimits = LIMITS,
): Promise<Evaluated> {
  const failures = new Map<number, string>();
  const task = { model: JSON.stringify(model), callMs: limits.callMs };
  const end = performance.now() + limits.totalMs;
  for (let started = 0; started < MOST_PROCESSES; started += 1) {
    const left = Math.max(1, end - performance.now());
    const wanted = bakes.filter(({ id }) => !failures.has(id));
    const run = await evaluateOnce({ ...task, bakes: wanted, failed: [...failures], totalMs: left }, limits.memoryMb);
    if ('samples' in run) return run;
    if (run.lostAt === null) break;
    failures.set(run.lostAt, 'it takes too much memory or time');
  }
  for (const { id } of bakes)
    if (!failures.has(id)) failures.set(id, 'the process that evaluates expressions was lost');
  return { samples: new Map(), failures };
}

/** `lostAt` is the expression at which the process was lost; null if it could not be started. */
async function evaluateOnce(task: EvaluationTask, memoryMb: number): Promise<Evaluated | { lostAt: number | null }> {
  const samples = new Map<number, Sample[]>();
  let lostAt: number | null = null;
  let guest: Guest | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      const message = (said: unknown) => {
        try {
          const message = said as EvaluationMessage;
          if (message.kind === 'begun') lostAt = message.id;
          if (message.kind === 'baked') samples.set(message.id, readSamples(message.samples));
          if (message.kind === 'ended') resolve({ samples, failures: readFailures(message.failures) });
        } catch {
          // An unreadable message means that an expression broke out of the realm: all that it sent is discarded.
          resolve({ lostAt: null });
        }
      };
      guest = startGuest(
        'expressions',
        { memoryMb, read: [] },
        { message, question: () => resolve({ lostAt: null }), ended: () => resolve({ lostAt }) },
      );
      timer = setTimeout(() => guest?.kill(), task.totalMs + GRACE_MS);
      guest.send(task);
    });
  } finally {
    clearTimeout(timer);
    guest?.kill();
  }
}
