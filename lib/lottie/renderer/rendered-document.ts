import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { differenceSentence, exportDocument } from '../../aep-to-lottie/index.ts';
import type { MediaTools } from '../../media/media-tools.ts';
import { probeFootage } from '../../media/probe-footage.ts';
import { locateFootage, type OpenedTemplate, openTemplate, projectOf } from '../../template/open-template.ts';
import { decodeText } from '../../text-encoding.ts';
import { checkLottie, type LottieComposition, type LottieDocument, parseLottie } from '../document/index.ts';
import { differenceSentence as drawnSentence, modernised, unevaluated } from '../normalise/index.ts';
import { runScriptInGuest } from '../script/run-in-guest.ts';
import { mayMeasure, runScript } from '../script/run-script.ts';
import { type CommandLine, RenderFailure, type RenderLog } from './command-line.ts';
import { textsUnder } from './draw-texts.ts';
import type { ProjectFonts } from './fonts.ts';
import { placeFootage, resolveFootage } from './pictures.ts';
import type { MeasureText } from './text-measure.ts';

export interface OpenedDocument extends AsyncDisposable {
  document: LottieDocument;
  /** The folder of the document or project, where its fonts are. */
  folder: string;
  /** What of a project the document cannot say, as sentences. */
  differences: string[];
}

interface OpenOptions {
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

/** A script that runs longer than this is caught in a loop. */
const SCRIPT_TIMEOUT_MS = 60_000;

/** The document after the script of the call. */
export async function afterScript(
  { document, folder }: OpenedDocument,
  { script, trustScript, readable, output }: CommandLine,
  { tools, fonts, log }: { tools: MediaTools; fonts: ProjectFonts; log: RenderLog },
): Promise<LottieDocument> {
  if (script === null) return document;
  log.line(`Running Script: ${script}`);
  const onLine = (line: string) => log.line(line);
  const timeoutMs = SCRIPT_TIMEOUT_MS;
  const probe = (path: string) => probeFootage(path, tools);
  try {
    if (!trustScript) {
      const folders = [folder, dirname(script), ...readable, ...(output === null ? [] : [dirname(output)])];
      const task = { json: JSON.stringify(document), folder: resolve(folder), script: resolve(script), timeoutMs };
      return await runScriptInGuest(task, { read: folders.map((path) => resolve(path)), probe, onLine });
    }
    const code = decodeText(await readFile(script));
    if (mayMeasure(code)) await fonts.readAll(document);
    const measure = mayMeasure(code) ? { measure: await measureBy(fonts) } : {};
    runScript(document, code, basename(script), { probe, ...measure, onLine, timeoutMs });
    return document;
  } catch (cause) {
    throw new RenderFailure(
      `Error executing script: ${script}\nError: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** Writes the values of expressions into the document. One that the job gives has to work. */
export async function evaluateExpressions(
  document: LottieDocument,
  composition: LottieComposition,
  range: { first: number; last: number },
  fonts: ProjectFonts,
  log: RenderLog,
): Promise<void> {
  const { bakeExpressions } = await import('../expressions/bake.ts');
  const measure = async () => {
    await fonts.choose(
      document,
      textsUnder(document, composition.layers).flatMap(({ f }) => f ?? []),
    );
    return await measureBy(fonts);
  };
  const unevaluatedOnes = await bakeExpressions(document, composition, range, { measure });
  for (const { composition: within, layer, property, reason, ofJob, isUnreadable } of unevaluatedOnes) {
    if (ofJob)
      throw new RenderFailure(
        `The expression that the job gives layer “${layer}”, property ${property}, fails: ${oneLine(reason)}.`,
      );
    if (isUnreadable) continue;
    const what = unevaluated(property, oneLine(reason));
    log.warning(drawnSentence({ composition: within, layer }, { what }));
  }
}

/** What measures texts is loaded where one is measured. */
async function measureBy(fonts: ProjectFonts): Promise<MeasureText> {
  const { textMeasure } = await import('./text-measure.ts');
  return await textMeasure(fonts);
}

/** What an expression has thrown may have several lines. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
