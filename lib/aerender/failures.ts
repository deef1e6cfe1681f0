import { ERROR_CODES, type ErrorCode } from '../errors.ts';
import type { RunResult } from './run.ts';

/** Why a run failed, and whether another try may help. */
export interface Failure {
  code: ErrorCode;
  message: string;
  /** Faults of the input fail again; crashes and hangs may not. */
  retryable: boolean;
  /** Another aerender was in the way: try again with no other beside it. */
  retryAlone: boolean;
}

type Evidence = Pick<
  RunResult,
  'exitCode' | 'signal' | 'timedOut' | 'endedWhenDone' | 'spawnError' | 'errors' | 'scriptFault'
>;

const TIMEOUTS = {
  start: [
    'RENDER_START_TIMEOUT',
    'The renderer did not begin within its start time-out. A dialog that waits for an answer is the usual cause: start After Effects once by hand.',
  ],
  stall: [
    'RENDER_STALLED',
    'The render made no progress within its stall time-out. Missing footage is the usual cause.',
  ],
  total: ['RENDER_TIMEOUT', 'The render took longer than its total time-out.'],
} as const satisfies Record<string, [ErrorCode, string]>;

/** What aerender says, and what it means for a job. The first that fits counts. Source: Adobe's commandLineRenderer, public issue threads. */
const MESSAGES: [pattern: RegExp, code: ErrorCode, advice: string][] = [
  [
    /No comp was found with the given name/i,
    'COMPOSITION_NOT_FOUND',
    'Look at the names with `aerender-batch templates show`.',
  ],
  [
    /Illegal argument flag: -r\b/i,
    'SCRIPT_HOOK_MISSING',
    'This After Effects takes no scripts from aerender; run `aerender-batch doctor`.',
  ],
  [/Error executing script|Can not open script file/i, 'SCRIPT_FAILED', "Read the job's log for the reason."],
  [
    /No output module template was found/i,
    'AERENDER_FAILED',
    'Make a template of this name in After Effects, or name another one in the option aerender.outputModules.',
  ],
  [
    /No render settings template was found/i,
    'AERENDER_FAILED',
    'Restore the default render settings templates of After Effects.',
  ],
];

const EXIT_CODES: Record<number, string> = {
  1: 'a failure reported by After Effects',
  2: 'it showed its usage',
  3: 'a syntax error in the arguments',
  4: 'a syntax error in the arguments',
  5: 'a scripting error',
  6: 'a scripting error',
  7: 'a run-time error of aerender',
  8: 'a run-time error of aerender',
  9: 'a run-time error of After Effects',
  10: 'a run-time error of After Effects',
  11: 'it cannot open its socket',
};

/** Reads a run's evidence; null where the renderer's own account is that all went well. */
export function classify(run: Evidence): Failure | null {
  const failure = (code: ErrorCode, message: string, retryable = false): Failure => ({
    code,
    message,
    retryable,
    retryAlone: false,
  });
  if (run.spawnError !== null)
    return failure('AERENDER_SPAWN_FAILED', `The renderer could not be started: ${run.spawnError.message}`);
  if (run.scriptFault !== null) {
    const { code, message } = run.scriptFault;
    return failure(code in ERROR_CODES ? (code as ErrorCode) : 'SCRIPT_FAILED', message);
  }
  const said = run.errors.join('\n');
  if (/Another instance of aerender/i.test(said)) {
    return { ...failure('AERENDER_BUSY', said, true), retryAlone: true };
  }
  if (run.timedOut !== null) {
    const [code, message] = TIMEOUTS[run.timedOut];
    return failure(code, message, true);
  }
  if (isCrash(run) && !run.endedWhenDone) return failure('RENDER_CRASHED', crashMessage(run), true);
  for (const [pattern, code, advice] of MESSAGES) {
    if (pattern.test(said)) return failure(code, `${said} ${advice}`);
  }
  if (said !== '') return failure('AERENDER_FAILED', said);
  if (run.exitCode === 0 || run.endedWhenDone) return null;
  const meaning = EXIT_CODES[run.exitCode ?? -1];
  return failure(
    'AERENDER_FAILED',
    `The renderer ended with exit code ${run.exitCode}${meaning === undefined ? '' : ` (${meaning})`}. Read the job's log.`,
  );
}

/** A signal, 128 + a signal through a shell, or a Windows status such as 0xC0000005. */
function isCrash({ exitCode, signal }: Evidence): boolean {
  return signal !== null || (exitCode !== null && exitCode >= 128);
}

function crashMessage({ exitCode, signal, errors }: Evidence): string {
  const how =
    signal ??
    `exit code ${exitCode !== null && exitCode > 255 ? `0x${exitCode.toString(16).toUpperCase()}` : exitCode}`;
  return [`The renderer crashed (${how}).`, ...errors].join(' ');
}
