import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Difference, exportDocument } from '../aep-to-lottie/index.ts';
import { forPlayers } from '../aep-to-lottie/player-document.ts';
import type { LottieAsset, LottieDocument } from '../lottie/document/index.ts';
import { locateFootage, openTemplate, projectOf } from './open-template.ts';

interface LottieExport {
  composition: string;
  /** What the document does not say. */
  differences: Difference[];
  /** The files of `images/`; what is missing on this machine is not there. */
  pictures: { name: string; from: string }[];
  missing: string[];
}

/**
 * Writes a composition of a template as a Lottie document, and its pictures into `images/` beside it; an output whose name
 * ends in `.lottie` is an archive with all of it. Throws `TEMPLATE_NOT_FOUND`, `TEMPLATE_UNREADABLE` or
 * `COMPOSITION_NOT_FOUND`.
 */
export async function exportLottie(
  template: string,
  out: string,
  options: { composition?: string } = {},
): Promise<LottieExport> {
  await using opened = await openTemplate(template);
  const { document, differences, footage } = exportDocument(projectOf(opened), options);
  const found = await Promise.all(footage.map(async (used) => ({ used, from: await locateFootage(used, opened) })));
  const pictures = found.flatMap(({ used, from }) => (from === null ? [] : [{ name: used.fileName, from }]));
  await mkdir(dirname(out), { recursive: true });
  if (extname(out).toLowerCase() === '.lottie') await writeArchive(out, forPlayers(document), pictures);
  else await writeLoose(out, forPlayers(document), pictures);
  const missing = found.flatMap(({ used, from }) => (from === null ? [used.path] : []));
  return { composition: String(document.nm), differences, pictures, missing };
}

type Pictures = LottieExport['pictures'];

async function writeLoose(out: string, document: LottieDocument, pictures: Pictures): Promise<void> {
  if (pictures.length > 0) await mkdir(join(dirname(out), 'images'), { recursive: true });
  for (const { name, from } of pictures) await copyFile(from, join(dirname(out), 'images', name));
  await writeFile(out, JSON.stringify(document));
}

/** Version 2 of dotLottie: `manifest.json`, documents in `a/`, pictures in `i/`. Source: its specification. */
async function writeArchive(out: string, document: LottieDocument, pictures: Pictures): Promise<void> {
  const id = basename(out, extname(out));
  const manifest = { version: '2', generator: 'aerender-batch', animations: [{ id }] };
  const assets = document.assets.map((asset: LottieAsset) => (asset.p === undefined ? asset : { ...asset, u: '' }));
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(JSON.stringify(manifest)), 'manifest.json');
  zip.addBuffer(Buffer.from(JSON.stringify({ ...document, assets })), `a/${id}.json`);
  for (const { name, from } of pictures) zip.addFile(from, `i/${name}`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(out));
}
