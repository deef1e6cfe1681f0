import { CLOSED_OUTPUT_EXIT_CODE, onClosedOutput } from './closed-output.ts';

/** Exit codes as a shell reports them: 128 and the number of the signal. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

interface StopRequests {
  /** The program's exit code once it was asked to stop; null before. */
  exitCode(): number | null;
  /** Removes the listeners. */
  release(): void;
}

/**
 * Calls `finish` on the first Ctrl-C (or SIGTERM), and `kill` on the next one. A terminal that was closed (SIGHUP) and
 * an output that nobody reads any more call `kill` at once, since nobody is left to press Ctrl-C again.
 */
export function onStopRequest({ finish, kill }: { finish: () => void; kill: () => void }): StopRequests {
  let exitCode: number | null = null;
  let requests = 0;
  const listener = (signal: keyof typeof EXIT_CODES) => {
    exitCode ??= EXIT_CODES[signal];
    requests += 1;
    if (signal === 'SIGHUP' || requests > 1) kill();
    else finish();
  };
  const signals = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  for (const signal of signals) process.on(signal, listener);
  const restoreOutput = onClosedOutput(() => {
    exitCode ??= CLOSED_OUTPUT_EXIT_CODE;
    kill();
  });
  return {
    exitCode: () => exitCode,
    release: () => {
      for (const signal of signals) process.off(signal, listener);
      restoreOutput();
    },
  };
}
