import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Job } from '../contract/answers.ts';
import { fileNameKey } from '../files.ts';
import type { Jobs } from '../resources/jobs.ts';
import { isTerminal } from '../status.ts';
import type { RowJob, RowMetadata } from './jobs.ts';

/** A job that was made of a row before, of this sheet or of another one. */
export interface EarlierJob {
  job: Job;
  metadata: RowMetadata;
}

/** What is to be done with a row, and why, in words for a person. */
export type RowDecision = { row: RowJob; why: string } & (
  | {
      /** Its film is there, and nothing of it has changed. */
      state: 'unchanged';
      job: Job;
    }
  /** Its job has not been rendered yet. */
  | { state: 'waiting'; job: Job }
  | { state: 'new' | 'changed' | 'failed'; job: null }
);

/** The rows of a sheet beside the jobs that were made of it before. */
export interface ComparedRows {
  /** One for each row, in their order. */
  decisions: RowDecision[];
  /** Jobs of this sheet that wait, and that no row of it stands for any more. */
  outdated: Job[];
}

const PAGE = 1_000;

/** The jobs of rows that an engine knows, the newest first. */
export async function earlierJobs(engine: { jobs: Pick<Jobs, 'list'> }): Promise<EarlierJob[]> {
  const found: EarlierJob[] = [];
  for (let from = 0; ; from += PAGE) {
    const page = await engine.jobs.list({ sort: 'newest_first', limit: PAGE, from });
    for (const job of page) {
      const { metadata } = job.local;
      if (isRowMetadata(metadata)) found.push({ job, metadata });
    }
    if (page.length < PAGE) return found;
  }
}

/** Whether a job was made of a row. */
export function isRowMetadata(metadata: unknown): metadata is RowMetadata {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const { hash, sheet, row } = metadata as Partial<RowMetadata>;
  return typeof hash === 'string' && typeof sheet === 'string' && typeof row === 'number';
}

/**
 * Says which rows are to be rendered again: those that are new, have changed, or have no film. A row is known by its key,
 * or by all that its film is made of; never by its number.
 */
export function compareRows(
  rows: readonly RowJob[],
  earlier: readonly EarlierJob[],
  isThere: (path: string) => boolean = existsSync,
): ComparedRows {
  const sheet = rows[0]?.metadata.sheet;
  const byHash = new Map<string, EarlierJob[]>();
  const byKey = new Map<string, EarlierJob>();
  /** A later job may have replaced the file of an earlier one. */
  const madeBy = new Map<string, string>();
  for (const one of earlier) {
    const { hash, key } = one.metadata;
    byHash.set(hash, [...(byHash.get(hash) ?? []), one]);
    if (key !== null && one.metadata.sheet === sheet && !byKey.has(key)) byKey.set(key, one);
    const path = one.job.local.outputPath;
    if (path !== null && !madeBy.has(path)) madeBy.set(path, one.job.id);
  }
  const hasFilm = ({ job }: EarlierJob) => {
    const path = job.local.outputPath;
    return path !== null && madeBy.get(path) === job.id && isThere(path);
  };
  const stillMeant = new Set<string>();
  const decisions = rows.map((row): RowDecision => {
    const { hash, key } = row.metadata;
    const latest = key === null ? undefined : byKey.get(key);
    if (latest !== undefined && latest.metadata.hash !== hash)
      return { row, state: 'changed', why: difference(latest.metadata, row.metadata), job: null };
    const same = byHash.get(hash) ?? [];
    // Two rows that are alike are two films: each job stands for one of them.
    const chosen = same.find(hasFilm) ?? same.find(({ job }) => !isTerminal(job.status)) ?? same[0];
    if (chosen === undefined) return { row, state: 'new', why: 'no row like it has been rendered', job: null };
    byHash.set(
      hash,
      same.filter((one) => one !== chosen),
    );
    stillMeant.add(chosen.job.id);
    return decision(row, chosen, hasFilm(chosen));
  });
  const outdated = earlier
    .filter(({ job, metadata }) => metadata.sheet === sheet && !isTerminal(job.status) && !stillMeant.has(job.id))
    .map(({ job }) => job);
  return { decisions: replacing(decisions, earlier, { sheet, stillMeant, hasFilm }), outdated };
}

function decision(row: RowJob, { job }: EarlierJob, hasFilm: boolean): RowDecision {
  if (hasFilm) return { row, state: 'unchanged', why: `its film is ${job.local.outputPath}`, job };
  if (!isTerminal(job.status)) return { row, state: 'waiting', why: `job ${job.id} of it has not ended`, job };
  if (job.status === 'finished')
    return { row, state: 'failed', why: 'its film is no longer there, or another one has taken its place', job: null };
  const reason = job.status === 'error' ? `it failed: ${job.stats.error ?? job.local.errorCode}` : 'it was cancelled';
  return { row, state: 'failed', why: reason, job: null };
}

/** A film of the sheet as it was may be replaced by that of the row as it is now, if no row stands for it any more. */
function replacing(
  decisions: readonly RowDecision[],
  earlier: readonly EarlierJob[],
  known: { sheet: string | undefined; stillMeant: ReadonlySet<string>; hasFilm: (one: EarlierJob) => boolean },
): RowDecision[] {
  const free = new Set(
    earlier
      .filter((one) => one.metadata.sheet === known.sheet && !known.stillMeant.has(one.job.id) && known.hasFilm(one))
      .map(({ job }) => stemOf(job.local.outputPath ?? '')),
  );
  return decisions.map((made) => {
    const name = made.row.job.local?.fileName;
    if (made.job !== null || name === undefined || !free.has(fileNameKey(name))) return made;
    const { local } = made.row.job;
    return { ...made, row: { ...made.row, job: { ...made.row.job, local: { ...local, overwrite: true } } } };
  });
}

function stemOf(path: string): string {
  return fileNameKey(basename(path, extname(path)));
}

/** What has changed of a row, the first of all: its cells, then what it is made with. */
function difference(before: RowMetadata, now: RowMetadata): string {
  const columns = [...new Set([...Object.keys(before.values), ...Object.keys(now.values)])];
  const shown = (value: unknown) => (value === undefined ? 'nothing' : `'${String(value).slice(0, 40)}'`);
  const changed = columns.filter(
    (column) => JSON.stringify(before.values[column]) !== JSON.stringify(now.values[column]),
  );
  if (changed.length > 0) return changed.map((column) => `${column} was ${shown(before.values[column])}`).join(', ');
  const file = Object.keys(now.files).find((column) => now.files[column] !== before.files?.[column]);
  if (file !== undefined) return `the file of column ${file} was written again`;
  if (before.template !== now.template) return 'the template has changed';
  if (before.composition !== now.composition) return 'another composition is rendered';
  return 'the settings have changed';
}
