/** What the cloud would send over the network, handed to the embedder: outputs for an upload, and webhooks. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { EngineConfig } from '../config.ts';
import { NO_UPLOAD, type TakeUpload, type UploadRequest } from '../contract/delivery.ts';
import { unsafePathReason } from '../contract/file-name.ts';
import { RenderError, reasonOf } from '../errors.ts';
import type { TakeWebhook } from '../events/events.ts';
import { copyRegularFile } from '../files.ts';
import type { RenderResult, RenderTask } from '../render/messages.ts';

/** Hands the output of an attempt that was published to what takes uploads; what it throws fails the job. */
export async function deliver(
  upload: NonNullable<RenderTask['upload']>,
  task: RenderTask,
  published: RenderResult & { outcome: 'published' },
  { takeUpload, signal }: { takeUpload: TakeUpload | undefined; signal: AbortSignal },
): Promise<RenderResult> {
  if (takeUpload === undefined) return { ...published, warnings: [...published.warnings, NO_UPLOAD] };
  const key = relative(task.output.folder, published.path).split(sep).join('/');
  const request: UploadRequest = {
    jobId: task.jobId,
    batchId: task.batchId,
    outputPath: published.path,
    key,
    ...upload,
  };
  const { promise: aborted, resolve: abort } = Promise.withResolvers<RenderResult>();
  const onAbort = () => abort({ outcome: 'killed' });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const taken = (async () => takeUpload(request, { signal }))().then(() => published);
    return await Promise.race([taken, aborted]);
  } catch (cause) {
    throw new RenderError(
      'UPLOAD_FAILED',
      `The output is at ${published.path}, but the option upload failed: ${reasonOf(cause)}. Mend it, and retry the job.`,
      { cause },
    );
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What the option `upload` stands for. */
export function takerOfUploads({ upload }: Pick<EngineConfig, 'upload'>): TakeUpload | undefined {
  return typeof upload === 'object' ? uploadsInto(upload.folder) : upload;
}

/** What the option `webhook` stands for; `settle` waits for what this library itself writes. */
export function takerOfWebhooks({
  webhook,
}: Pick<EngineConfig, 'webhook'>): Pick<WebhookFolder, 'take' | 'settle'> | null {
  if (webhook === undefined) return null;
  return typeof webhook === 'object' ? new WebhookFolder(webhook.folder) : { take: webhook, settle: async () => {} };
}

/** Copies outputs to where the cloud would put them: `bucket`, then the key, below a folder. */
function uploadsInto(folder: string): TakeUpload {
  return async ({ outputPath, key, params: { bucket } }, { signal }) => {
    const reason = bucket.includes('/') ? 'must not contain /' : unsafePathReason(bucket);
    if (reason !== null || bucket === '') throw new Error(`upload.params.bucket: ${reason ?? 'is empty'}`);
    await putWhole(join(folder, bucket, key), (part) =>
      copyRegularFile(outputPath, part, { maxBytes: Number.MAX_SAFE_INTEGER, signal }),
    );
  };
}

/** Writes each webhook as a JSON file, named after its job and its run. */
class WebhookFolder {
  readonly #folder: string;
  readonly #writing = new Set<Promise<void>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly take: TakeWebhook = async ({ jobId, run, url, method, headers, body }) => {
    const json = JSON.stringify({ url, method, headers, body }, null, 2);
    const writing = putWhole(join(this.#folder, `${jobId}-${run}.json`), (part) => writeFile(part, `${json}\n`));
    this.#writing.add(writing);
    try {
      await writing;
    } finally {
      this.#writing.delete(writing);
    }
  };

  /** Resolves when all that were taken are on the disk, or have failed. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#writing);
  }
}

/** A reader of the folder sees the whole file or none. */
async function putWhole(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(part);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}
