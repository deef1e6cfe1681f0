#!/usr/bin/env node
/** The command line of aerender-batch. */
import '../lib/node-version.ts';
import { CommanderError } from 'commander';
import { createProgram } from './commands/program.ts';
import { watchOutput } from './terminal/closed-output.ts';
import { reportFailure } from './terminal/failure.ts';
import { withRepeatedFlags } from './terminal/repeated-flags.ts';

watchOutput();

const program = createProgram();
try {
  await program.parseAsync(withRepeatedFlags(process.argv));
} catch (error) {
  // Commander has printed what is wrong with the call; help and version end here too, with 0.
  process.exitCode =
    error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(error, program.opts());
}
