import { CommanderError } from 'commander';
import { createProgram } from '../../bin/commands/program.ts';
import { reportFailure } from '../../bin/terminal/failure.ts';
import { withRepeatedFlags } from '../../bin/terminal/repeated-flags.ts';

export interface Ended {
  exitCode: number;
  /** What it printed, on both streams. */
  text: string;
}

/** Runs `aerender-batch` in this process, which has one working folder and one output: one call at a time. */
export async function runCommand(args: readonly string[], cwd: string): Promise<Ended> {
  const before = process.cwd();
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map((stream) => stream.write);
  const exitBefore = process.exitCode;
  let text = '';
  const take = (chunk: string | Uint8Array) => {
    text += chunk.toString();
    return true;
  };
  process.chdir(cwd);
  process.exitCode = 0;
  for (const stream of streams) stream.write = take;
  const program = createProgram();
  try {
    await program.parseAsync(withRepeatedFlags(['node', 'aerender-batch', ...args]));
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(error, program.opts());
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] as typeof stream.write;
    process.chdir(before);
  }
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = exitBefore;
  return { exitCode, text };
}
