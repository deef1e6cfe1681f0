import { dirname, isAbsolute, resolve } from 'node:path';
import { ValidationError } from '../../lib/errors.ts';
import { MOST_BYTES, readRegularFile } from '../../lib/regular-file.ts';
import { decodeText } from '../../lib/text-encoding.ts';

/**
 * Reads a batch file. A `template.src` that is a relative path is relative to the batch file, so that a folder with both
 * can be moved and rendered from anywhere.
 */
export async function readBatchFile(file: string): Promise<unknown> {
  let text: string;
  try {
    text = decodeText(await readRegularFile(file, { maxBytes: MOST_BYTES.batch }));
  } catch (cause) {
    throw wrongFile(file, `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  try {
    return withTemplatesBeside(JSON.parse(text), dirname(resolve(file)));
  } catch (cause) {
    throw wrongFile(file, `is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function wrongFile(file: string, message: string): ValidationError {
  return new ValidationError(`The batch file ${file} ${message}`, [{ field: '', message }]);
}

interface JobLike {
  template?: unknown;
  assets?: unknown;
}

function withTemplatesBeside(batch: unknown, folder: string): unknown {
  // Whatever is not in the form of a batch is left for the engine to refuse.
  if (!isObject(batch) || !Array.isArray(batch.jobs)) return batch;
  return { ...batch, jobs: batch.jobs.map((job) => withTemplate(job, folder)) };
}

function withTemplate(job: unknown, folder: string): unknown {
  if (!isObject(job)) return job;
  const { template, assets } = job as JobLike;
  return {
    ...job,
    ...(isObject(template) && isRelativePath(template.src)
      ? { template: { ...template, src: resolve(folder, template.src) } }
      : {}),
    ...(Array.isArray(assets)
      ? {
          assets: assets.map((asset) =>
            isObject(asset) && asset.type === 'job' ? withTemplate(asset, folder) : asset,
          ),
        }
      : {}),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRelativePath(src: unknown): src is string {
  return typeof src === 'string' && src !== '' && !isAbsolute(src) && !/^[a-z][a-z0-9+.-]+:/i.test(src);
}
