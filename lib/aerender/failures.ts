import { existsSync } from 'node:fs';
import type { ErrorCode } from '../errors.ts';
import { isShortageCode } from '../files.ts';
import type { RunResult } from './run.ts';
import type { TimeoutKind } from './timeouts.ts';

/** Why a run failed, and whether another attempt may succeed. */
interface Failure {
  code: ErrorCode;
  message: string;
  /** Faults of the input fail again; crashes and hangs may not. */
  retryable: boolean;
  /** Another aerender was in the way: try again with no other beside it. */
  retryAlone: boolean;
  /** The system lacks something for a moment, so an attempt that begins at once fails as well. */
  waitFirst: boolean;
}

type Evidence = Omit<RunResult, 'missingFonts' | 'startDuration' | 'killed'>;

const TIMEOUTS: Record<TimeoutKind, [code: ErrorCode, message: (seconds: number) => string]> = {
  start: [
    'RENDER_START_TIMEOUT',
    (seconds) =>
      `The renderer did not begin within ${seconds} seconds (timeouts.start). A dialog that waits for an answer is the usual cause: start After Effects once by hand.`,
  ],
  stall: [
    'RENDER_STALLED',
    (seconds) =>
      `The render made no progress for ${seconds} seconds (timeouts.stall). Missing footage is the usual cause.`,
  ],
  total: ['RENDER_TIMEOUT', (seconds) => `The render took longer than ${seconds} seconds (timeouts.total).`],
};

/** The codes that the script of a job may end it with. */
export const SCRIPT_CODES: readonly ErrorCode[] = [
  'SCRIPT_FAILED',
  'COMPOSITION_NOT_FOUND',
  'LAYER_NOT_FOUND',
  'PROPERTY_NOT_FOUND',
  'ASSET_LAYER_MISMATCH',
  'ASSET_NOT_FOUND',
  'ASSET_INVALID',
  'VALIDATION_ERROR',
];

/** What aerender prints, and what it means for a job. The first match counts. Source: Adobe's commandLineRenderer, public issue threads. */
const MESSAGES: [pattern: RegExp, code: ErrorCode, advice: string][] = [
  [
    /No comp was found with the given name/i,
    'COMPOSITION_NOT_FOUND',
    'Look at the names with `aerender-batch templates show`.',
  ],
  [
    /\btimeSpan(Start|Duration)\b.*\bdisplayStartTime\b/,
    'FRAMES_OUT_OF_RANGE',
    'The composition starts at another time than its template says, so frames would be blank: open the template in After Effects and save it anew.',
  ],
  [
    /Illegal argument flag: -r\b/i,
    'SCRIPT_HOOK_MISSING',
    'This After Effects takes no scripts from aerender; run `aerender-batch doctor`.',
  ],
  [/and the bundled renderer draws up to/, 'COMPOSITION_TOO_LARGE', 'Use a smaller composition, or After Effects.'],
  [/The renderer took more memory than/, 'RENDER_OUT_OF_MEMORY', 'Use smaller pictures or a smaller composition.'],
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

/** Reads a run's evidence. Null: by the renderer's own account all went well, or its output is complete. */
export function classify(run: Evidence, command: string): Failure | null {
  const failure = (code: ErrorCode, message: string, more: Partial<Failure> = {}): Failure => ({
    code,
    message,
    retryable: false,
    retryAlone: false,
    waitFirst: false,
    ...more,
  });
  if (run.spawnError !== null) {
    const { code, message } = run.spawnError;
    const waitFirst = isShortageCode(code ?? '');
    // It was there when the job was created: an update may be replacing it.
    const retryable = waitFirst || code === 'ENOENT';
    return failure('AERENDER_SPAWN_FAILED', `The renderer could not be started: ${message}`, { retryable, waitFirst });
  }
  if (run.scriptFault !== null) {
    const { code, message } = run.scriptFault;
    return failure(SCRIPT_CODES.find((known) => known === code) ?? 'SCRIPT_FAILED', message);
  }
  const printed = run.errors.join('\n');
  if (/Another instance of aerender/i.test(printed)) {
    return failure('AERENDER_BUSY', printed, { retryable: true, retryAlone: true });
  }
  if (run.timedOut !== null) {
    const [code, message] = TIMEOUTS[run.timedOut.kind];
    const retryable = !namesMissingFootage(run.warnings);
    return failure(code, withWarnings(message(run.timedOut.seconds), run.warnings), { retryable });
  }
  if (run.endedWhenDone && printed === '') return null;
  if (isCrash(run) && !run.endedWhenDone) {
    return failure('RENDER_CRASHED', withWarnings(crashMessage(run), run.warnings), { retryable: true });
  }
  // A library on stderr says much; it only counts if the renderer itself says that it failed.
  const words = printed === '' && run.exitCode !== 0 ? run.doubtfulErrors.join('\n') : printed;
  for (const [pattern, code, advice] of MESSAGES) {
    if (pattern.test(words)) return failure(code, `${words} ${advice}`);
  }
  if (words === '' && run.exitCode === 0) return null;
  // Windows has no signals: a renderer that somebody ended in the Task Manager exits with 1.
  const retryable = words === '' && run.exitCode === 1 && process.platform === 'win32';
  return failure('AERENDER_FAILED', failureMessage(run, words, command), { retryable });
}

function failureMessage(run: Evidence, words: string, command: string): string {
  const meaning = EXIT_CODES[run.exitCode ?? -1];
  const end = `The renderer ended with exit code ${run.exitCode}${meaning === undefined ? '' : ` (${meaning})`} after ${run.duration.toFixed(1)} seconds.`;
  const warnings = withWarnings(words === '' ? end : `${words}\n${end}`, run.warnings);
  const lines = run.lastLines.map((line) => line.slice(0, SHOWN_LINE).trim()).join(' | ');
  return `${warnings} The end of its log: ${lines || 'it printed nothing'}. Its command: ${command.slice(0, SHOWN_COMMAND)}`;
}

/** How many characters of a log line or of the command a message shows. */
const SHOWN_LINE = 300;
const SHOWN_COMMAND = 2_000;

/** After Effects reports missing footage only as a warning, so the message of a failure includes its warnings. */
export function withWarnings(message: string, warnings: readonly string[]): string {
  if (warnings.length === 0) return message;
  return `${message} After Effects warned: ${warnings.map((warning) => warning.slice(0, SHOWN_LINE)).join(' | ')}`;
}

/** Whether another try is useless: what is missing now will be missing then. */
export function namesMissingFootage(warnings: readonly string[]): boolean {
  return warnings.some((warning) => {
    if (/file not found|missing (footage|file|item)|footage (is )?missing/i.test(warning)) return true;
    // In other languages: it names a file that is not there.
    const path = /(?:[A-Za-z]:[\\/]|\\\\|\/)[^"“”„«»<>|:*?]+\.\w{2,5}(?!\w)/.exec(warning)?.[0];
    return path !== undefined && !existsSync(path);
  });
}

/** A signal, 128 + a signal through a shell, or a Windows status such as 0xC0000005. */
function isCrash({ exitCode, signal }: Evidence): boolean {
  return signal !== null || (exitCode !== null && exitCode >= 128);
}

function crashMessage({ exitCode, signal, errors }: Evidence): string {
  return [`The renderer crashed (${signal ?? crashCode(exitCode ?? 0)}).`, ...errors].join(' ');
}

function crashCode(exitCode: number): string {
  if (exitCode <= 255) return `exit code ${exitCode}`;
  const meaning = WINDOWS_STATUSES[exitCode];
  return `exit code 0x${exitCode.toString(16).toUpperCase()}${meaning === undefined ? '' : `, ${meaning}`}`;
}

/** Those that programs most often end with. Source: Microsoft's list of NTSTATUS values. */
const WINDOWS_STATUSES: Record<number, string> = {
  3221225477: 'an access violation',
  3221225501: 'an instruction that this processor does not know',
  3221225495: 'out of memory',
  3221225725: 'a stack overflow',
  3221225781: 'a DLL that it needs is not there',
  3221225785: 'a DLL that it needs is another version',
  3221225786: 'its console was closed, or Ctrl-C',
  3221225794: 'a DLL that it needs did not start, as when the user logs off',
  3221226356: 'a corrupt heap',
  3221226505: 'it ended itself, as after abort()',
  3765269347: 'an exception of C++ that nobody caught',
};
