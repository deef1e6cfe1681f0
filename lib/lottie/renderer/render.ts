import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { codecOfOutputModule } from '../../aerender/arguments.ts';
import { drawingFault, unfoldedLayers } from '../../contract/drawing-limits.ts';
import { type Codec, DEFAULT_VIDEO_CODEC } from '../../contract/settings.ts';
import { EngineError } from '../../errors.ts';
import { encodeImage } from '../../media/encode-image.ts';
import { encodeVideo } from '../../media/encode-video.ts';
import { probeFootage } from '../../media/probe-footage.ts';
import { decodeText } from '../../text-encoding.ts';
import { compositionsOf, frameCountOf, type LottieComposition, type LottieDocument } from '../document/index.ts';
import { bakeExpressions } from '../expressions/bake.ts';
import { baked, differenceSentences, fitForSkia, TooMuchToBake } from '../normalise/index.ts';
import { runScriptInGuest } from '../script/run-in-guest.ts';
import { mayMeasure, runScript } from '../script/run-script.ts';
import type { CommandLine } from './command-line.ts';
import { textsUnder } from './document-texts.ts';
import { drawTexts } from './draw-texts.ts';
import { drawableDocument } from './drawable.ts';
import { fillPictures } from './filled-pictures.ts';
import { fitBoxes } from './fit-boxes.ts';
import { ProjectFonts } from './fonts.ts';
import { loadPictures, usedAssets } from './footage.ts';
import { FramePainter, type PictureSize, startSkia } from './frames.ts';
import type { RenderLog } from './log.ts';
import { type OpenedDocument, openDocument } from './open-document.ts';
import { SkiaGeometry } from './path-operations.ts';
import { sequenceName } from './sequence-name.ts';
import { type SkiaMessage, skiaWarnings } from './skia-log.ts';
import { textMeasure } from './text-measure.ts';
import { replaceLayers, VideoFootage } from './video-footage.ts';

/** A failure of the render, not of the renderer: exit code 1. */
export class RenderFailure extends Error {
  override name = 'RenderFailure';
}

/** A script that runs longer than this is caught in a loop. */
const SCRIPT_TIMEOUT_MS = 60_000;

/** Renders what a command line asks for. Throws `RenderFailure` with aerender's words. */
export async function render(call: CommandLine, log: RenderLog): Promise<void> {
  if (call.project === null) throw new RenderFailure('No project provided and no project open.');
  if (call.output === null) throw new RenderFailure('No output file path was given.');
  await using opened = await openTemplate(call.project, call);
  const { folder } = opened;
  const projectFonts = await ProjectFonts.open(folder);
  const document = await afterScript(opened, call, projectFonts, log);
  log.progress('Adding specified comp to Render Queue');
  const codec = codecOf(call);
  const composition = compositionOf(document, call);
  refuseSize(document, composition, call);
  const span = spanOf(composition, call);

  const warned = new Set<string>();
  for (const message of new Set([...opened.differences, ...differenceSentences(document, composition)]))
    log.warning(`${message}`);
  const { pictures, missing } = await loadPictures(usedAssets(document, composition.layers));
  for (const name of missing) {
    if (!call.continueOnMissingFootage) throw new RenderFailure(`The footage file ${name} is missing.`);
    log.warning(`The footage file ${name} is missing.`);
  }
  fillPictures(document, pictures);
  const range = { first: composition.first + span.first, last: composition.first + span.last };
  const fontNames = textsUnder(document, composition.layers).flatMap(({ f }) => f ?? []);
  await projectFonts.choose(document, fontNames);
  const measure = textMeasure(projectFonts);
  for (const { layer, property, reason, ofJob } of await bakeExpressions(document, composition, range, { measure })) {
    if (ofJob)
      throw new RenderFailure(
        `The expression that the job gives layer “${layer}”, property ${property}, fails: ${oneLine(reason)}.`,
      );
    log.warning(
      `the expression of layer “${layer}”, property ${property}, was not evaluated (${oneLine(reason)}); its value without the expression is rendered.`,
    );
  }
  const texts = await drawTexts(document, textsUnder(document, composition.layers), projectFonts);
  for (const font of texts.missing) log.missingFont(font);
  for (const message of texts.warnings) log.warning(`${oneLine(message)}`);
  await fitBoxes(document, texts.fonts);
  const fit = await fittedFor(document, composition);
  const parts = { fonts: texts.fonts, pictures: new Map([...pictures, ...texts.pictures]) };

  const size = sizeOf(composition, call);
  log.head({
    composition,
    size,
    frameRate: document.fr,
    first: span.first,
    last: span.last,
    settings: call.renderSettings ?? 'Best Settings',
    resolution: call.halfResolution ? 'Half' : 'Full',
    outputModule: call.outputModule ?? codec.id,
    output: call.output,
    format: codec.family,
  });
  const begun = performance.now();
  await write({ ...call, output: call.output }, codec, { size, frameRate: document.fr }, framesOf());
  log.end(composition, (performance.now() - begun) / 1000);

  /** Once for each sentence: a document with videos is loaded many times. */
  function warn(messages: readonly SkiaMessage[]): void {
    for (const sentence of skiaWarnings(messages, fit.document)) {
      if (!warned.has(sentence)) log.warning(`${oneLine(sentence)}`);
      warned.add(sentence);
    }
  }

  async function* framesOf(): AsyncGenerator<PaintedFrame> {
    using painter = await FramePainter.open(size, { transparent: codec.alpha, supersample: call.supersample });
    let ordinal = 0;
    for await (const paint of documentsFor(fit.document, fit.composition, span, parts, painter, warn)) {
      for (let frame = paint.first; frame < paint.end; frame += 1) {
        if ((frame - span.first) % call.increment !== 0) continue;
        const started = performance.now();
        ordinal += 1;
        yield { frame, pixels: painter.paint(frame) };
        log.frame(frame, ordinal, document.fr, (performance.now() - started) / 1000);
      }
    }
  }
}

/** The document after the script of the call. */
async function afterScript(
  { document, folder }: OpenedDocument,
  { script, trustScript, readable, output }: CommandLine,
  fonts: ProjectFonts,
  log: RenderLog,
): Promise<LottieDocument> {
  if (script === null) return document;
  log.line(`Running Script: ${script}`);
  const onLine = (line: string) => log.line(line);
  const timeoutMs = SCRIPT_TIMEOUT_MS;
  try {
    if (!trustScript) {
      const folders = [folder, dirname(script), ...readable, ...(output === null ? [] : [dirname(output)])];
      const task = { json: JSON.stringify(document), folder: resolve(folder), script: resolve(script), timeoutMs };
      return await runScriptInGuest(task, { read: folders.map((path) => resolve(path)), onLine });
    }
    const code = decodeText(await readFile(script));
    if (mayMeasure(code)) await fonts.readAll(document);
    const measure = textMeasure(fonts);
    runScript(document, code, basename(script), { probe: probeFootage, measure, onLine, timeoutMs });
    return document;
  } catch (cause) {
    throw new RenderFailure(
      `Error executing script: ${script}\nError: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

async function openTemplate(path: string, { composition, script }: CommandLine): Promise<OpenedDocument> {
  try {
    return await openDocument(path, { composition, everything: script !== null });
  } catch (cause) {
    if (cause instanceof EngineError && cause.code === 'COMPOSITION_NOT_FOUND')
      throw new RenderFailure('No comp was found with the given name.', { cause });
    throw new RenderFailure(
      `the project ${path} cannot be opened. ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function codecOf({ outputModule }: CommandLine): Codec {
  if (outputModule === null) return DEFAULT_VIDEO_CODEC;
  const codec = codecOfOutputModule(outputModule);
  if (codec === undefined) throw new RenderFailure('No output module template was found with the given name.');
  return codec;
}

function compositionOf(document: LottieDocument, { composition: name }: CommandLine): LottieComposition {
  const compositions = compositionsOf(document);
  const found = name === null ? compositions[0] : compositions.find((composition) => composition.name === name);
  if (found === undefined) throw new RenderFailure('No comp was found with the given name.');
  return found;
}

/** The document as Skia reads it, and the composition in it. */
async function fittedFor(document: LottieDocument, composition: LottieComposition) {
  const fitted = fitForSkia(bakedBy(new SkiaGeometry(await startSkia()), document));
  const layers =
    composition.asset === null
      ? fitted.layers
      : fitted.assets.find((_, index) => document.assets[index] === composition.asset)?.layers;
  return { document: fitted, composition: { ...composition, layers: layers ?? composition.layers } };
}

function bakedBy(geometry: SkiaGeometry, document: LottieDocument): LottieDocument {
  try {
    return baked(document, geometry);
  } catch (cause) {
    if (!(cause instanceof TooMuchToBake)) throw cause;
    throw new RenderFailure(`the project is too large to be drawn: ${cause.message}.`, { cause });
  }
}

/** Refuses what is too large before anything is drawn: it would take all memory, and could run for hours. */
function refuseSize(document: LottieDocument, composition: LottieComposition, call: CommandLine): void {
  const byId = new Map(document.assets.map((asset) => [asset.id, asset.layers ?? []]));
  const layers = unfoldedLayers(composition.layers, (list) =>
    list.map(({ refId }) => (refId === undefined ? null : (byId.get(refId) ?? null))),
  );
  const fault = drawingFault({ ...sizeOf(composition, call), layers, supersample: call.supersample });
  if (fault !== null) throw new RenderFailure(`The composition “${composition.name}” ${fault}.`);
}

/** A reason may hold whatever an expression has thrown. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

interface Span {
  first: number;
  last: number;
}

function spanOf(composition: LottieComposition, { start, end }: CommandLine): Span {
  const length = frameCountOf(composition);
  const first = start ?? 0;
  const last = end ?? length - 1;
  if (last < first || last >= length)
    throw new RenderFailure(`frames ${first}-${last} lie outside of the composition, which has ${length}.`);
  return { first, last };
}

function sizeOf({ width, height }: LottieComposition, { halfResolution }: CommandLine): PictureSize {
  const scale = halfResolution ? 0.5 : 1;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Loads into the painter what the next frames need; a document without videos is loaded once. */
async function* documentsFor(
  document: LottieDocument,
  composition: LottieComposition,
  span: Span,
  parts: Parameters<typeof drawableDocument>[2],
  painter: FramePainter,
  warn: (messages: readonly SkiaMessage[]) => void,
): AsyncGenerator<{ first: number; end: number }> {
  await using videos = new VideoFootage(document, composition.layers, (path) => probeFootage(path).duration);
  if (videos.isEmpty) {
    warn(painter.load(drawableDocument(document, composition, parts)));
    yield { first: span.first, end: span.last + 1 };
    return;
  }
  for await (const chunk of videos.chunks(composition.layers, span.first, span.last, composition.first)) {
    const shown = replaceLayers(document, composition.layers, chunk.replaced);
    const pictures = new Map([...parts.pictures, ...chunk.pictures]);
    const withVideos = { ...shown.document, assets: [...shown.document.assets, ...chunk.assets] };
    warn(painter.load(drawableDocument(withVideos, { ...composition, layers: shown.layers }, { ...parts, pictures })));
    yield chunk;
  }
}

interface PaintedFrame {
  frame: number;
  pixels: Buffer;
}

async function write(
  call: CommandLine & { output: string },
  codec: Codec,
  { size, frameRate }: { size: PictureSize; frameRate: number },
  frames: AsyncIterable<PaintedFrame>,
): Promise<void> {
  if (codec.type === 'video') {
    await encodeVideo(call.output, codec, { ...size, frameRate: frameRate / call.increment }, pixelsOf(frames));
    return;
  }
  for await (const { frame, pixels } of frames) {
    await writeFile(sequenceName(call.output, frame), await encodeImage(codec, size, pixels));
  }
}

async function* pixelsOf(frames: AsyncIterable<PaintedFrame>): AsyncGenerator<Buffer> {
  for await (const { pixels } of frames) yield pixels;
}
