/**
 * The keeper: a small process that starts renderers for one worker thread, and kills them when the thread or its host is
 * gone. To start a process costs the more the more memory its parent holds, and a host at work holds hundreds of
 * megabytes.
 */
import { type ProcessListener, type ProcessOptions, type RunningProcess, startProcess } from '../start.ts';
import { encodeFrame, type Frame, FrameReader, payloadOf } from './frames.ts';

// The mark by which Electron runs a script: a renderer must not inherit it.
delete process.env.ELECTRON_RUN_AS_NODE;
const environment = { ...process.env };
// Ctrl-C and a closed window let renders finish, or the host kills them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const running = new Map<number, RunningProcess>();

/** The thread reads more slowly than the renderers print: they wait, and so the log of a render stays out of the memory. */
function send(frame: Buffer): void {
  if (process.stdout.write(frame)) return;
  for (const renderer of running.values()) renderer.pause();
}

process.stdout.on('drain', () => {
  for (const renderer of running.values()) renderer.resume();
});
// The thread is gone: that its pipe is closed says the same.
process.stdout.on('error', () => {});

function start(id: number, options: ProcessOptions): void {
  const listener: ProcessListener = {
    onStarted: (process) => send(encodeFrame('started', id, process)),
    onOutput: (stream, chunk) => send(encodeFrame(stream, id, chunk)),
  };
  const renderer = startProcess(options, listener, environment);
  running.set(id, renderer);
  void renderer.ended.then((end) => {
    running.delete(id);
    send(encodeFrame('ended', id, end));
  });
}

function take(frame: Frame): void {
  if (frame.kind === 'start') start(frame.id, payloadOf<ProcessOptions>(frame));
  if (frame.kind === 'kill') running.get(frame.id)?.kill();
}

async function killAll(): Promise<void> {
  const renderers = [...running.values()];
  for (const renderer of renderers) {
    renderer.kill();
    // The reader is gone: a paused stream would never end.
    renderer.resume();
  }
  await Promise.all(renderers.map(({ ended }) => ended));
  process.exit();
}

const reader = new FrameReader(take);
process.stdin.on('data', (chunk: Buffer) => reader.write(chunk));
process.stdin.on('close', () => void killAll());
process.stdin.on('error', () => {}); // It closes next.
send(encodeFrame('ready', 0));
