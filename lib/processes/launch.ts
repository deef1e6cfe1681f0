import { Keeper } from './keeper/keeper.ts';
import { findNodeProgram } from './node-program.ts';
import { type ProcessListener, type ProcessOptions, type RunningProcess, startProcess } from './start.ts';

/** This thread's keeper, kept between jobs. Null: none can be started here, so the thread starts processes itself. */
let opening: Promise<Keeper | null> | undefined;

/** Starts this thread's keeper before it is needed, so that the first process does not wait for it. */
export function prepareKeeper(): void {
  opening ??= openKeeper();
}

async function openKeeper(): Promise<Keeper | null> {
  const node = await findNodeProgram(null);
  // An Electron app that forbids its program to run as Node.
  if ('fault' in node) return null;
  const keeper = new Keeper(node.file);
  return await keeper.ready.then(
    () => keeper,
    () => null, // It is faster, and no more.
  );
}

/** Returns the keeper, a new one if it has ended. */
async function livingKeeper(): Promise<Keeper | null> {
  prepareKeeper();
  const keeper = (await opening) ?? null;
  if (keeper === null || keeper.isAlive) return keeper;
  opening = openKeeper();
  return (await opening) ?? null;
}

/** Starts a process through this thread's keeper. It is then killed also if the thread or the host dies. */
export function launchProcess(options: ProcessOptions, listener: ProcessListener): RunningProcess {
  let isKilled = false;
  let running: RunningProcess | null = null;
  const start = async () => {
    const keeper = await livingKeeper();
    running = keeper === null ? startProcess(options, listener) : keeper.start(options, listener);
    if (isKilled) running.kill();
    return await running.ended;
  };
  return {
    ended: start(),
    kill: () => {
      isKilled = true;
      running?.kill();
    },
    pause: () => running?.pause(),
    resume: () => running?.resume(),
  };
}
