import { Command } from 'commander';
import { ValidationError } from '../../lib/errors.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson } from '../terminal/print.ts';

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export function pruneCommand(): Command {
  return new Command('prune')
    .description('Forgets batches that ended long ago, with their logs and kept work folders. Outputs stay.')
    .requiredOption('--older-than <age>', 'an age such as 12h, 30d or 8w, or a date such as 2026-01-31')
    .addHelpText('after', examples('prune --older-than 30d', 'prune --older-than 2026-01-31'))
    .action(async (own: { olderThan: string }, command: Command) => {
      const options = globalOptions(command);
      const olderThan = timeOf(own.olderThan, Date.now());
      const pruned = await withEngine(options, 'look', (engine) => engine.prune({ olderThan }));
      if (options.json === true) return printJson(pruned);
      const { batches, jobs, workFolders } = pruned;
      print(
        `Forgot ${count(batches, 'batch', 'batches')}, ${count(jobs, 'single job', 'single jobs')} and ${count(workFolders, 'work folder', 'work folders')}. Outputs stay where they are.`,
      );
    });
}

function timeOf(text: string, now: number): Date {
  const [, number, unit] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const time =
    unit === undefined ? new Date(text) : new Date(now - Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  if (!Number.isNaN(time.getTime())) return time;
  const message = `must be an age such as 12h, 30d or 8w, or a date such as 2026-01-31; got '${text}'`;
  throw new ValidationError(`--older-than ${message}`, [{ field: 'older-than', message }]);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
