import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { BundledEncoder } from '../../lib/aerender/bundled-encoder.ts';
import { ValidationError } from '../../lib/errors.ts';
import { readHeadSync } from '../../lib/files.ts';
import { junitReport } from '../../lib/rows/junit.ts';
import { htmlReport, REPORT_BEGIN } from '../../lib/rows/report.ts';
import { ResultsFile, requireResults } from '../../lib/rows/results.ts';
import { configOf } from './engine.ts';
import { Outcomes } from './outcomes.ts';
import { Posters } from './posters.ts';
import type { Settings } from './settings.ts';

/** What a command that renders writes besides the films. */
export interface ReportFlags {
  results?: string;
  report?: string;
  junit?: string;
}

export function withReportFlags(command: Command): Command {
  return command
    .option('--results <file.csv>', 'write what became of each row or job, as it ends')
    .option('--report <file.html>', 'write a page with every row or job, its picture, film and log')
    .option('--junit <file.xml>', 'write what became of each row or job, for CI');
}

/** Begins of the files that a later run writes anew; any other file is the user's. */
const BEGINS = { report: REPORT_BEGIN, junit: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ' } as const;

/** Checks that the reports can be written, before anything renders. `inputs`: files that they must not replace. */
export function requireReports(flags: ReportFlags, inputs: readonly string[] = []): void {
  const places = (['results', 'report', 'junit'] as const).flatMap((flag) => {
    const path = flags[flag];
    return path === undefined ? [] : [{ flag, path, whole: resolve(path) }];
  });
  for (const [index, { flag, path, whole }] of places.entries()) {
    const other = places.slice(0, index).find((one) => one.whole === whole);
    if (other !== undefined) throw wrong(flag, path, `is the file of --${other.flag} as well`);
    if (inputs.some((input) => resolve(input) === whole)) throw wrong(flag, path, 'is what is rendered');
    if (!existsSync(dirname(whole))) throw wrong(flag, path, 'is in a folder that is not there');
    if (flag === 'results') requireResults(path);
    else if (existsSync(whole) && !beginsWith(whole, BEGINS[flag]))
      throw wrong(flag, path, 'is there already, and is no such report');
  }
}

/** Gathers what becomes of rows or jobs while a command works, and writes the reports that it was asked for. */
export async function withReports<Result>(
  flags: ReportFlags,
  { title, delimiter, settings }: { title: string; delimiter?: string; settings: Settings },
  work: (outcomes: Outcomes) => Promise<Result>,
): Promise<Result> {
  using results =
    flags.results === undefined ? null : new ResultsFile(flags.results, delimiter === undefined ? {} : { delimiter });
  using posters = flags.report === undefined ? null : new Posters(new BundledEncoder(configOf(settings).bundled).file);
  const outcomes = new Outcomes(results, posters);
  let isDone = false;
  try {
    const result = await work(outcomes);
    isDone = true;
    return result;
  } finally {
    // Also of what came to its end before a fault; but no page says that there was nothing where nothing began.
    if (isDone || !outcomes.isEmpty) await write(flags, title, outcomes, posters);
  }
}

async function write(flags: ReportFlags, title: string, outcomes: Outcomes, posters: Posters | null): Promise<void> {
  const all = await outcomes.all();
  if (flags.junit !== undefined) await writeFile(flags.junit, junitReport(title, all));
  if (flags.report !== undefined && posters !== null) {
    const parts = { title, outcomes: all, posters: await posters.all(), file: flags.report };
    await writeFile(flags.report, htmlReport(parts));
  }
}

/** Whether a file begins as a report of ours does; an empty one may be written to as well. */
function beginsWith(path: string, begin: string): boolean {
  if (!statSync(path).isFile()) return false;
  const head = readHeadSync(path, Buffer.byteLength(begin)).toString();
  return head === '' || head === begin;
}

function wrong(flag: string, path: string, reason: string): ValidationError {
  const message = `--${flag} cannot go to ${path}: it ${reason}; name another file`;
  return new ValidationError(message, [{ field: flag, message }]);
}
