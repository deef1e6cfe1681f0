import { EXIT_NOW, type UtilityMessage } from '../../processes/utility-messages.ts';

/** What started the renderer's process: it hears the log, and how the render ended. */
export interface Launcher {
  /** Whole lines. */
  write(text: string): void;
  /** The last call. The process exits. */
  end(exitCode: number): void;
}

/** What Electron gives a utility process. Source: Electron, "parentPort". */
interface ParentPort {
  postMessage(message: UtilityMessage): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Null: this is no utility process of Electron. */
export function parentPort(): ParentPort | null {
  return (process as { parentPort?: ParentPort }).parentPort ?? null;
}

/** `lost`: the exit code for the case that the launcher is gone, and nobody waits for the pictures any more. */
export function launcherOf(lost: number): Launcher {
  const port = parentPort();
  return port === null ? new ParentProcess(lost) : new ElectronHost(port);
}

/** `aerender-lottie`, which passes stdout on. */
class ParentProcess implements Launcher {
  readonly #orphaned: () => void;

  constructor(lost: number) {
    this.#orphaned = () => process.exit(lost);
    process.once('disconnect', this.#orphaned);
  }

  write(text: string): void {
    process.stdout.write(text);
  }

  end(exitCode: number): void {
    process.exitCode = exitCode;
    process.off('disconnect', this.#orphaned);
    process.disconnect?.();
  }
}

/** Electron ends this process with the app. What is written to stdout is lost if the process exits at once. */
class ElectronHost implements Launcher {
  readonly #port: ParentPort;

  constructor(port: ParentPort) {
    this.#port = port;
  }

  write(text: string): void {
    this.#port.postMessage({ type: 'log', text });
  }

  end(exitCode: number): void {
    this.#port.on('message', ({ data }) => {
      if (data === EXIT_NOW) process.exit(exitCode);
    });
    this.#port.postMessage({ type: 'ended', exitCode });
  }
}
