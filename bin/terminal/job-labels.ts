import type { JobEvent } from '../../lib/events/events.ts';

interface NumberedJob {
  index: number;
  id: string;
  children?: readonly { id: string }[];
}

/** What a person calls the jobs of a command: `job 0` by its place in the batch file, `job 0 › nested` for one in it. */
export class JobLabels {
  readonly #labels = new Map<string, string>();

  constructor(jobs: readonly NumberedJob[]) {
    for (const { index, id, children = [] } of jobs) {
      const label = `job ${index}`;
      this.#labels.set(id, label);
      for (const [place, child] of children.entries()) {
        this.#labels.set(child.id, children.length === 1 ? `${label} › nested` : `${label} › nested ${place + 1}`);
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
