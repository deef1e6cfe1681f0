import type { BatchDetails, JobLocal, RefusedJob } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import type { JobStateEvent } from '../../lib/events/events.ts';
import type { RowFault } from '../../lib/rows/faults.ts';
import type { ResultsFile, RowOutcome } from '../../lib/rows/results.ts';
import { isRowMetadata, type RowDecision } from '../../lib/rows/resume.ts';
import { isTerminal } from '../../lib/status.ts';
import type { Posters } from './posters.ts';

type Facts = Partial<RowOutcome> & Pick<RowOutcome, 'state'>;

/** The job of an outcome, and the row that it was made of, if it was. */
type OutcomePlace = { jobId: string } & Partial<Pick<RowOutcome, 'sheet' | 'row' | 'key' | 'batchId' | 'index'>>;

/** Gathers what becomes of the rows of a sheet, or of the jobs of batches, and writes each outcome as it comes. */
export class Outcomes {
  readonly #results: ResultsFile | null;
  readonly #posters: Pick<Posters, 'want'> | null;
  readonly #outcomes: RowOutcome[] = [];
  /** The jobs that are rendered now and have not come to an end. */
  readonly #waiting = new Map<string, RowOutcome>();
  readonly #reading: Promise<void>[] = [];

  constructor(results: ResultsFile | null, posters: Pick<Posters, 'want'> | null) {
    this.#results = results;
    this.#posters = posters;
  }

  /** Rows that are faulty. What is wrong with the whole sheet is wrong with each of them. */
  refusedRows(sheet: string, rows: readonly number[], faults: readonly RowFault[]): void {
    const shared = faults.filter(({ row }) => row === null);
    const refused = rows.map((row): RowOutcome => {
      const own = [...faults.filter((fault) => fault.row === row), ...shared];
      const error = own
        .map(({ column, message }) => (column === null ? message : `column ${column}: ${message}`))
        .join('; ');
      return { ...NOTHING_KNOWN, sheet, row, state: 'refused', errorCode: own[0]?.code ?? null, error };
    });
    this.#add(refused);
  }

  unchangedRows(decisions: readonly RowDecision[]): void {
    const unchanged = decisions.flatMap(({ state, row, job }): RowOutcome[] => {
      if (state !== 'unchanged') return [];
      const { outputPath: file, warnings } = job.local;
      const place = { ...placeOf(job.id, job.local), row: row.row, key: row.metadata.key };
      return [{ ...NOTHING_KNOWN, ...place, state, file, warnings }];
    });
    this.#add(unchanged);
  }

  /** Jobs of a batch that were not accepted. */
  refusedJobs(batchId: string, refused: readonly RefusedJob[] = []): void {
    const place = { ...NOTHING_KNOWN, batchId, state: 'refused' } as const;
    this.#add(refused.map(({ index, error, errorCode }) => ({ ...place, index, error, errorCode })));
  }

  /** The jobs of a batch of which some are rendered now: those that ended before are told at once. */
  async batch(engine: BatchEngine, { batchId, jobs, local }: BatchDetails): Promise<void> {
    this.refusedJobs(batchId, local.refused);
    const ended: RowOutcome[] = [];
    for (const job of jobs) {
      if (isTerminal(job.status)) ended.push(await this.#endOf(engine, job));
      else this.expect(placeOf(job.id, job.local));
    }
    this.#add(ended);
  }

  async #endOf(engine: BatchEngine, { id, status, stats, local }: BatchDetails['jobs'][number]): Promise<RowOutcome> {
    const { outputPath, warnings, errorCode } = local;
    const place = { ...NOTHING_KNOWN, ...placeOf(id, local), warnings };
    if (status === 'finished') {
      const missing = await missingOutput(engine, id);
      const facts = missing === null ? { file: outputPath } : { errorCode: missing.code, error: missing.message };
      return { ...place, ...facts, state: 'unchanged' };
    }
    if (status === 'manually_cancelled') return { ...place, state: 'cancelled' };
    const duration = stats?.renderDuration ?? null;
    const outcome: RowOutcome = { ...place, state: 'error', errorCode, error: stats?.error ?? null, duration };
    this.#readLog(engine, outcome);
    return outcome;
  }

  /** A job that is rendered now. */
  expect(place: OutcomePlace): void {
    this.#waiting.set(place.jobId, { ...NOTHING_KNOWN, ...place, state: 'waiting' });
  }

  /** Listens for the ends of the jobs that are expected. */
  follow(engine: BatchEngine): void {
    const began = new Map<string, number>();
    engine.on('job:started', ({ jobId }) => void began.set(jobId, performance.now()));
    const ended = ({ jobId, local }: JobStateEvent, facts: Facts) => {
      const expected = this.#waiting.get(jobId);
      if (expected === undefined) return;
      this.#waiting.delete(jobId);
      const start = began.get(jobId);
      const duration = start === undefined ? null : (performance.now() - start) / 1_000;
      const outcome: RowOutcome = { ...expected, duration, warnings: local.warnings, ...facts };
      this.#add([outcome]);
      this.#readLog(engine, outcome);
    };
    engine.on('job:finished', (event) =>
      ended(event, {
        state: 'finished',
        file: event.outputPath,
        ...(event.renderDuration === null ? {} : { duration: event.renderDuration }),
      }),
    );
    engine.on('job:error', (event) => ended(event, { state: 'error', errorCode: event.code, error: event.error }));
    engine.on('job:cancelled', (event) => ended(event, { state: 'cancelled' }));
  }

  get isEmpty(): boolean {
    return this.#outcomes.length + this.#waiting.size === 0;
  }

  /** All of them, in the order of the rows and of the jobs. Those that did not come to an end are written now. */
  async all(): Promise<RowOutcome[]> {
    this.#add([...this.#waiting.values()]);
    this.#waiting.clear();
    await Promise.all(this.#reading);
    return this.#outcomes.toSorted(byPlace);
  }

  #readLog(engine: BatchEngine, outcome: RowOutcome): void {
    const read = async () => {
      outcome.log = await engine.jobs.logs(outcome.jobId ?? '').catch(() => null); // It did not come to a render.
    };
    this.#reading.push(read());
  }

  #add(outcomes: readonly RowOutcome[]): void {
    this.#results?.addAll(outcomes);
    for (const outcome of outcomes) {
      this.#outcomes.push(outcome);
      if (outcome.file !== null) this.#posters?.want(outcome.file);
    }
  }
}

const NOTHING_KNOWN = {
  ...{ sheet: null, row: null, key: null, batchId: null, index: null, jobId: null, file: null, errorCode: null },
  ...{ error: null, duration: null, warnings: [], log: null },
} satisfies Partial<RowOutcome>;

/** A job of a sheet is known by its row as well. */
function placeOf(jobId: string, { batchId, index, metadata }: JobLocal): OutcomePlace {
  const of = isRowMetadata(metadata) ? { sheet: metadata.sheet, row: metadata.row, key: metadata.key } : {};
  return { batchId, index, jobId, ...of };
}

async function missingOutput(engine: BatchEngine, jobId: string): Promise<EngineError | null> {
  try {
    await engine.jobs.output(jobId);
    return null;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'OUTPUT_NOT_FOUND') return error;
    throw error;
  }
}

function byPlace(a: RowOutcome, b: RowOutcome): number {
  const bySheet = compare(a.sheet ?? '', b.sheet ?? '');
  if (a.row !== null && b.row !== null) return bySheet || a.row - b.row;
  return bySheet || compare(a.batchId ?? '', b.batchId ?? '') || (a.index ?? 0) - (b.index ?? 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
