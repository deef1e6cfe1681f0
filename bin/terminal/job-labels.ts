import type { JobEvent } from '../../lib/events/events.ts';

/** A batch that a command shows, with the jobs of it that have not ended. */
export interface ShownBatch {
  batchId: string;
  jobs: readonly ShownJob[];
}

interface ShownJob {
  index: number;
  id: string;
  /** What its sheet calls it, `row 17`; left out for a job of a batch file. */
  label?: string;
  children?: readonly { id: string }[];
}

/** So much of an id tells the batches of one command apart: its last letters are random. */
const ID_END = 4;

/**
 * What a person calls the jobs of a command: `job 0` by its place in the batch file, `job 0 › nested` for one in it, and
 * `…B4C6 job 0` if the command has several batches.
 */
export class JobLabels {
  readonly #labels = new Map<string, string>();

  constructor(batches: readonly ShownBatch[]) {
    for (const { batchId, jobs } of batches) {
      const batch = batches.length === 1 ? '' : `…${batchId.slice(-ID_END)} `;
      for (const { index, id, label: given, children = [] } of jobs) {
        const label = given ?? `${batch}job ${index}`;
        this.#labels.set(id, label);
        for (const [place, child] of children.entries()) {
          this.#labels.set(child.id, children.length === 1 ? `${label} › nested` : `${label} › nested ${place + 1}`);
        }
      }
    }
  }

  /** The jobs at the top of a batch and those nested in them; ones that are nested deeper are named when they start. */
  of({ jobId, parentId }: Pick<JobEvent, 'jobId' | 'parentId'>): string {
    const known = this.#labels.get(jobId);
    if (known !== undefined) return known;
    const label = `${(parentId === null ? undefined : this.#labels.get(parentId)) ?? 'job'} › nested`;
    this.#labels.set(jobId, label);
    return label;
  }
}
