import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { type EngineConfig, type EngineOptions, readOptions } from '../../lib/config.ts';
import { BatchEngine } from '../../lib/engine.ts';
import { ValidationError } from '../../lib/errors.ts';
import { asWritten, type GlobalOptions, readSettings, type Settings } from './settings.ts';

export function globalOptions(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

/**
 * What a command does with the database. `keep` makes one if there is none. `look` opens one that is there; one that is
 * not holds nothing, unless the caller named it. `try` uses it if it is there, and stores nothing.
 */
type Use = 'keep' | 'look' | 'try';

/** Opens the engine of a command, paused, and closes it whatever the command does. */
export async function withEngine<Result>(
  flags: GlobalOptions,
  use: Use,
  work: (engine: BatchEngine, settings: Settings) => Promise<Result>,
): Promise<Result> {
  const settings = await readSettings(flags);
  const engine = await open(settings, { ...settings.options, ...(await databaseFor(use, settings)), paused: true });
  try {
    return await work(engine, settings);
  } finally {
    await engine.close();
  }
}

async function databaseFor(use: Use, settings: Settings): Promise<{ database: string }> {
  const { database } = settings.options;
  if (database === ':memory:' || existsSync(database)) return { database };
  if (use === 'keep') {
    await mkdir(dirname(database), { recursive: true });
    return { database };
  }
  // A misspelt path must not become a folder with an empty database.
  if (use === 'look' && settings.databaseIsNamed) {
    const message = `${database} is not there; check the path, or leave it out to use the database of this folder`;
    throw new ValidationError(`${settings.nameOf('database')} ${message}`, [{ field: 'database', message }]);
  }
  return { database: ':memory:' };
}

/** The options of the engine as it would read them. */
export function configOf(settings: Settings): EngineConfig {
  try {
    return readOptions(settings.options);
  } catch (error) {
    throw error instanceof ValidationError ? asWritten(error, settings) : error;
  }
}

async function open(settings: Settings, options: EngineOptions): Promise<BatchEngine> {
  try {
    return await BatchEngine.open(options);
  } catch (error) {
    throw error instanceof ValidationError ? asWritten(error, settings) : error;
  }
}
