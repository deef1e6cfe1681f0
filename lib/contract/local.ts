/** What a job brings under the key `local`: what is ours, and nothing to the cloud. */
import { z } from 'zod';
import { safeFileName } from './file-name.ts';

/** Metadata is in every answer and event of its job. */
const MOST_METADATA = 65_536;

/** Further keys are the caller's own. */
export const localSchema = z
  .looseObject({
    supersample: z
      .literal([1, 2, 4])
      .optional()
      .describe('The bundled renderer draws so many times larger and averages down; in place of bundled.supersample.'),
    fileName: z
      .string()
      .max(1_000, 'must be at most 1000 characters')
      .refine((name) => safeFileName(name) !== '', 'holds nothing that a file can be named by')
      .optional()
      .describe(
        'The name of the output, without its extension. It is made safe for every file system. Left out: the id.',
      ),
    overwrite: z
      .boolean()
      .optional()
      .describe('Whether the output replaces a file of its name. Left out: the job is refused if there is one.'),
    metadata: z
      .unknown()
      .refine(
        (value) => (JSON.stringify(value)?.length ?? 0) <= MOST_METADATA,
        `must be at most ${MOST_METADATA} characters as JSON`,
      )
      .optional()
      .describe('Anything of yours. It is in the answers, events and webhooks of the job.'),
  })
  .describe('Options of this library, which the cloud ignores; other keys are kept with the job.');

/** What is ours and not the cloud's, which ignores it; and anything of yours, which is stored with the job. */
export interface LocalInput {
  /** The bundled renderer draws so many times larger and averages down: finer edges, for more time. */
  supersample?: 1 | 2 | 4 | undefined;
  /**
   * The name of the output, without its extension: `Anna - 17`. It is made safe for every file system, so it is no path.
   * If left out, the output is named by the id of its job.
   */
  fileName?: string | undefined;
  /** Whether the output replaces a file of its name. If left out, the job is refused if there is one. */
  overwrite?: boolean | undefined;
  /** Anything of yours, up to 64 KiB as JSON: it is in the job's answers, events and webhooks, under `local.metadata`. */
  metadata?: unknown;
  [key: string]: unknown;
}

/** The name that a job gives its output, as a file system takes it. */
export function outputFileName(fileName: string, extension: string): string {
  const name = safeFileName(fileName);
  const suffix = `.${extension}`.toLowerCase();
  return name.toLowerCase().endsWith(suffix) ? safeFileName(name.slice(0, -suffix.length)) || name : name;
}
