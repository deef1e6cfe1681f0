/** The thread's entry: one attempt to render one job, from the work folder to the published file. */
import type { MessagePort } from 'node:worker_threads';
import { type ErrorCode, reasonOf } from '../errors.ts';
import { launchProcess, prepareKeeper } from '../processes/keeper/keeper.ts';
import type { LaunchProcess } from '../processes/start.ts';
import { renderAttempt } from './attempt.ts';
import { blameFullDisk, failedResult, stackOf } from './failed-result.ts';
import { HostedProcess } from './hosted-process.ts';
import type { FailedResult, RenderCommand, RenderMessage, RenderResult, RenderTask, WorkerInput } from './messages.ts';
import { removeWorkFolderAtOnce } from './work-folder.ts';

// The thread is there to render, and its first job is copied meanwhile.
prepareKeeper();

/** A thread that runs this is ready for its first job. */
export function prepare(): void {}

export default async function work({ task, port }: WorkerInput): Promise<void> {
  const kill = new AbortController();
  const send = (message: RenderMessage) => port.postMessage(message);
  const hosted = task.renderer.isHosted ? new HostedProcess((request) => send({ type: 'process', request })) : null;
  port.on('message', (command: RenderCommand) => {
    if (command.type === 'kill') kill.abort();
    else hosted?.take(command.event);
  });
  const result = await resultOf(task, kill.signal, send, hosted?.launch ?? launchProcess);
  cleanUp(task, result, port);
  port.postMessage({ type: 'ended', result } satisfies RenderMessage);
  port.close();
}

async function resultOf(
  task: RenderTask,
  signal: AbortSignal,
  send: (message: RenderMessage) => void,
  launch: LaunchProcess,
): Promise<RenderResult> {
  try {
    const result = await renderAttempt(task, signal, send, launch);
    return result.outcome === 'failed' ? await explained(result, task, signal) : result;
  } catch (error) {
    if (signal.aborted) return { outcome: 'killed' };
    const result = failedResult(error);
    // The message is for the user; the developer who fixes the bug needs the stack.
    if (result.code === 'INTERNAL') send({ type: 'log', text: `aerender-batch: ${stackOf(error)}\n` });
    return await explained(result, task, signal);
  }
}

async function explained(result: FailedResult, task: RenderTask, signal: AbortSignal): Promise<RenderResult> {
  return signal.aborted ? { outcome: 'killed' } : await blameFullDisk(result, task.workDir);
}

function cleanUp(task: RenderTask, result: RenderResult, port: MessagePort): void {
  const keep = task.keepWorkDir === 'always' || (task.keepWorkDir === 'failed' && result.outcome === 'failed');
  // A disk that did not answer a step will not answer this either: what is left is swept at the next start.
  const hangs = result.outcome === 'failed' && result.renderDuration === null && STEP_LIMITS.has(result.code);
  if (keep || hangs) return;
  try {
    removeWorkFolderAtOnce(task.workDir);
  } catch (error) {
    // The job's own end is decided; its log says that the folder stays behind.
    const text = `aerender-batch: the work folder ${task.workDir} could not be removed: ${reasonOf(error)}\n`;
    port.postMessage({ type: 'log', text } satisfies RenderMessage);
  }
}

/** How a step of an attempt ends that got no answer from the system. */
const STEP_LIMITS: ReadonlySet<ErrorCode> = new Set(['RENDER_STALLED', 'RENDER_TIMEOUT']);
