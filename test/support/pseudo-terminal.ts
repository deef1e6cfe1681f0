import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export const PROGRAM = fileURLToPath(new URL('../../bin/aerender-batch.ts', import.meta.url));

/** The program on a real terminal: what a person sees there, and what they press. */
export class PseudoTerminal {
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #exit: Promise<number>;
  #written = '';

  private constructor(pty: IPty, screen: InstanceType<typeof xterm.Terminal>) {
    this.#pty = pty;
    this.#screen = screen;
    this.#exit = new Promise((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
    pty.onData((data) => {
      this.#written += data;
      screen.write(data);
    });
  }

  /** Starts `aerender-batch` with these arguments; a program that still runs after the test is killed. */
  static start(
    t: TestContext,
    args: readonly string[],
    { cwd, columns = 100, env = {} }: { cwd: string; columns?: number; env?: Record<string, string> },
  ): PseudoTerminal {
    const rows = 30;
    const pty = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: { ...process.env, ...env },
    });
    const screen = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 1000,
      allowProposedApi: true,
      convertEol: false,
    });
    const terminal = new PseudoTerminal(pty, screen);
    let running = true;
    void terminal.#exit.then(() => {
      running = false;
    });
    t.after(async () => {
      if (running) pty.kill('SIGKILL');
      await terminal.#exit;
      screen.dispose();
    });
    return terminal;
  }

  /** Types on the keyboard: `\u0003` is Ctrl-C. */
  press(keys: string): void {
    this.#pty.write(keys);
  }

  /** Closes the window: the program gets SIGHUP. */
  hangUp(): void {
    this.#pty.kill('SIGHUP');
  }

  /** Resolves with the screen when it shows the pattern; rejects if the program exits before. */
  async shown(pattern: RegExp): Promise<string> {
    for (;;) {
      const text = (await this.lines()).join('\n');
      if (pattern.test(text)) return text;
      const change = new Promise<void>((resolve) => {
        const subscription = this.#screen.onWriteParsed(() => {
          subscription.dispose();
          resolve();
        });
      });
      const exit = this.#exit.then((exitCode) => {
        throw new Error(`The program exited with ${exitCode} and had not shown ${pattern}:\n${text}`);
      });
      await Promise.race([change, exit]);
    }
  }

  /** Everything that stands on the screen and above it, without the empty lines at its end. */
  async lines(): Promise<string[]> {
    await new Promise<void>((resolve) => this.#screen.write('', resolve));
    const { active } = this.#screen.buffer;
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  /** Every byte that was written, escape codes too. */
  get written(): string {
    return this.#written;
  }

  async exitCode(): Promise<number> {
    return await this.#exit;
  }
}
