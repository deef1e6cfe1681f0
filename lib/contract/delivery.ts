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
  /** Where the cloud would put the output. Here the engine's option `upload` takes it; without that, a warning says so. */
  params?: UploadParams | undefined;
}

/** A bucket and the keys to it; `endpoint` and `acl` are S3's own if left out. */
export interface UploadParams {
  region: string;
  bucket: string;
  accessKeyId: string;
  accessKeySecret: string;
  endpoint?: string | undefined;
  acl?: string | undefined;
}

/** Where in the cloud an output is to go; `endpoint` and `acl` only if the job names them. */
export interface UploadTarget {
  provider: 's3';
  params: UploadParams;
}

/** An output that a job wants to be uploaded. */
export interface UploadRequest extends UploadTarget {
  jobId: string;
  /** Null for a job that was created alone. */
  batchId: string | null;
  /** The finished file on this machine. */
  outputPath: string;
  /** The key of the object: the job's `prefix` and the file's name, with `/`. */
  key: string;
}

/**
 * What the option `upload` may be. The job is finished when it resolves, and fails with `UPLOAD_FAILED` when it rejects.
 * After a crash of the host it can be called again for the same job. `signal` aborts when the job is killed.
 */
export type TakeUpload = (upload: UploadRequest, options: { signal: AbortSignal }) => unknown;

/** A warning of `create`, or of a render by an engine that takes none. */
export const NO_UPLOAD =
  'upload.params: nothing takes uploads here, and this library does not use the network: the output stays in outputDir. Name a function or a folder in the option upload.';

/** What the cloud would send when the job ends; here it becomes the event `job:webhook`. */
export const webhookSchema = z.object({
  url: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
  headers: z.record(z.string(), z.string()).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  custom: z.boolean().default(false).describe('Send only data, not the Job object.'),
});

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

/** A warning of `create`. */
export const NO_WEBHOOK =
  'webhook: nothing takes it here, and this library does not use the network. Name a function or a folder in the option webhook, or listen to job:webhook.';
