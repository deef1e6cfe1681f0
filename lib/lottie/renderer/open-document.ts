import { dirname } from 'node:path';
import { differenceSentence, exportDocument } from '../../aep-to-lottie/index.ts';
import { locateFootage, type OpenedTemplate, openTemplate, projectOf } from '../../template/open-template.ts';
import { checkLottie, type LottieDocument, parseLottie } from '../document/index.ts';
import { modernised } from '../normalise/index.ts';
import { placeFootage, resolveFootage } from './pictures.ts';

export interface OpenedDocument extends AsyncDisposable {
  document: LottieDocument;
  /** The folder of the document or project, where its fonts are. */
  folder: string;
  /** What of a project the document cannot say, as sentences. */
  differences: string[];
}

export interface OpenOptions {
  /** The composition of a project that is converted, with all that it shows; null for the main one. */
  composition: string | null;
  /** Whether the other compositions of a project are wanted too: a script may change or show any. */
  everything: boolean;
}

/**
 * Opens what is rendered: a Lottie document, or an After Effects project that is made into one; in an archive too. The
 * assets have the paths of their files.
 */
export async function openDocument(path: string, options: OpenOptions): Promise<OpenedDocument> {
  const template = await openTemplate(path);
  try {
    const opened = template.type === 'json' ? openLottie(template) : await openProject(template, options);
    const dispose = async () => await template[Symbol.asyncDispose]();
    return { ...opened, folder: dirname(template.file), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await template[Symbol.asyncDispose]();
    throw error;
  }
}

type Opened = Pick<OpenedDocument, 'document' | 'differences'>;

function openLottie({ bytes, file }: OpenedTemplate): Opened {
  const document = modernised(parseLottie(bytes));
  if (hasFiles(document)) resolveFootage(document, dirname(file));
  return { document, differences: [] };
}

async function openProject(template: OpenedTemplate, { composition, everything }: OpenOptions): Promise<Opened> {
  const wanted = { ...(composition === null ? {} : { composition }), everything, ownKeys: true };
  const { document: made, differences, footage } = exportDocument(projectOf(template), wanted);
  const document = checkLottie(made);
  const files = new Map<string, { path: string; found: string | null }>();
  for (const used of footage) files.set(used.id, { path: used.path, found: await locateFootage(used, template) });
  placeFootage(document, files);
  return { document, differences: differences.map(differenceSentence) };
}

/** Whether a document shows files, or what is written in it as one: a picture, a video, a sound. */
export function hasFiles({ assets }: LottieDocument): boolean {
  return assets.some(({ p }) => p !== undefined);
}
