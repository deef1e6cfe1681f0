import type { BatchEngine } from '../../lib/engine.ts';
import type { JobStateEvent } from '../../lib/events/events.ts';
import type { RowFault } from '../../lib/rows/faults.ts';
import type { ResultsFile, RowOutcome } from '../../lib/rows/results.ts';
import type { RowDecision } from '../../lib/rows/resume.ts';

import type { Posters } from './posters.ts';

/** A row by what it is called. */
export interface NamedRow {
  row: number;
  key: string | null;
}

/** Gathers what becomes of the rows of a sheet, and writes each outcome as it comes. */
export class RowOutcomes {
  readonly #results: ResultsFile | null;
  readonly #posters: Pick<Posters, 'want'> | null;
  readonly #outcomes: RowOutcome[] = [];
  readonly #logs: Promise<void>[] = [];

  constructor(results: ResultsFile | null, posters: Pick<Posters, 'want'> | null) {
    this.#results = results;
    this.#posters = posters;
  }

  /** Rows that are faulty. What is wrong with the whole sheet is wrong with each of them. */
  refused(rows: readonly number[], faults: readonly RowFault[]): void {
    const shared = faults.filter(({ row }) => row === null);
    for (const row of rows) {
      const own = [...faults.filter((fault) => fault.row === row), ...shared];
      const error = own
        .map(({ column, message }) => (column === null ? message : `column ${column}: ${message}`))
        .join('; ');
      this.#add({ ...outcomeOf({ row, key: null }, 'refused'), errorCode: own[0]?.code ?? null, error });
    }
  }

  unchanged(decisions: readonly RowDecision[]): void {
    for (const { state, row, job } of decisions) {
      if (state !== 'unchanged') continue;
      const { outputPath: file, warnings } = job.local;
      this.#add({ ...outcomeOf({ row: row.row, key: row.metadata.key }, 'unchanged'), file, warnings });
    }
  }

  /** Listens for the ends of jobs. */
  follow(engine: BatchEngine, rows: ReadonlyMap<string, NamedRow>): void {
    const began = new Map<string, number>();
    engine.on('job:started', ({ jobId }) => void began.set(jobId, performance.now()));
    const ended = (event: JobStateEvent, state: RowOutcome['state'], facts: Partial<RowOutcome>) => {
      const row = rows.get(event.jobId);
      if (row === undefined) return;
      const start = began.get(event.jobId);
      const duration = start === undefined ? null : (performance.now() - start) / 1_000;
      const { warnings } = event.local;
      const outcome = { ...outcomeOf(row, state), duration, warnings, ...facts };
      this.#add(outcome);
      const read = async () => {
        outcome.log = await engine.jobs.logs(event.jobId).catch(() => null); // It did not come to a render.
      };
      this.#logs.push(read());
    };
    engine.on('job:finished', (event) =>
      ended(event, 'finished', {
        file: event.outputPath,
        ...(event.renderDuration === null ? {} : { duration: event.renderDuration }),
      }),
    );
    engine.on('job:error', (event) => ended(event, 'error', { errorCode: event.code, error: event.error }));
    engine.on('job:cancelled', (event) => ended(event, 'cancelled', {}));
  }

  /** In the order of the rows. */
  async all(): Promise<RowOutcome[]> {
    await Promise.all(this.#logs);
    return this.#outcomes.toSorted((a, b) => a.row - b.row);
  }

  #add(outcome: RowOutcome): void {
    this.#outcomes.push(outcome);
    this.#results?.add(outcome);
    if (outcome.file !== null) this.#posters?.want(outcome.file);
  }
}

function outcomeOf({ row, key }: NamedRow, state: RowOutcome['state']): RowOutcome {
  return { row, key, state, file: null, errorCode: null, error: null, duration: null, warnings: [], log: null };
}
