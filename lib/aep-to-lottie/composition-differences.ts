import type { CompItem, Layer } from '../aep/read-project.ts';
import type { LottieComposition, LottieDocument, LottieLayer } from '../lottie/document/index.ts';
import { type Difference as DrawnDifference, differencesOf } from '../lottie/normalise/index.ts';
import { convertLayers } from './document.ts';
import { FootageNames } from './footage.ts';
import type { DocumentParts } from './layer.ts';
import { Report } from './report.ts';

/**
 * What the bundled renderer will draw of each layer of a composition otherwise than After Effects: what a document cannot
 * say, and what is not drawn of it.
 */
export function compositionDifferences(comp: CompItem): (layer: Layer) => readonly DrawnDifference[] {
  const report = new Report({ ownKeys: true });
  const footage = new FootageNames();
  const parts: DocumentParts = {
    frameRate: comp.frameRate,
    withValues: false,
    useFootage: (item) => footage.use(item),
    useFont: () => undefined,
    useComposition: () => '',
  };
  const converted = convertLayers(comp, parts, report) as LottieLayer[];
  return (layer) => {
    const said = report.ofLayer(layer).map(({ what, outcome, visible, time }) => ({ what, outcome, visible, time }));
    const drawn = drawnDifferences(comp, converted, converted[layer.index - 1]);
    return [...said, ...drawn.filter(({ what }) => !said.some((one) => one.what === what))];
  };
}

/** As if the composition were a document. */
function drawnDifferences(comp: CompItem, layers: LottieLayer[], layer: LottieLayer | undefined): DrawnDifference[] {
  if (layer === undefined) return [];
  const end = Math.max(1, Math.round(comp.duration * comp.frameRate));
  const size = { w: comp.width, h: comp.height };
  const document: LottieDocument = { fr: comp.frameRate, ip: 0, op: end, ...size, layers, assets: [] };
  const composition: LottieComposition = {
    ...{ asset: null, name: comp.name, width: comp.width, height: comp.height },
    ...{ first: 0, end, layers },
  };
  return differencesOf(document, composition, layer);
}
