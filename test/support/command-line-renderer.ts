import { runInContext } from 'node:vm';
import { extendScriptRealm } from './extendscript.ts';
import { Project, type ScriptedApp, ScriptFile } from './scripted-app.ts';

/** How many values each flag of a stock After Effects takes (Adobe's help, and the log files of real renders). */
const FLAGS = new Map([
  ...['-continueOnMissingFootage', '-doSavePrefsOnQuit'].map((flag) => [flag, 0] as const),
  ...['-port', '-project', '-comp', '-rqindex', '-RStemplate', '-OMtemplate', '-renderSettings', '-outputSettings'].map(
    (flag) => [flag, 1] as const,
  ),
  ...['-output', '-log', '-s', '-e', '-i', '-v', '-close', '-sound', '-teamproject'].map((flag) => [flag, 1] as const),
  ...['-mem_usage', '-mfr'].map((flag) => [flag, 2] as const),
]);

/** What the exit codes of a failure are printed with. */
const PREFIXES: Readonly<Record<number, string>> = { 2: 'USAGE: ', 3: 'SYNTAX ERROR: ', 5: 'ERROR: ', 7: 'ERROR: ' };

/**
 * A small model of the object that renders for aerender inside After Effects, `gAECommandLineRenderer`: the methods and
 * their order as facts.md and the doc comment of the start-up script name them, the words those of real logs.
 */
export class CommandLineRenderer {
  readonly #app: ScriptedApp;
  readonly EXIT_OTHER_SCRIPTING_ERROR = 5;
  readonly printed: string[] = [];
  readonly log_file = { writeln: (line: string) => void this.printed.push(...line.split('\n')) };
  is_verbose_mode = true;
  inArgs: string[] = [];
  #values = new Map<string, string>();

  constructor(app: ScriptedApp) {
    this.#app = app;
  }

  Render(...args: string[]): void {
    try {
      this.#app.exitCode = 0;
      this.inArgs = args;
      this.ParseInArgs();
      this.ReallyRender();
    } catch (error) {
      this.log_file.writeln(`aerender ${String(error)}`);
    }
  }

  ParseInArgs(): void {
    this.#values = new Map();
    if (this.inArgs.includes('-help')) this.SetExitCodeAndThrowException(2, '');
    for (let index = 0; index < this.inArgs.length; ) index += this.ParseParamStartingAt(index);
  }

  ParseParamStartingAt(index: number): number {
    const flag = this.inArgs[index] ?? '';
    const values = FLAGS.get(flag);
    if (values === undefined) return this.SetExitCodeAndThrowException(3, `Illegal argument flag: ${flag}`);
    for (let value = 1; value <= values; value += 1) this.#values.set(flag, this.GetValueForFlag(index + value, flag));
    return 1 + values;
  }

  GetValueForFlag(index: number, flag: string): string {
    const value = this.inArgs[index];
    return value
      ? value.replace(/^"(.*)"$/, '$1')
      : this.SetExitCodeAndThrowException(3, `no value given for flag: ${flag}`);
  }

  ReallyRender(): void {
    try {
      this.#open();
      const item = this.#item();
      if (item !== null) this.EstablishAsOnlyQueuedItem(item);
      this.SaveAndSetRenderSoundSetting();
      const rendered = item ?? this.#project.queue.join(' and ');
      this.#app.happened.push(`rendered ${rendered} with the title ${this.#project.title}`);
    } catch (error) {
      this.log_file.writeln(`aerender ${String(error)}`);
    } finally {
      this.#app.project = null;
    }
  }

  GetFirstQueuedRQItemWithName(name: string): string | null {
    return this.#project.queue.includes(name) ? name : null;
  }

  AddCompToRenderQueue(name: string): string | null {
    if (!this.#project.compositions.includes(name)) return null;
    this.#project.queue.push(name);
    this.#app.happened.push(`queued ${name}`);
    return name;
  }

  EstablishAsOnlyQueuedItem(item: string): void {
    this.#app.happened.push(`only ${item} is to be rendered`);
  }

  SaveAndSetRenderSoundSetting(): void {}

  SetExitCodeAndThrowException(code: number, message: string): never {
    if (this.#app.exitCode === 0) this.#app.exitCode = code;
    throw `${PREFIXES[code] ?? ''}${message}`;
  }

  get #project(): Project {
    return this.#app.project ?? this.SetExitCodeAndThrowException(7, 'No project provided and no project open.');
  }

  #open(): void {
    const file = this.#values.get('-project');
    if (file === undefined) return;
    this.#app.project = new Project(file);
    this.#app.happened.push(`opened ${file}`);
  }

  #item(): string | null {
    const name = this.#values.get('-comp');
    const index = this.#values.get('-rqindex');
    if (name === undefined) return index === undefined ? null : (this.#project.queue[Number(index) - 1] ?? null);
    const queued = this.GetFirstQueuedRQItemWithName(name);
    if (queued !== null) return queued;
    const added = this.AddCompToRenderQueue(name);
    if (added === null) return this.SetExitCodeAndThrowException(7, 'No comp was found with the given name.');
    this.log_file.writeln('PROGRESS: Adding specified comp to Render Queue');
    return added;
  }
}

/** Starts an After Effects with its start-up scripts in their order; `shape` makes another version of its renderer. */
export function startAfterEffects({
  startup,
  shape,
}: {
  startup: string[];
  shape?: (renderer: CommandLineRenderer) => void;
}) {
  const app: ScriptedApp = { project: null, exitCode: 0, happened: [] };
  const renderer = new CommandLineRenderer(app);
  shape?.(renderer);
  const context = extendScriptRealm({ app, File: ScriptFile, gAECommandLineRenderer: renderer });
  const run = (script: string) => void runInContext(script, context);
  startup.forEach(run);
  return {
    renderer,
    run,
    /** What one call of aerender does and prints. */
    render(...args: string[]) {
      const [happened, printed] = [app.happened.length, renderer.printed.length];
      renderer.Render(...args);
      return {
        exitCode: app.exitCode,
        happened: app.happened.slice(happened),
        printed: renderer.printed.slice(printed),
      };
    },
  };
}
