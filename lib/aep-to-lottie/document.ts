import type { CompItem, Layer, Project } from '../aep/read-project.ts';
import { EngineError } from '../errors.ts';
import { fontNamed } from '../fonts/font.ts';
import type { LottieDocument } from '../lottie/document/index.ts';
import { FootageNames, type UsedFootage } from './footage.ts';
import { rounded } from './keyframes.ts';
import { convertLayer, type DocumentParts } from './layer.ts';
import { type Difference, Report } from './report.ts';

/** Options of `exportDocument`. */
export interface ExportOptions {
  /** The composition's name. Default: the one of the Essential Graphics panel, else the first that no other one shows. */
  composition?: string;
  /** Also the compositions that this one does not show. */
  everything?: boolean;
  /** Whether the document's reader knows the keys of our own, as the bundled renderer does: what they say is no difference. */
  ownKeys?: boolean;
}

/** A composition as a Lottie document, and what the document does not say. */
export interface ExportedDocument {
  /** A Lottie document; its pictures lie in `images/` beside it, under the names in `footage`. */
  document: LottieDocument;
  /** What it cannot say, or says in another way. */
  differences: Difference[];
  /** The files that it shows. */
  footage: UsedFootage[];
}

/** The version of Bodymovin whose way of writing this is. */
const FORMAT_VERSION = '5.12.2';

/**
 * Writes a composition of a project, and all that it shows, as a Lottie document.
 *
 * ```ts
 * const { document, differences } = exportDocument(readProject(bytes), { composition: 'main' });
 * ```
 *
 * Layers have the numbers, names and match names of the project. Times are frames of the composition's own rate.
 *
 * @throws {EngineError} `COMPOSITION_NOT_FOUND` if there is none of that name; `TEMPLATE_UNREADABLE` if it contains
 * itself.
 */
export function exportDocument(project: Project, options: ExportOptions = {}): ExportedDocument {
  const top = findComposition(project, options.composition);
  const report = new Report({ ownKeys: options.ownKeys === true });
  const footage = new FootageNames();
  const fonts = new Set<string>();
  const nested = new Map<CompItem, string>();
  const waiting: CompItem[] = [];
  const parts: DocumentParts = {
    frameRate: top.frameRate,
    withValues: true,
    useFootage: (item) => footage.use(item),
    useFont: (name) => {
      if (name !== '') fonts.add(name);
    },
    useComposition: (comp) => {
      const known = nested.get(comp);
      if (known !== undefined) return known;
      const id = `comp_${comp.id}`;
      nested.set(comp, id);
      waiting.push(comp);
      return id;
    },
  };
  if (!isSound(top))
    throw new EngineError(
      'TEMPLATE_UNREADABLE',
      `The composition '${top.name}' contains itself, or compositions within each other more than ${MOST_NESTING} deep. The project is damaged: open it in After Effects and save it again.`,
    );
  if (top.bgColor.some((channel) => channel > 0))
    report.ofComposition(top, { what: 'it has no background', outcome: 'dropped', visible: false, ownKey: true });
  const layers = convertLayers(top, parts, report);
  if (options.everything === true)
    for (const comp of project.compositions) if (comp !== top && isSound(comp)) parts.useComposition(comp);
  const compositions: object[] = [];
  for (let comp = waiting.shift(); comp !== undefined; comp = waiting.shift()) {
    if (comp.preserveNestedFrameRate && comp.frameRate !== top.frameRate)
      report.ofComposition(comp, {
        what: `it moves at ${rounded(top.frameRate)} frames a second, not at its own ${rounded(comp.frameRate)}`,
        outcome: 'approximated',
        visible: false,
      });
    compositions.push(convertNested(comp, nested.get(comp) ?? '', parts, report));
  }
  const document = {
    v: FORMAT_VERSION,
    fr: rounded(top.frameRate),
    ip: 0,
    op: Math.max(1, rounded(top.duration * top.frameRate)),
    w: top.width,
    h: top.height,
    nm: top.name,
    ae: { id: top.id, background: top.bgColor.map(rounded) },
    ddd: [top, ...nested.keys()].some(({ layers: all }) => all.some(({ switches }) => switches.threeD)) ? 1 : 0,
    assets: [...footage.assets(top.frameRate), ...compositions],
    ...(fonts.size === 0 ? {} : { fonts: { list: [...fonts].map(convertFont) } }),
    layers,
    markers: convertMarkers(top),
  };
  return { document: document as unknown as LottieDocument, differences: report.differences, footage: footage.all };
}

function findComposition(project: Project, name: string | undefined): CompItem {
  const found = name === undefined ? project.mainComposition : project.compositions.find((comp) => comp.name === name);
  if (found !== undefined && found !== null) return found;
  const names = project.compositions.map((comp) => `'${comp.name}'`);
  throw new EngineError(
    'COMPOSITION_NOT_FOUND',
    name === undefined
      ? 'The project has no composition.'
      : `The project has no composition '${name}'; it has ${names.slice(0, 10).join(', ') || 'none'}.`,
  );
}

/** How many compositions may stand in each other; After Effects itself gets slow long before. */
const MOST_NESTING = 500;

/** A damaged project can say that a composition shows itself, which would be drawn for ever. */
function isSound(top: CompItem): boolean {
  const done = new Set<CompItem>();
  const open = new Set<CompItem>();
  const visit = (comp: CompItem): boolean => {
    if (done.has(comp)) return true;
    if (open.has(comp) || open.size >= MOST_NESTING) return false;
    open.add(comp);
    const sound = comp.layers.every(({ source }) => source?.typeName !== 'Composition' || visit(source));
    open.delete(comp);
    done.add(comp);
    return sound;
  };
  return visit(top);
}

export function convertLayers(comp: CompItem, parts: DocumentParts, report: Report): object[] {
  const mattes = new Set<Layer>();
  for (const { trackMatteLayer } of comp.layers) if (trackMatteLayer !== null) mattes.add(trackMatteLayer);
  const solo = comp.layers.some(({ switches }) => switches.solo && switches.enabled);
  return comp.layers.map((layer) => {
    const neighbours = { unlikeSolo: solo && !layer.switches.solo, isMatte: mattes.has(layer) };
    return convertLayer(layer, parts, neighbours, report.forLayer(layer));
  });
}

function convertNested(comp: CompItem, id: string, parts: DocumentParts, report: Report): object {
  return {
    id,
    nm: comp.name,
    ae: {
      id: comp.id,
      frames: Math.max(1, Math.round(comp.duration * parts.frameRate)),
      background: comp.bgColor.map(rounded),
    },
    fr: rounded(comp.frameRate),
    w: comp.width,
    h: comp.height,
    layers: convertLayers(comp, parts, report),
  };
}

function convertFont(name: string): object {
  const { family, style } = fontNamed(name);
  return { fName: name, fFamily: family, fStyle: style || 'Regular' };
}

function convertMarkers(comp: CompItem): object[] {
  return comp.markers().map(({ time, duration, comment }) => ({
    tm: rounded(time * comp.frameRate),
    cm: comment,
    dr: rounded(duration * comp.frameRate),
  }));
}
