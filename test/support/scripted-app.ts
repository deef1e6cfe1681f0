import { readFileSync } from 'node:fs';

/** As much of After Effects as its command-line renderer and the scripts of the tests touch. */
export interface ScriptedApp {
  project: Project | null;
  exitCode: number;
  /** What was done, in its order. */
  happened: string[];
}

/** The project that is opened, whatever its path. */
export class Project {
  readonly file: string;
  readonly compositions = ['main', 'intro'];
  readonly queue = ['intro'];
  /** What a script may change, and a render shows. */
  title = 'old';

  constructor(file: string) {
    this.file = file;
  }
}

/** What scripts read files with: `open` answers false if it cannot. */
export class ScriptFile {
  readonly #path: string;
  #text = '';
  encoding = '';

  constructor(path: string) {
    this.#path = path;
  }

  open(): boolean {
    try {
      this.#text = readFileSync(this.#path, 'utf8');
      return true;
    } catch {
      return false;
    }
  }

  read(): string {
    return this.#text;
  }

  close(): void {}
}
