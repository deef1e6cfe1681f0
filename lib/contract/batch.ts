import { z } from 'zod';
import { jobCreationSchema } from './job.ts';

export const LARGEST_BATCH = 1_000;

/** The body of `batches.create`. The engine checks each job alone, so that one fault does not refuse the others. */
export const batchSchema = z.object({ jobs: z.array(jobCreationSchema).min(1).max(LARGEST_BATCH) });

export type BatchInput = z.input<typeof batchSchema>;
