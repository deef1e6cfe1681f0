/** What becomes of a job's output, and who hears of it. */
import { z } from 'zod';
import { safePathSchema } from './fields.ts';

/** Where the cloud would put the output; here `prefix` is a folder under `outputDir`. */
export const uploadSchema = z.strictObject({
  prefix: safePathSchema.optional().describe('A folder under the output folder, such as invitations/2026.'),
  outputUrl: z.string().min(1).optional().describe('The base of the outputUrl in answers, in place of a file: URL.'),
  provider: z.enum(['s3']).default('s3'),
  params: z
    .strictObject({
      region: z.string(),
      bucket: z.string(),
      accessKeyId: z.string(),
      accessKeySecret: z.string(),
      endpoint: z.string().optional(),
      acl: z.string().optional(),
    })
    .optional(),
});

/** Where the output goes. */
export interface UploadInput {
  /** A folder below the output folder: `invitations/2026`. */
  prefix?: string | undefined;
  /** The base of `outputUrl` in answers, in place of a `file:` URL. */
  outputUrl?: string | undefined;
  provider?: 's3' | undefined;
  /** Refused: an upload needs the network. */
  params?:
    | {
        region: string;
        bucket: string;
        accessKeyId: string;
        accessKeySecret: string;
        endpoint?: string | undefined;
        acl?: string | undefined;
      }
    | undefined;
}

export type Upload = z.output<typeof uploadSchema>;

/** What the cloud would send when the job ends; here it becomes the event `job:webhook`. */
export const webhookSchema = z.object({
  url: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
  headers: z.record(z.string(), z.string()).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  custom: z.boolean().default(false).describe('Send only data, not the Job object.'),
});

export type Webhook = z.output<typeof webhookSchema>;
/** What the cloud would send when the job ends; here the event `job:webhook` carries it. */
export interface WebhookInput {
  url: string;
  /** `POST` if left out. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  headers?: Record<string, string> | undefined;
  /** The body, if `custom` is true. */
  data?: Record<string, unknown> | undefined;
  /** Send only `data`, not the `Job` object. */
  custom?: boolean | undefined;
}
