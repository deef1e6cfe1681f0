import { z } from 'zod';

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
