import { access } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Asset } from '../assets/asset.ts';
import { layersUnder } from '../template/composition.ts';
import type { TemplateComposition, TemplateFootage, TemplateModel } from '../template/model.ts';

/** A template whose footage is checked, and what of it the job replaces. */
interface CheckedFootage {
  model: TemplateModel;
  /** Where the template lies. */
  path: string;
  composition: TemplateComposition;
  assets: readonly Asset[];
}

/** The files that a composition shows and that are not there, each as a sentence. */
export async function footageWarnings(template: CheckedFootage): Promise<string[]> {
  const { model, composition, assets } = template;
  // Where the pictures of a .lottie lie is for its own rules, and for the renderer to say.
  if (model.type === 'lottie') return [];
  const isArchive = ARCHIVES.has(model.type);
  const shown = new Set(
    layersUnder(model, composition)
      .filter(({ layer }) => layer.kind !== 'audio' || model.type !== 'json')
      .filter(({ composition: { name }, layer }) => !isReplaced(assets, composition.name, name, layer))
      .map(({ layer }) => layer.sourceId),
  );
  const warnings: string[] = [];
  for (const footage of model.footage) {
    if (footage.path === null || !shown.has(footage.id) || (await isThere(footage, template))) continue;
    const where = isArchive ? 'in the archive' : 'beside the template';
    warnings.push(
      `The footage '${footage.name}' of the template is missing: ${footage.path} is not there, and not ${where}.`,
    );
  }
  return warnings;
}

/** Whether the job gives the layer something else to show. */
function isReplaced(
  assets: readonly Asset[],
  jobComposition: string,
  composition: string,
  layer: { name: string; index: number },
): boolean {
  return assets.some((asset) => {
    if (!('layerName' in asset || 'layerIndex' in asset) || !REPLACING.has(asset.type)) return false;
    const isHere = ('composition' in asset ? (asset.composition ?? jobComposition) : jobComposition) === composition;
    const { layerName, layerIndex } = asset as { layerName?: string; layerIndex?: number };
    return isHere && (layerName === undefined ? layerIndex === layer.index : layerName === layer.name);
  });
}

const REPLACING: ReadonlySet<Asset['type']> = new Set(['image', 'video', 'audio', 'job'] as const);

const ARCHIVES: ReadonlySet<TemplateModel['type']> = new Set(['mogrt', 'zip'] as const);

/** Both renderers look where the file was when the template was saved, and then where it was from the template. */
async function isThere(
  { path, relativePath, places: named, packed }: TemplateFootage,
  template: CheckedFootage,
): Promise<boolean> {
  if (packed === true) return true;
  // What is not in an archive is not beside it either: it is unpacked into a folder of its own.
  const isLoose = !ARCHIVES.has(template.model.type);
  const beside = isLoose ? (named ?? [relativePath]) : [];
  const places = [
    path !== null && named === undefined && isAbsolute(path) ? path : null,
    ...beside.map((place) => (place === null ? null : resolve(dirname(template.path), place))),
  ];
  for (const place of places) {
    if (place === null) continue;
    try {
      await access(place);
      return true;
    } catch {
      // Not in this place.
    }
  }
  return false;
}
