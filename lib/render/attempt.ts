import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { aerenderArguments, ffmpegArguments, outputModule, pathSeenBy } from '../aerender/arguments.ts';
import { classify, namesMissingFootage, withWarnings } from '../aerender/failures.ts';
import { type RunResult, runAerender } from '../aerender/run.ts';
import { AttemptLimits } from '../aerender/timeouts.ts';
import { RenderError } from '../errors.ts';
import { withInstalledFonts } from '../fonts/install/install.ts';
import type { LaunchProcess } from '../processes/start.ts';
import { buildScript } from '../script/build.ts';
import type { RenderMessage, RenderResult, RenderTask } from './messages.ts';
import { checkOutput, outputArgument, packOutput, publish } from './output.ts';
import { prepare } from './prepare.ts';
import { Log, Progress } from './reports.ts';
import { openWorkFolder, type WorkFolder } from './work-folder.ts';

/** What is being published is not killed any more. */
const NEVER = new AbortController().signal;

/**
 * One attempt to render one job: prepare the work folder, run the renderer, look at what it wrote, publish it. Throws
 * an `EngineError` where it cannot begin or its output is not whole.
 */
export async function renderAttempt(
  task: RenderTask,
  signal: AbortSignal,
  send: (message: RenderMessage) => void,
  launch: LaunchProcess,
): Promise<RenderResult> {
  const limits = new AttemptLimits(task.timeouts, signal);
  const { folder, project, files } = await limits.step('Filling the work folder', async (step) => {
    const folder = await openWorkFolder(task.workDir);
    return { folder, ...(await prepare(task, folder, step)) };
  });
  const nonce = randomUUID();
  const script = writeScript(task, files, folder, nonce);
  signal.throwIfAborted();
  const prepared = { project, script, nonce, folder, limits, launch };
  // After Effects accepts only fonts that are installed; the bundled renderer finds them beside the project.
  const fonts = task.renderer.kind === 'after-effects' ? task.fonts : [];
  const warn = (warning: string) => send({ type: 'log', text: `aerender-batch: ${warning}\n` });
  const start = () => runRenderer(task, prepared, signal, send);
  const run = await (fonts.length === 0 ? start() : withInstalledFonts(fonts, warn, start));
  if (run.missingFonts.length > 0) send({ type: 'missingFonts', fonts: run.missingFonts });
  if (run.killed) return { outcome: 'killed' };
  const fault = classify(run, run.command);
  if (fault !== null) return { outcome: 'failed', ...fault, renderDuration: run.duration };
  send({ type: 'rendered' });
  const output = await limits.step('Checking the output', async (step) => {
    const checked = await checkOutput(task, folder, run.expectedFrames).catch((error: unknown) => {
      throw explained(error, run);
    });
    return { ...checked, file: await packOutput(task, checked, folder, step) };
  });
  // The last moment at which a kill can still be obeyed: after it, the output is there.
  if (signal.aborted) return { outcome: 'killed' };
  const path = withExtension(task.output.path, output.extension);
  await new AttemptLimits(task.timeouts, NEVER).step('Publishing the output', (step) =>
    publish(output.file, path, task.output, step),
  );
  return {
    outcome: 'published',
    path,
    warnings: output.warnings,
    renderDuration: run.duration,
    startDuration: run.startDuration,
  };
}

function withExtension(path: string, extension: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.${extension}`);
}

/** Null if no asset needs a script; the job then renders in an After Effects without the start-up script. */
function writeScript(task: RenderTask, files: readonly string[], folder: WorkFolder, nonce: string): string | null {
  if (task.steps.length === 0) return null;
  const seen = pathSeenBy(task.renderer);
  const steps = task.steps.map((step) => {
    // The first of an asset's files is the one that its step is carried out with.
    const position = task.files.findIndex(({ asset }) => asset === step.asset);
    const path = files[position];
    if (path === undefined) return step;
    const isSequence = task.files[position]?.sequence !== undefined;
    return { ...step, src: seen(path), ...(isSequence ? { isSequence } : {}) };
  });
  writeFileSync(folder.script, buildScript({ composition: task.composition, steps, nonce }));
  return folder.script;
}

interface Prepared {
  project: string;
  script: string | null;
  nonce: string;
  folder: WorkFolder;
  limits: AttemptLimits;
  launch: LaunchProcess;
}

async function runRenderer(
  task: RenderTask,
  { project, script, nonce, folder, limits, launch }: Prepared,
  signal: AbortSignal,
  send: (message: RenderMessage) => void,
): Promise<RunResult & { expectedFrames: number | null; command: string }> {
  const log = new Log(task.logLimit, (text) => send({ type: 'log', text }));
  const progress = new Progress({
    expectedFrames: task.output.expectedFrames,
    isAsked: task.output.frames !== null,
    report: (state) => send({ type: 'progress', ...state }),
  });
  const seen = pathSeenBy(task.renderer);
  const { file, node, ffmpeg } = task.renderer;
  // The bundled renderer runs code of others in a process of its own; a script without it needs none.
  const hasOwnCode = task.steps.some(({ type }) => type === 'script');
  const trust = task.renderer.kind === 'bundled' && !hasOwnCode ? ['-trustScript'] : [];
  // Footage may lie above the project in it.
  const readable = task.renderer.kind === 'bundled' ? ['-allowRead', task.workDir] : [];
  const args = aerenderArguments({
    project: seen(project),
    composition: task.composition,
    output: seen(outputArgument(task, folder)),
    script: script === null ? null : seen(script),
    frames: task.output.frames,
    quality: task.output.quality,
    halfResolution: task.output.halfResolution,
    supersample: task.renderer.kind === 'bundled' ? task.output.supersample : undefined,
    outputModule: outputModule(task.output.codec, task.renderer.kind, task.outputModules),
    multiFrame: task.multiFrame,
    maxMemoryPercent: task.maxMemoryPercent,
  });
  try {
    const run = await runAerender({
      launch,
      file,
      node,
      args: [...trust, ...readable, ...(ffmpeg === null ? [] : ffmpegArguments(ffmpeg)), ...args],
      cwd: dirname(project),
      priority: task.priority,
      scriptNonce: script === null ? null : nonce,
      timeouts: limits.forRenderer(),
      signal,
      watch: folder.output,
      sawLastFrame: () => progress.isLastFrame,
      isOutputComplete: (saysDone) => isComplete(task, folder, { frames: progress.totalFrames, saysDone }),
      onStarted: (process) => send({ type: 'started', process }),
      onRecord: (record) => progress.take(record),
      onLog: (text) => log.write(text),
    });
    // The renderer had what was left of the total; a message names the whole.
    if (run.timedOut?.kind === 'total') run.timedOut.seconds = task.timeouts.total ?? run.timedOut.seconds;
    return { ...run, expectedFrames: progress.totalFrames, command: commandLine(file, args) };
  } finally {
    progress.end();
    log.end();
  }
}

/** A fault of the output, with what After Effects warned of: it reports missing footage in no other way. */
function explained(error: unknown, { warnings }: RunResult): unknown {
  if (!(error instanceof RenderError) || warnings.length === 0) return error;
  const retryable = error.retryable && !namesMissingFootage(warnings);
  return new RenderError(error.code, withWarnings(error.message, warnings), { cause: error, retryable });
}

/** For people: as it could be typed into a terminal. */
function commandLine(file: string, args: readonly string[]): string {
  return [file, ...args].map((word) => (/^[\w./:\\=-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** Whether the renderer has written all. Without a number of frames, only its own words say that no picture is missing. */
async function isComplete(
  task: RenderTask,
  folder: WorkFolder,
  { frames, saysDone }: { frames: number | null; saysDone: boolean },
): Promise<boolean> {
  if (task.output.codec.type === 'image' && frames === null && !saysDone) return false;
  return await checkOutput(task, folder, frames).then(
    () => true,
    () => false, // Not complete yet; at its end the check names the fault.
  );
}
