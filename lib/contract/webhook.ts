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
/** As the caller wrote it, before the defaults. */
export type WebhookInput = z.input<typeof webhookSchema>;
