/** The thread's entry: one attempt to render one job, from the work folder to the published file. */
import type { MessagePort } from 'node:worker_threads';
import { EngineError, RenderError, reasonOf } from '../errors.ts';
import { isDiskFull } from '../files.ts';
import { renderAttempt } from './attempt.ts';
import { blameFullDisk, type FailedResult } from './check-output.ts';
import type { RenderCommand, RenderMessage, RenderResult, RenderTask, WorkerInput } from './messages.ts';
import { removeWorkFolder } from './work-folder.ts';

export default async function work({ task, port }: WorkerInput): Promise<void> {
  const kill = new AbortController();
  port.on('message', (command: RenderCommand) => {
    if (command.type === 'kill') kill.abort();
  });
  const result = await resultOf(task, kill.signal, (message) => port.postMessage(message));
  await cleanUp(task, result, port);
  port.postMessage({ type: 'ended', result } satisfies RenderMessage);
  port.close();
}

async function resultOf(
  task: RenderTask,
  signal: AbortSignal,
  send: (message: RenderMessage) => void,
): Promise<RenderResult> {
  const result = await renderAttempt(task, signal, send).catch((error: unknown) => failure(error));
  if (result.outcome !== 'failed') return result;
  return signal.aborted ? { outcome: 'killed' } : await blameFullDisk(result, task.workDir);
}

function failure(error: unknown): FailedResult {
  const known = error instanceof EngineError;
  const diskFull = isDiskFull(error);
  return {
    outcome: 'failed',
    code: known ? error.code : diskFull ? 'DISK_FULL' : 'WORKFOLDER_FAILED',
    message: known ? error.message : `The work folder could not be used: ${reasonOf(error)}`,
    retryable: error instanceof RenderError ? error.retryable : diskFull,
    retryAlone: false,
    waitFirst: false,
    renderDuration: null,
  };
}

async function cleanUp(task: RenderTask, result: RenderResult, port: MessagePort): Promise<void> {
  const keep = task.keepWorkDir === 'always' || (task.keepWorkDir === 'failed' && result.outcome === 'failed');
  if (keep) return;
  try {
    await removeWorkFolder(task.workDir);
  } catch (error) {
    // The job's own end is decided; a folder that stays behind is told in its log, and swept at the next start.
    const text = `aerender-batch: the work folder ${task.workDir} could not be removed: ${reasonOf(error)}\n`;
    port.postMessage({ type: 'log', text } satisfies RenderMessage);
  }
}
