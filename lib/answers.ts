/** What the store knows, in the shapes of the API. Absent facts are null, times are ISO 8601 in UTC. */
import type { BatchDetails, Job, JobAttempt, JobLocal, JobStats } from './contract/answers.ts';
import { batchStatus, isTerminal } from './status.ts';
import type { AttemptRecord, BatchRecord, JobRecord } from './store/records.ts';

export function jobAnswer(job: JobRecord): Job {
  return {
    id: job.id,
    templateId: job.templateId,
    status: job.status,
    progress: job.progress,
    stats: jobStats(job),
    outputUrl: job.status === 'finished' ? job.outputUrl : null,
    ...(job.missingFonts.length > 0 ? { missingFonts: job.missingFonts } : {}),
    local: jobLocal(job),
  };
}

/** What this library knows beyond the cloud's keys. */
export function jobLocal(job: JobRecord): JobLocal {
  return {
    batchId: job.batchId,
    parentId: job.parentId,
    index: job.index,
    run: job.run,
    attempts: job.attempts,
    errorCode: job.errorCode,
    outputPath: job.status === 'finished' ? job.outputPath : null,
    renderer: job.renderer,
    startDuration: job.startDuration,
    warnings: job.warnings,
  };
}

export function attemptAnswer(attempt: AttemptRecord, log: string): JobAttempt {
  const { id, number, run, outcome, errorCode, error, renderDuration, startDuration } = attempt;
  const [startedAt, endedAt] = [iso(attempt.startedAt), isoOrNull(attempt.endedAt)];
  return { id, number, run, startedAt, endedAt, outcome, errorCode, error, renderDuration, startDuration, log };
}

export function jobStats(job: JobRecord): JobStats {
  return {
    createdAt: iso(job.createdAt),
    updatedAt: iso(job.updatedAt),
    startedAt: isoOrNull(job.startedAt),
    finishedAt: isoOrNull(job.finishedAt),
    errorAt: isoOrNull(job.errorAt),
    totalAssets: job.totalAssets,
    renderDuration: job.renderDuration,
    error: job.error,
  };
}

export function batchAnswer(batch: BatchRecord, jobs: readonly JobRecord[]): BatchDetails {
  return {
    batchId: batch.id,
    status: batchStatus(batch.stats),
    stats: { ...batch.stats },
    jobs: jobs.map((job) => ({
      index: job.index,
      id: job.id,
      status: job.status,
      ...(job.status === 'finished' ? { outputUrl: job.outputUrl } : {}),
      ...(isTerminal(job.status) ? { stats: jobStats(job) } : {}),
      local: jobLocal(job),
    })),
    local: { createdAt: iso(batch.createdAt), run: batch.run },
  };
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}
