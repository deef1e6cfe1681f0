import { EngineError, RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isShortage, isSystemError } from '../files.ts';
import type { FailedResult } from './messages.ts';

/** How an attempt ended that threw. An unexpected error is a bug of ours, and is reported as one. */
export function failedResult(thrown: unknown): FailedResult {
  const failed = (more: Pick<FailedResult, 'code' | 'message'> & Partial<FailedResult>): FailedResult => ({
    outcome: 'failed',
    retryable: false,
    retryAlone: false,
    waitFirst: false,
    renderDuration: null,
    ...more,
  });
  const message = reasonOf(thrown);
  if (thrown instanceof EngineError) {
    return failed({ code: thrown.code, message, retryable: thrown instanceof RenderError && thrown.retryable });
  }
  if (isDiskFull(thrown)) return failed({ code: 'DISK_FULL', message, retryable: true });
  if (isShortage(thrown)) {
    return failed({
      code: 'WORKFOLDER_FAILED',
      message: `The system lacks open files, processes or memory: ${message}`,
      retryable: true,
      waitFirst: true,
    });
  }
  if (isSystemError(thrown)) {
    return failed({ code: 'WORKFOLDER_FAILED', message: `The work folder could not be used: ${message}` });
  }
  return failed({
    code: 'INTERNAL',
    message: `A bug of aerender-batch ended the attempt: ${message}. Please report it, with the stack in the job's log.`,
  });
}

export function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
