/**
 * The parts of a Lottie/Bodymovin document that we rely on, checked as it is read. Everything else is kept as it is.
 * Source of the format: the Lottie Animation Community's specification.
 */
import { z } from 'zod';
import { faultMessage, shorten } from '../../contract/faults.ts';
import { EngineError } from '../../errors.ts';
import { decodeText } from '../../text-encoding.ts';

/** Larger pictures than this are beyond After Effects as well. */
const MOST_PIXELS = 30_000;
const MOST_LAYERS = 100_000;
/** A group in a group costs two levels. What reads the document goes into it by recursion, and a stack has an end. */
const MOST_LEVELS = 1_000;

const size = z.number().positive().max(MOST_PIXELS);
const time = z.number().min(-1e7).max(1e7);
/** No less than a frame in a thousand seconds: a length in seconds stays a number. */
const frameRate = z.number().min(0.001).max(1_000);

/**
 * What our own converter says beside a composition, footage or layer of an After Effects project: the id that it has
 * there, of a composition how many frames it has and its background (red, green, blue to 1), of a layer whether its effects
 * are those of all below it (an adjustment layer), of a Photoshop file which of its layers is shown, with its place from
 * the bottom and its edges in pixels. Written by others, the key means nothing.
 */
const projectSchema = z
  .object({
    photoshopLayer: z
      .object({ index: z.int(), top: z.int(), left: z.int(), bottom: z.int(), right: z.int() })
      .optional(),
    id: z.int().optional(),
    frames: z.int().min(1).max(1e7).optional(),
    adjustment: z.boolean().optional(),
    background: z.tuple([z.number(), z.number(), z.number()]).optional(),
  })
  .optional()
  .catch(undefined);

const layerSchema = z.looseObject({
  ae: projectSchema,
  ty: z.int(),
  nm: z.string().optional(),
  ind: z.number().optional(),
  parent: z.number().optional(),
  refId: z.string().optional(),
  ip: time.optional(),
  op: time.optional(),
  st: time.optional(),
  sr: z.number().min(-1e6).max(1e6).optional(),
});

const assetSchema = z.looseObject({
  ae: projectSchema,
  id: z.string(),
  nm: z.string().optional(),
  layers: z.array(layerSchema).max(MOST_LAYERS).optional(),
  w: z.number().optional(),
  h: z.number().optional(),
  u: z.string().optional(),
  p: z.string().optional(),
});

const fontSchema = z.looseObject({
  fName: z.string(),
  fFamily: z.string().default(''),
  fStyle: z.string().default(''),
});

const markerSchema = z.looseObject({ tm: time.optional(), dr: time.optional() });

const documentSchema = z.looseObject({
  ae: projectSchema,
  v: z.string().optional(),
  nm: z.string().optional(),
  fr: frameRate,
  ip: time,
  op: time,
  w: size,
  h: size,
  layers: z.array(layerSchema).max(MOST_LAYERS),
  assets: z.array(assetSchema).max(MOST_LAYERS).default([]),
  fonts: z.looseObject({ list: z.array(fontSchema).max(10_000).default([]) }).optional(),
  markers: z.array(markerSchema.nullable()).max(MOST_LAYERS).optional(),
});

export type LottieLayer = z.infer<typeof layerSchema>;
export type LottieAsset = z.infer<typeof assetSchema>;
export type LottieFont = z.infer<typeof fontSchema>;
export type LottieDocument = z.infer<typeof documentSchema>;

/** Layer types by their number in `ty`. */
export const LAYER_TYPE = {
  precomposition: 0,
  solid: 1,
  image: 2,
  null: 3,
  shape: 4,
  text: 5,
  audio: 6,
  video: 9,
  camera: 13,
  light: 14,
} as const;

/** Reads a document. Throws `TEMPLATE_UNREADABLE`, which says where it is wrong. */
export function parseLottie(bytes: Uint8Array): LottieDocument {
  return checkLottie(parseJson(bytes));
}

/** Checks what was read of a document, or made. Throws `TEMPLATE_UNREADABLE`, which says where it is wrong. */
export function checkLottie(json: unknown): LottieDocument {
  const parsed = documentSchema.safeParse(json, { error: faultMessage });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(`${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'is wrong'}`);
  }
  const document = parsed.data;
  document.ip = wholeFrame(document.ip);
  document.op = wholeFrame(document.op);
  if (document.op <= document.ip) throw unreadable('op: it has no frames');
  refuseCycles(document);
  return document;
}

/**
 * NTSC rates leave crumbs in an export: `op: 3.0000001` is the end of three frames, and not the middle of a fourth.
 * Further off than a thousandth a frame is meant to be cut.
 */
function wholeFrame(frame: number): number {
  const nearest = Math.round(frame);
  return Math.abs(frame - nearest) <= 0.001 ? nearest : frame;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = decodeText(bytes);
    refuseDepth(text);
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw unreadable(cause instanceof Error ? cause.message : String(cause));
  }
}

const [QUOTE = 0, BACKSLASH = 0] = ['"', '\\'].map((mark) => mark.charCodeAt(0));
const OPENING: ReadonlySet<number> = new Set(['{', '['].map((mark) => mark.charCodeAt(0)));
const CLOSING: ReadonlySet<number> = new Set(['}', ']'].map((mark) => mark.charCodeAt(0)));

/** Counts brackets, but for those in texts; whether they fit each other, the parser says. */
function refuseDepth(json: string): void {
  let levels = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) inText = !inText;
    else if (inText) at += code === BACKSLASH ? 1 : 0;
    else if (OPENING.has(code)) levels += 1;
    else if (CLOSING.has(code)) levels -= 1;
    if (levels > MOST_LEVELS) throw unreadable(`its values are nested more than ${MOST_LEVELS} deep`);
  }
}

function unreadable(reason: string): EngineError {
  return new EngineError(
    'TEMPLATE_UNREADABLE',
    `The template is not a readable Lottie document (${reason}). Export it again.`,
  );
}

const MOST_NESTING = 500;

/** A composition inside itself would be drawn for ever. */
function refuseCycles(document: LottieDocument): void {
  const layersOf = new Map(document.assets.map((asset) => [asset.id, asset.layers ?? []]));
  /** How many compositions stand in each other from here on. */
  const levelsOf = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = levelsOf.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) throw unreadable(`assets: composition ${shorten(id)} contains itself`);
    open.add(id);
    let levels = 1;
    for (const { refId } of layersOf.get(id) ?? []) {
      if (refId !== undefined) levels = Math.max(levels, 1 + visit(refId));
      // Whichever end of a chain is looked at first.
      if (levels > MOST_NESTING || open.size > MOST_NESTING)
        throw unreadable(`assets: compositions are nested more than ${MOST_NESTING} deep`);
    }
    open.delete(id);
    levelsOf.set(id, levels);
    return levels;
  };
  for (const id of layersOf.keys()) visit(id);
}

/** One composition of a document: the top one (`asset` is null), or one of its `assets`. */
export interface LottieComposition {
  asset: LottieAsset | null;
  name: string;
  width: number;
  height: number;
  /** First frame, and the one after the last. */
  first: number;
  end: number;
  layers: LottieLayer[];
}

/** How many frames a composition has: one that is cut is drawn as well. */
export function frameCountOf({ first, end }: Pick<LottieComposition, 'first' | 'end'>): number {
  return Math.max(1, Math.ceil(wholeFrame(end - first)));
}

/** The top composition under its `nm` (or `main`), then those in `assets` under their `nm` or `id`. */
export function compositionsOf(document: LottieDocument): LottieComposition[] {
  const { w, h, ip, op, layers, nm } = document;
  const top: LottieComposition = {
    asset: null,
    name: nm?.trim() ? nm : 'main',
    width: w,
    height: h,
    first: ip,
    end: op,
    layers,
  };
  const shown = layersBySource(document);
  return [
    top,
    ...document.assets.flatMap((asset) =>
      asset.layers === undefined ? [] : [nested(document, asset, asset.layers, shown.get(asset.id))],
    ),
  ];
}

/** The first layer that shows each asset. */
function layersBySource({ layers, assets }: LottieDocument): ReadonlyMap<string, LottieLayer> {
  const shown = new Map<string, LottieLayer>();
  for (const layer of [layers, ...assets.map((asset) => asset.layers ?? [])].flat())
    if (layer.refId !== undefined && !shown.has(layer.refId)) shown.set(layer.refId, layer);
  return shown;
}

/** A nested composition often keeps neither size nor length of its own; the layers that show it do. */
function nested(
  document: LottieDocument,
  asset: LottieAsset,
  layers: LottieLayer[],
  shown: LottieLayer | undefined,
): LottieComposition {
  const end = layers.reduce((latest, { op = 0 }) => Math.max(latest, op), 0);
  return {
    asset,
    name: asset.nm?.trim() ? asset.nm : asset.id,
    width: asset.w ?? numberOf(shown?.w) ?? document.w,
    height: asset.h ?? numberOf(shown?.h) ?? document.h,
    first: 0,
    end: asset.ae?.frames ?? Math.max(1, Math.min(wholeFrame(end), document.op - document.ip)),
    layers,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** As After Effects shows it: a layer without a name of its own bears that of its source. */
export function layerNameOf(document: LottieDocument, layer: LottieLayer): string {
  return nameOverSource(
    layer,
    document.assets.find((asset) => asset.id === layer.refId),
  );
}

/** The same for one who has found the layer's source. */
export function nameOverSource({ nm }: LottieLayer, source: LottieAsset | undefined): string {
  if (nm !== undefined && nm !== '') return nm;
  return source === undefined ? '' : assetNameOf(source);
}

export function assetNameOf(asset: LottieAsset): string {
  return (
    asset.nm?.trim() ||
    (asset.layers === undefined && asset.p !== undefined && !asset.p.startsWith('data:') ? asset.p : asset.id)
  );
}
