import type { BatchEngine } from '../../lib/engine.ts';
import { ValidationError } from '../../lib/errors.ts';
import { type CreatedRows, createRows } from '../../lib/rows/create.ts';
import { compareRows, earlierJobs, type RowDecision } from '../../lib/rows/resume.ts';
import { withEngine } from './engine.ts';
import { printEvents } from './event-lines.ts';
import type { FollowedBatches } from './follow-batches.ts';
import { followWithEarlier, type RenderChoices } from './follow-with-earlier.ts';
import type { ShownBatch } from './job-labels.ts';
import type { Outcomes } from './outcomes.ts';
import { detailsOf, exitCodeOf, printCounts, printSummary } from './output-form.ts';
import { plain, print } from './print.ts';
import { type ReportFlags, requireReports, withReports } from './reports.ts';
import type { GlobalOptions } from './settings.ts';
import { readSheetJobs, type SheetFlags, type SheetJobs } from './sheet-file.ts';
import { counted, inOrder, printNotes, printRowFaults } from './sheet-lines.ts';
import { unfinishedBatches } from './unfinished.ts';

/** What `render` takes for a sheet besides what `check` takes. */
export interface RenderSheetFlags extends SheetFlags, ReportFlags {
  resume?: boolean;
  explain?: boolean;
}

/** Renders the rows of a sheet; returns the exit code. */
export async function renderSheet(
  file: string,
  flags: RenderSheetFlags,
  options: GlobalOptions,
  choices: RenderChoices,
): Promise<number> {
  if (flags.explain === true && flags.resume !== true) {
    const message = '--explain says why --resume renders a row: give both';
    throw new ValidationError(message, [{ field: 'explain', message }]);
  }
  const sheet = await readSheetJobs(file, flags);
  requireReports(flags, [file, ...(sheet.mappingFile === null ? [] : [sheet.mappingFile])]);
  const place = { title: sheet.sheet.name, delimiter: sheet.sheet.format.delimiter };
  return await withEngine(options, 'keep', (engine, settings) =>
    withReports(flags, { ...place, settings }, (outcomes) =>
      new SheetRender(engine, sheet, outcomes).run(flags, choices),
    ),
  );
}

/** The jobs of the rows that are rendered, and what is told of them. */
interface Made {
  decisions: readonly RowDecision[];
  created: CreatedRows;
  batches: ShownBatch[];
  /** By the id of its job. */
  rows: Map<string, { row: number; key: string | null }>;
}

class SheetRender {
  readonly #engine: BatchEngine;
  readonly #sheet: SheetJobs;
  readonly #outcomes: Outcomes;

  constructor(engine: BatchEngine, sheet: SheetJobs, outcomes: Outcomes) {
    this.#engine = engine;
    this.#sheet = sheet;
    this.#outcomes = outcomes;
  }

  async run({ resume, explain }: RenderSheetFlags, choices: RenderChoices): Promise<number> {
    const { form } = choices;
    if (form === 'events') printEvents(this.#engine);
    const earlier = await unfinishedBatches(this.#engine);
    const rest = await createRows(this.#engine, this.#sheet.jobs.faultyRows, { dryRun: true });
    const made = await this.#make(resume === true);
    const { created, batches, decisions } = made;
    const faults = inOrder([...this.#sheet.jobs.faults, ...created.faults, ...rest.faults]);
    const refused = this.#refusedRows(made);
    this.#outcomes.refusedRows(this.#sheet.sheet.name, refused, faults);
    this.#outcomes.unchangedRows(decisions);
    this.#outcomes.follow(this.#engine);
    if (form === 'text') {
      if (explain === true) this.#explain(decisions);
      this.#announce(made, faults);
    }
    const own = new Set(batches.map(({ batchId }) => batchId));
    const others = earlier.filter(({ batchId }) => !own.has(batchId));
    const { followed, hasEarlier } = await followWithEarlier(this.#engine, batches, others, choices);
    const wrong = Math.max(refused.length, faults.length > 0 ? 1 : 0);
    const exitCode = exitCodeOf(followed, wrong);
    const [only] = batches.length === 1 && !hasEarlier ? batches : [];
    if (form === 'text')
      printCounts(followed, { refused: refused.length, ...(only === undefined ? {} : { batchId: only.batchId }) });
    else await this.#summarise(form, { made, faults, followed, exitCode });
    return exitCode;
  }

  /** Creates the jobs of the rows that need one, and finds those that wait since an earlier run. */
  async #make(resume: boolean): Promise<Made> {
    const { rows: all } = this.#sheet.jobs;
    const { decisions, outdated } = resume
      ? compareRows(all, await earlierJobs(this.#engine))
      : { decisions: all.map((row): RowDecision => ({ row, state: 'new', why: '', job: null })), outdated: [] };
    const waiting = outdated.filter(({ status }) => status === 'queued' || status === 'pending');
    for (let from = 0; from < waiting.length; from += 1_000)
      await this.#engine.jobs.cancel(waiting.slice(from, from + 1_000).map(({ id }) => id));
    const created = await createRows(
      this.#engine,
      decisions.flatMap(({ row, job }) => (job === null ? [row] : [])),
    );
    const keys = new Map(all.map(({ row, metadata }) => [row, metadata.key]));
    const rows: Made['rows'] = new Map();
    const shown = new Map<string, ShownBatch['jobs'][number][]>();
    const add = (batchId: string, job: { index: number; id: string }, row: number) => {
      const place = { row, key: keys.get(row) ?? null };
      rows.set(job.id, place);
      this.#outcomes.expect({ ...place, sheet: this.#sheet.sheet.name, batchId, index: job.index, jobId: job.id });
      shown.set(batchId, [...(shown.get(batchId) ?? []), { ...job, label: `row ${row}` }]);
    };
    for (const { state, row, job } of decisions)
      if (state === 'waiting' && job.local.batchId !== null)
        add(job.local.batchId, { id: job.id, index: job.local.index }, row.row);
    const jobs = new Map(created.batches.flatMap((batch) => batch.jobs.map((job) => [job.id, job] as const)));
    for (const { row, batchId, jobId } of created.accepted)
      add(batchId, jobs.get(jobId) ?? { id: jobId, index: 0 }, row);
    return { decisions, created, rows, batches: [...shown].map(([batchId, list]) => ({ batchId, jobs: list })) };
  }

  /** Rows that are meant to be rendered, and of which no job could be made. */
  #refusedRows({ decisions, rows }: Made): number[] {
    const { left } = this.#sheet.jobs;
    const done = new Set([
      ...left,
      ...[...rows.values()].map(({ row }) => row),
      ...decisions.filter(({ state }) => state === 'unchanged').map(({ row }) => row.row),
    ]);
    return this.#sheet.sheet.rows.map(({ number }) => number).filter((number) => !done.has(number));
  }

  #explain(decisions: readonly RowDecision[]): void {
    for (const { row, state, why } of decisions) print(`  row ${row.row}: ${state}, ${plain(why)}`);
  }

  #announce({ created, rows, decisions }: Made, faults: SheetJobs['jobs']['faults']): void {
    const { sheet, jobs } = this.#sheet;
    const unchanged = decisions.filter(({ state }) => state === 'unchanged').length;
    const parts = [
      `${rows.size} of ${counted(sheet.rows.length, 'row')} ${rows.size === 1 ? 'is' : 'are'} rendered`,
      ...(created.batches.length > 1 ? [`in ${created.batches.length} batches`] : []),
      ...(unchanged === 0 ? [] : [`${unchanged} unchanged`]),
      ...(jobs.left.length === 0 ? [] : [`${jobs.left.length} left out by @when`]),
    ];
    print(`${sheet.name}: ${parts.join(', ')}`);
    printRowFaults(sheet.name, faults);
    printNotes(sheet.name, [...jobs.warnings, ...created.warnings]);
  }

  async #summarise(
    form: 'json' | 'events',
    {
      made,
      faults,
      followed,
      exitCode,
    }: { made: Made; faults: SheetJobs['jobs']['faults']; followed: FollowedBatches; exitCode: number },
  ): Promise<void> {
    const { sheet, jobs } = this.#sheet;
    const { created, batches, rows, decisions } = made;
    const details = await detailsOf(
      this.#engine,
      batches.map(({ batchId }) => batchId),
      followed,
    );
    const summary = {
      sheet: sheet.name,
      rows: {
        rendered: [...rows].map(([jobId, { row, key }]) => ({ row, key, jobId })),
        unchanged: decisions.flatMap(({ state, row }) => (state === 'unchanged' ? [row.row] : [])),
        left: jobs.left,
        faults,
        warnings: [...jobs.warnings, ...created.warnings],
      },
      batches: details,
      ...(followed.stopCode === null ? {} : { stopped: followed }),
    };
    printSummary(form, summary, exitCode);
  }
}
