import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { EngineOptions } from '../../lib/config.ts';
import { BatchEngine } from '../../lib/engine.ts';
import { ValidationError } from '../../lib/errors.ts';

/** The options that stand before every command. */
export interface GlobalOptions {
  db: string;
  out: string;
  aerender?: string[];
  allowScripts?: boolean;
  json?: boolean;
}

export function globalOptions(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

/** Opens the engine of a command, and closes it whatever the command does. Only `render` opens one that renders. */
export async function withEngine<Result>(
  options: GlobalOptions,
  more: Partial<EngineOptions>,
  work: (engine: BatchEngine) => Promise<Result>,
): Promise<Result> {
  const database = more.database ?? resolve(options.db);
  if (database !== ':memory:') await mkdir(dirname(database), { recursive: true });
  const engine = await BatchEngine.open({
    outputDir: options.out,
    paused: true,
    allowScripts: options.allowScripts ?? false,
    ...more,
    database,
    aerender: { binaries: binaries(options.aerender ?? []) },
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The paths that `--aerender` gives, by version. */
export function binaries(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals > 0) return [pair.slice(0, equals), resolve(pair.slice(equals + 1))];
      const message = `must be a version and a path, such as ae2026=/path/to/aerender; got '${pair}'`;
      throw new ValidationError(`--aerender ${message}`, [{ field: 'aerender', message }]);
    }),
  );
}
