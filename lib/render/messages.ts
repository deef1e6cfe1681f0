/**
 * All that crosses the thread boundary, in both directions. Everything here is plain and structured-cloneable.
 *
 * Host → thread: a `RenderTask` (the argument of the task), then `RenderCommand`s through the task's port.
 * Thread → host: `RenderMessage`s through the port; the last one carries the `RenderResult`.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Renderer } from '../aerender/renderers.ts';
import type { Timeouts } from '../aerender/timeouts.ts';
import type { Step } from '../assets/asset.ts';
import type { UploadTarget } from '../contract/delivery.ts';
import type { Codec } from '../contract/formats.ts';
import type { ErrorCode } from '../errors.ts';
import type { FontFile } from '../fonts/font.ts';
import type { PlannedFile, PlannedOutput, PlannedTemplate } from '../plan/job-plan.ts';
import type { KnownProcess } from '../processes/tree.ts';
import type { HostedProcessEvent, HostedProcessRequest } from './hosted-process.ts';

/** A file of an asset. `src` is an absolute path or a `data:` URI. */
export interface TaskFile extends Omit<PlannedFile, 'source'> {
  src: string;
}

export interface RenderTask {
  jobId: string;
  batchId: string | null;
  /** Names the attempt, and its work folder. A ULID. */
  attemptId: string;
  /** The attempt's own folder, on the same file system as `output.path`; the worker makes and removes it. */
  workDir: string;
  keepWorkDir: 'never' | 'failed' | 'always';
  template: Pick<PlannedTemplate, 'path' | 'type' | 'beside'>;
  /** Null only if the template could not be read whole and the job names none. */
  composition: string | null;
  files: TaskFile[];
  /** What the script does, in the order of the job's assets. */
  steps: Step[];
  renderer: Renderer;
  /** Fonts that the system does not have, to be there for the renderer. */
  fonts: FontFile[];
  output: {
    /** Where the finished file is published. Absolute, inside `folder`. */
    path: string;
    /** The engine's output folder. */
    folder: string;
    /**
     * Which file of its name it may replace: `any`; one that was written since this time (milliseconds since 1970), which
     * is that of an earlier attempt of the job; or none (null).
     */
    replaces: 'any' | number | null;
    codec: Codec;
  } & Omit<PlannedOutput, 'codec'>;
  timeouts: Timeouts;
  /** `low`: the system serves its other programs first. */
  priority: 'normal' | 'low';
  multiFrame: { enabled: boolean; maxCpuPercent: number } | null;
  maxMemoryPercent: number | null;
  /** After Effects' output module templates by codec id, where the embedder has named its own. */
  outputModules: Record<string, string>;
  /** Where the output is to be uploaded; the host does that, after the thread has published it. */
  upload: UploadTarget | null;
  /** Bytes of log kept for the job; more is cut with a mark. */
  logLimit: number;
}

export type RenderCommand = { type: 'kill' } | { type: 'process'; event: HostedProcessEvent };

export type RenderMessage =
  /** The renderer's process runs. */
  | { type: 'started'; process: KnownProcess }
  /** At most ten a second; never goes back. Seconds; `null` where the renderer reports no frames. */
  | {
      type: 'progress';
      progress: number | null;
      frame: number | null;
      totalFrames: number | null;
      elapsed: number;
      remaining: number | null;
    }
  /** Whole lines, cleaned of control characters. */
  | { type: 'log'; text: string }
  | { type: 'missingFonts'; fonts: string[] }
  /** The host is to start the renderer, or to kill it. */
  | { type: 'process'; request: HostedProcessRequest }
  /** The renderer has succeeded, by its own word, and all its processes have ended: the next one may start. */
  | { type: 'rendered' }
  /** The last one. */
  | { type: 'ended'; result: RenderResult };

/** What Piscina hands to the thread. */
export interface WorkerInput {
  task: RenderTask;
  port: MessagePort;
}

/** How an attempt failed, and what may help. */
export interface FailedResult {
  outcome: 'failed';
  code: ErrorCode;
  message: string;
  retryable: boolean;
  /** Another instance held After Effects: the next attempt must run with no other beside it. */
  retryAlone: boolean;
  /** The system lacks something for a moment: no attempt must begin at once. */
  waitFirst: boolean;
  renderDuration: number | null;
}

export type RenderResult =
  | {
      outcome: 'published';
      /** Where the output is: under another extension than was asked for, if the renderer wrote another format. */
      path: string;
      warnings: string[];
      /** Seconds from spawn to exit, and of that the time until the first frame or record of the render. */
      renderDuration: number;
      startDuration: number | null;
    }
  | FailedResult
  | { outcome: 'killed' };
