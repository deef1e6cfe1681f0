import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseDataUri } from '../contract/data-uri.ts';
import { RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isMissing } from '../files.ts';
import { copyRegularFile, FileRefused, MOST_BYTES } from '../regular-file.ts';
import type { RenderAsset } from './messages.ts';
import type { WorkFolder } from './work-folder.ts';

/**
 * Copies the files of a job's assets into its work folder, static ones beside the project, and gives the assets back with
 * the paths of the copies.
 */
export async function copyAssets(
  assets: readonly RenderAsset[],
  folder: WorkFolder,
  projectFolder: string,
): Promise<RenderAsset[]> {
  const copied: RenderAsset[] = [];
  for (const [index, asset] of assets.entries()) {
    if (!('src' in asset)) {
      copied.push(asset);
      continue;
    }
    const target =
      asset.type === 'static'
        ? join(projectFolder, asset.name)
        : join(folder.assets, `${index}-${fileNameOf(asset.src)}`);
    await copySource(asset.src, target, `assets[${index}]`);
    copied.push({ ...asset, src: target });
  }
  return copied;
}

/** A name that is safe in a script and on every system, with the extension by which After Effects knows the format. */
function fileNameOf(src: string): string {
  const data = parseDataUri(src);
  if (data !== null) return `data.${data.extension}`;
  return basename(src)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(-100);
}

async function copySource(src: string, target: string, label: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    const data = parseDataUri(src);
    if (data !== null) {
      await writeFile(target, data.bytes);
      return;
    }
    await copyRegularFile(src, target, { maxBytes: MOST_BYTES.footage });
  } catch (cause) {
    if (cause instanceof FileRefused)
      throw new RenderError('ASSET_INVALID', `${label}: ${src} cannot be used: ${cause.message}.`, { cause });
    if (isMissing(cause)) {
      throw new RenderError('ASSET_NOT_FOUND', `${label}: the file ${src} is no longer there.`, { cause });
    }
    throw new RenderError(
      isDiskFull(cause) ? 'DISK_FULL' : 'WORKFOLDER_FAILED',
      `${label}: ${src} could not be copied into the work folder: ${reasonOf(cause)}`,
      { cause, retryable: isDiskFull(cause) },
    );
  }
}
