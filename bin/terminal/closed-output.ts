/** What the kernel answers to a write if nobody reads any more: a pipe to `head` (EPIPE), a terminal that is gone (EIO). */
const CLOSED = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/** As a shell reports a program that ended by SIGPIPE. */
export const CLOSED_OUTPUT_EXIT_CODE = 141;

const exitQuietly = () => process.exit(CLOSED_OUTPUT_EXIT_CODE);
let reaction: () => void = exitQuietly;

/** Ends the program without a stack trace when nobody reads its output any more. */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!CLOSED.has(error.code ?? '')) throw error;
      reaction();
    });
  }
}

/** Calls `react` instead of ending the program, for a command that has renderers to end first. Returns the way back. */
export function onClosedOutput(react: () => void): () => void {
  reaction = react;
  return () => {
    reaction = exitQuietly;
  };
}
