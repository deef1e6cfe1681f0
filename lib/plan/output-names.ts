import { existsSync } from 'node:fs';
import type { Fault } from '../errors.ts';
import { fileNameKey } from '../files.ts';

/** An output that its job names. */
interface NamedOutput {
  /** Below the output folder. */
  name: string;
  /** Absolute. */
  path: string;
  overwrite: boolean;
}

/**
 * The names of outputs that are given away: no two jobs make the same file, on a file system that ignores case neither.
 * Jobs that are named by their ids are not asked about: no two ids are the same.
 */
export class OutputNames {
  readonly #unended: () => readonly { id: string; name: string }[];
  /** By the key of the name: what makes the file, in words. */
  #makers: Map<string, string> | null = null;

  /** `unended`: the outputs of the jobs that have not ended. */
  constructor(unended: () => readonly { id: string; name: string }[]) {
    this.#unended = unended;
  }

  /** Gives a name to a job; or says why it cannot have it. */
  give({ name, path, overwrite }: NamedOutput, maker: string): Fault | null {
    this.#makers ??= new Map(
      this.#unended().map(({ id, name }) => [fileNameKey(name), `job ${id}, which has not ended,`]),
    );
    const key = fileNameKey(name);
    const other = this.#makers.get(key);
    if (other !== undefined) return exists(`${other} makes the same file, ${name}`);
    this.#makers.set(key, maker);
    if (overwrite || !existsSync(path)) return null;
    return exists(`${path} is there already; set local.overwrite to replace it`);
  }
}

function exists(message: string): Fault {
  return { code: 'OUTPUT_EXISTS', message: `local.fileName: ${message}` };
}
