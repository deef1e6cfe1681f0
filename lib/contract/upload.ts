import { z } from 'zod';
import { safePathSchema } from './safe-path.ts';

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
