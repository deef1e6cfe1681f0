import { writeFile } from 'node:fs/promises';
import { codecOfOutputModule } from '../../aerender/arguments.ts';
import { type Codec, DEFAULT_VIDEO_CODEC } from '../../contract/formats.ts';
import { EngineError } from '../../errors.ts';
import type { MediaTools } from '../../media/media-tools.ts';
import {
  compositionsOf,
  frameCountOf,
  hasExpressions,
  type LottieAsset,
  type LottieComposition,
  type LottieDocument,
} from '../document/index.ts';
import {
  baked,
  differenceSentences,
  drawingFault,
  fitForSkia,
  type PathGeometry,
  TooMuchToBake,
  unfolded,
} from '../normalise/index.ts';
import { isShrunkIntoBox } from '../object-model/text-document.ts';
import { type CommandLine, RenderFailure, type RenderLog, sequenceName } from './command-line.ts';
import { drawTexts, textsUnder } from './draw-texts.ts';
import { enlargePictures } from './enlarged-pictures.ts';
import { fitBoxes } from './fit-boxes.ts';
import { ProjectFonts } from './fonts.ts';
import { type DrawableParts, drawableDocument, FramePainter, type PictureSize, startSkia } from './frames.ts';
import { SkiaGeometry } from './path-operations.ts';
import { fillPictures, loadPictures, usedAssets, VIDEO_ASSET } from './pictures.ts';
import { afterScript, evaluateExpressions, hasFiles, type OpenedDocument, openDocument } from './rendered-document.ts';
import { type SkiaMessage, skiaWarnings } from './skia-log.ts';
import { replaceLayers, VideoFootage } from './video-footage.ts';

/** Renders what a command line asks for. Throws `RenderFailure` with aerender's words. */
export async function render(call: CommandLine, log: RenderLog): Promise<void> {
  if (call.project === null) throw new RenderFailure('No project provided and no project open.');
  if (call.output === null) throw new RenderFailure('No output file path was given.');
  if (call.ffmpeg !== null)
    log.line(`FFmpeg: ${call.ffmpeg}${call.encoder === null ? '' : `, encoder ${call.encoder}`}`);
  const tools = await mediaToolsOf(call);
  await using opened = await openTemplate(call.project, call);
  const { folder } = opened;
  const projectFonts = await ProjectFonts.open(folder);
  const document = await afterScript(opened, call, { tools, fonts: projectFonts, log });
  log.progress('Adding specified comp to Render Queue');
  const codec = codecOf(call);
  const composition = compositionOf(document, call);
  refuseSize(document, composition, call);
  const span = spanOf(composition, call);

  const warned = new Set<string>();
  for (const message of new Set([...opened.differences, ...differenceSentences(document, composition)]))
    log.warning(message);
  const pictures = hasFiles(document) ? await picturesOf(document, composition, { ...call, tools, log }) : new Map();
  const range = { first: composition.first + span.first, last: composition.first + span.last };
  if (hasExpressions(document)) await evaluateExpressions(document, composition, range, projectFonts, log);
  const shownTexts = textsUnder(document, composition.layers);
  const texts = await drawTexts(document, shownTexts, projectFonts);
  for (const font of texts.missing) log.missingFont(font);
  for (const message of texts.warnings) log.warning(message);
  const shrunk = shownTexts.filter(isShrunkIntoBox);
  if (shrunk.length > 0) await fitBoxes(shrunk, document, texts.fonts);
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
  await write({ ...call, output: call.output }, codec, { size, frameRate: document.fr, tools }, framesOf());
  log.end(composition, (performance.now() - begun) / 1000);

  /** Once for each sentence: a document with videos is loaded many times. */
  function warn(messages: readonly SkiaMessage[]): void {
    for (const sentence of messages.length === 0 ? [] : skiaWarnings(messages, fit.document)) {
      if (!warned.has(sentence)) log.warning(sentence);
      warned.add(sentence);
    }
  }

  async function* framesOf(): AsyncGenerator<PaintedFrame> {
    const background = backgroundOf(fit.document, fit.composition);
    const { alpha: transparent } = codec;
    using painter = await FramePainter.open(size, { transparent, background, supersample: call.supersample });
    let ordinal = 0;
    for await (const paint of documentsFor(fit.document, fit.composition, span, { parts, painter, tools, warn })) {
      for (let frame = paint.first; frame < paint.end; frame += 1) {
        if ((frame - span.first) % call.increment !== 0) continue;
        const started = performance.now();
        ordinal += 1;
        const pixels = painter.paint(frame);
        yield { frame, pixels, isRepeated: painter.isRepeated };
        log.frame(frame, ordinal, document.fr, (performance.now() - started) / 1000);
      }
    }
  }
}

/** Native code is loaded only if no program is there in its place. */
async function mediaToolsOf(call: CommandLine): Promise<MediaTools> {
  if (call.ffmpeg === null) return (await import('../../media/native-tools.ts')).nativeTools;
  const [{ programTools }, { openFfmpeg }] = await Promise.all([
    import('./program-tools.ts'),
    import('../sandbox/ffmpeg-channel.ts'),
  ]);
  return programTools(await openFfmpeg(call.ffmpeg, call));
}

/** The pictures of a composition, made to fill the spaces that they have. Throws where one is missing. */
async function picturesOf(
  document: LottieDocument,
  { layers }: LottieComposition,
  {
    continueOnMissingFootage,
    supersample,
    tools,
    log,
  }: Pick<CommandLine, 'continueOnMissingFootage' | 'supersample'> & { tools: MediaTools; log: RenderLog },
): Promise<Map<LottieAsset, Uint8Array>> {
  const { pictures, missing } = await loadPictures(usedAssets(document, layers), tools);
  for (const name of missing) {
    if (!continueOnMissingFootage) throw new RenderFailure(`The footage file ${name} is missing.`);
    log.warning(`The footage file ${name} is missing.`);
  }
  fillPictures(document, pictures);
  if (supersample > 1) enlargePictures(pictures, supersample, await startSkia());
  return pictures;
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
  const skia = await startSkia();
  const geometry: PathGeometry = { offset: (...path) => new SkiaGeometry(skia).offset(...path) };
  const fitted = fitForSkia(bakedBy(geometry, document));
  const layers =
    composition.asset === null
      ? fitted.layers
      : fitted.assets.find((_, index) => document.assets[index] === composition.asset)?.layers;
  return { document: fitted, composition: { ...composition, layers: layers ?? composition.layers } };
}

function bakedBy(geometry: PathGeometry, document: LottieDocument): LottieDocument {
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
  const drawn = unfolded(composition.layers, (list) =>
    list.map(({ refId }) => (refId === undefined ? null : (byId.get(refId) ?? null))),
  );
  const fault = drawingFault({ ...sizeOf(composition, call), ...drawn, supersample: call.supersample });
  if (fault !== null) throw new RenderFailure(`The composition “${composition.name}” ${fault}.`);
}

/**
 * After Effects multiplies what it renders with the background of the composition, so an output without alpha shows it;
 * that of a nested composition is transparent. Sources: After Effects help, "Composition background color"; Adobe
 * Community, "Alpha channel always renders premultiplied" (2019).
 */
function backgroundOf(document: LottieDocument, { asset }: LottieComposition): readonly number[] | undefined {
  return (asset ?? document).ae?.background;
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
  {
    parts,
    painter,
    tools,
    warn,
  }: {
    parts: DrawableParts;
    painter: FramePainter;
    tools: MediaTools;
    warn: (messages: readonly SkiaMessage[]) => void;
  },
): AsyncGenerator<{ first: number; end: number }> {
  if (!document.assets.some(({ t }) => t === VIDEO_ASSET)) {
    warn(painter.load(drawableDocument(document, composition, parts)));
    yield { first: span.first, end: span.last + 1 };
    return;
  }
  await using videos = new VideoFootage(document, composition.layers, tools);
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
  /** It is the same as the frame before. */
  isRepeated: boolean;
}

async function write(
  call: CommandLine & { output: string },
  codec: Codec,
  { size, frameRate, tools }: { size: PictureSize; frameRate: number; tools: MediaTools },
  frames: AsyncIterable<PaintedFrame>,
): Promise<void> {
  if (codec.type === 'video') {
    const format = { ...size, frameRate: frameRate / call.increment };
    await tools.encodeVideo(call.output, codec, format, pixelsOf(frames));
    return;
  }
  let encoded: Uint8Array | null = null;
  for await (const { frame, pixels, isRepeated } of frames) {
    if (!isRepeated || encoded === null) encoded = await tools.encodeImage(codec, size, pixels);
    await writeFile(sequenceName(call.output, frame), encoded);
  }
}

async function* pixelsOf(frames: AsyncIterable<PaintedFrame>): AsyncGenerator<Buffer> {
  for await (const { pixels } of frames) yield pixels;
}
