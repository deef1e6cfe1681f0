import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Step } from '../assets/asset.ts';
import { type RendererKind, rendersWith } from '../contract/formats.ts';
import type { Fault } from '../errors.ts';
import { whatIsAt } from '../files.ts';
import { differenceSentence, drawingFault, unfolded } from '../lottie/normalise/index.ts';
import type { ResolvedTemplate } from '../template/catalog.ts';
import { layersUnder } from '../template/composition.ts';
import type { TemplateComposition, TemplateFootage, TemplateModel } from '../template/model.ts';
import type { BesideFile } from './job-plan.ts';

/** A file that a template shows, and what a copy of the template needs of it. */
interface LookedFor {
  footage: TemplateFootage;
  isThere: boolean;
  beside: BesideFile[];
}

/** Looks for the footage of the templates of one call; a template that many jobs name is looked at once. */
export class FootageChecker {
  readonly #known = new Map<ResolvedTemplate, Promise<LookedFor[]>>();

  /** What has to be beside the copy of a template. What is missing now is listed too: it may come before the render. */
  async beside(template: ResolvedTemplate, renderer: RendererKind): Promise<BesideFile[]> {
    const files = await Promise.all(
      (await this.#look(template)).map(async ({ footage, beside, isThere }) =>
        renderer === 'bundled' && isThere && beside.length === 0 ? await elsewhere(footage) : beside,
      ),
    );
    const byPlace = new Map(files.flat().map((file) => [file.to, file]));
    return [...byPlace.values()];
  }

  /** The files that a composition shows and that are not there, each as a sentence. */
  async warnings(
    template: ResolvedTemplate,
    composition: TemplateComposition,
    steps: readonly Step[],
  ): Promise<string[]> {
    const { model } = template;
    // Where the pictures of a .lottie lie is for its own rules, and for the renderer to say.
    if (model.type === 'lottie') return [];
    const missing = (await this.#look(template)).filter(({ isThere }) => !isThere);
    if (missing.length === 0) return [];
    const shown = shownBy(model, composition, steps);
    const where = isPackedProject(model) ? 'in the archive' : 'beside the template';
    return missing
      .filter(({ footage }) => shown.has(footage.id))
      .map(
        ({ footage: { name, path } }) =>
          `The footage '${name}' of the template is missing: ${path} is not there, and not ${where}.`,
      );
  }

  #look(template: ResolvedTemplate): Promise<LookedFor[]> {
    const known = this.#known.get(template) ?? lookFor(template);
    this.#known.set(template, known);
    return known;
  }
}

/** The bundled renderer reads the work folder only, so footage from anywhere on this machine has to be in it. */
async function elsewhere({ path, relativePath, packed, sequence }: TemplateFootage): Promise<BesideFile[]> {
  if (packed === true || path === null || !isAbsolute(path)) return [];
  if (sequence !== true) return [{ from: path, to: relativePath ?? `(Footage)/${basename(path)}` }];
  // All files of its folder belong to a sequence; a project names the first one, or the folder itself.
  const isFolder = (await whatIsAt(path)) === 'folder';
  const from = isFolder ? path : dirname(path);
  const near = relativePath === null || isFolder ? relativePath : dirname(relativePath);
  return [{ from, to: near ?? `(Footage)/${basename(from)}` }];
}

async function lookFor({ path, model }: ResolvedTemplate): Promise<LookedFor[]> {
  const files = model.footage.filter((footage) => footage.path !== null);
  return await Promise.all(
    files.map(async (footage) => ({ footage, ...(await placeOf(footage, dirname(path), isPackedProject(model))) })),
  );
}

/**
 * Both renderers look where a file was when the template was saved, and then where it was from the template. What is not
 * in an archive is not beside it either: it is unpacked into a folder of its own.
 */
async function placeOf(
  { path, relativePath, places, packed, sequence }: TemplateFootage,
  folder: string,
  archive: boolean,
): Promise<Omit<LookedFor, 'footage'>> {
  if (packed === true) return { isThere: true, beside: [] };
  if (places !== undefined) return archive ? { isThere: false, beside: [] } : await pictureIn(places, folder);
  if (path !== null && isAbsolute(path) && (await whatIsAt(path)) !== null) return { isThere: true, beside: [] };
  if (archive || relativePath === null) return { isThere: false, beside: [] };
  // A sequence needs its whole folder: the project names its first file, or the folder itself.
  const isFolder = sequence !== true || (await whatIsAt(resolve(folder, relativePath))) === 'folder';
  const to = isFolder ? relativePath : dirname(relativePath);
  const from = resolve(folder, to);
  return { isThere: (await whatIsAt(from)) !== null, beside: [{ from, to }] };
}

/** A document from elsewhere must not bring in files from outside its own folder. */
async function pictureIn(places: readonly string[], folder: string): Promise<Omit<LookedFor, 'footage'>> {
  const inside = places.filter((place) => {
    const path = relative(folder, resolve(folder, place));
    return !path.startsWith('..') && !isAbsolute(path);
  });
  for (const to of inside) {
    const from = resolve(folder, to);
    if ((await whatIsAt(from)) === 'file') return { isThere: true, beside: [{ from, to }] };
  }
  return { isThere: false, beside: inside.map((to) => ({ from: resolve(folder, to), to })) };
}

/** The ids of the footage that a composition shows, less that whose layers the job gives something else to show. */
function shownBy(model: TemplateModel, composition: TemplateComposition, steps: readonly Step[]): Set<number | null> {
  return new Set(
    layersUnder(model, composition)
      .filter(({ layer }) => layer.kind !== 'audio' || model.type !== 'json')
      .filter(({ composition: { name }, layer }) => !isReplaced(steps, composition.name, name, layer))
      .map(({ layer }) => layer.sourceId),
  );
}

function isReplaced(
  steps: readonly Step[],
  jobComposition: string,
  composition: string,
  layer: { name: string; index: number },
): boolean {
  return steps.some(
    (step) =>
      step.type === 'footage' &&
      (step.composition ?? jobComposition) === composition &&
      (step.layerName === undefined ? step.layerIndex === layer.index : step.layerName === layer.name),
  );
}

function isPackedProject({ type }: TemplateModel): boolean {
  return type === 'mogrt' || type === 'zip';
}

/** So many differences are named in a refusal; the rest is counted. */
const NAMED = 3;

/**
 * How the bundled renderer's picture of a composition will differ from After Effects': warnings, or a refusal of what one
 * would see. Lottie documents are made for players, which draw them as they can: theirs are warnings, unless the option
 * says otherwise.
 */
export function checkPicture(
  model: TemplateModel,
  composition: TemplateComposition,
  options: { allowUnsupported?: boolean | undefined; supersample: 1 | 2 | 4 },
): { faults: Fault[]; warnings: string[] } {
  const tooLarge = sizeFault(model, composition, options.supersample);
  if (tooLarge !== null) return { faults: [tooLarge], warnings: [] };
  const differences = pictureDifferences(model, composition);
  const allowed = options.allowUnsupported ?? rendersWith(model.type) === 'bundled';
  const refused = allowed ? [] : differences.filter(({ visible }) => visible);
  const warnings = differences.filter((difference) => !refused.includes(difference)).map(({ message }) => message);
  return { faults: refused.length === 0 ? [] : [refusal(refused.map(({ message }) => message))], warnings };
}

function sizeFault(model: TemplateModel, composition: TemplateComposition, supersample: 1 | 2 | 4): Fault | null {
  const byId = new Map(model.compositions.map((one) => [one.id, one]));
  const size = unfolded(composition, (one) =>
    one.layers.map(({ sourceId }) => (sourceId === null ? null : (byId.get(sourceId) ?? null))),
  );
  const fault = drawingFault({ width: composition.width, height: composition.height, ...size, supersample });
  return fault === null
    ? null
    : { code: 'COMPOSITION_TOO_LARGE', message: `Composition '${composition.name}' ${fault}.` };
}

function refusal(messages: readonly string[]): Fault {
  const more = messages.length - NAMED;
  const rest = more > 0 ? ` And ${more} more.` : '';
  return {
    code: 'FEATURE_UNSUPPORTED',
    message: `The bundled renderer would not draw this as After Effects does. ${messages.slice(0, NAMED).join(' ')}${rest} Render it with After Effects, or allow it with the option bundled.allowUnsupported (--allow-unsupported).`,
  };
}

/** How the picture of a composition will differ from After Effects', if the bundled renderer draws it. */
export interface PictureDifference {
  /** A sentence. */
  message: string;
  /** Whether one sees it. */
  visible: boolean;
}

/**
 * Each difference of the layers under a composition, once; of every composition if none is named, for a template without
 * a main one.
 */
export function pictureDifferences(model: TemplateModel, top: TemplateComposition | null): PictureDifference[] {
  const tops = top === null ? model.compositions : [top];
  const found = tops
    .flatMap((composition) => layersUnder(model, composition))
    .flatMap(({ composition, layer: { name, differences = [] } }) =>
      differences.map((difference) => ({
        message: differenceSentence({ composition: composition.name, layer: name }, difference),
        visible: difference.visible,
      })),
    );
  return [...new Map(found.map((difference) => [difference.message, difference])).values()];
}
