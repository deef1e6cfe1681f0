import {
  compositionsOf,
  LAYER_TYPE,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
  layerNameOf,
} from './document.ts';

/** Something of a layer that the bundled renderer draws otherwise than After Effects does. */
export interface Difference {
  /** The rest of a sentence about the layer: `its sound is left out`. */
  what: string;
  /** Whether the picture is wrong because of it. */
  visible?: boolean;
}

/** All that is known of a layer before it is drawn. */
export function differencesOf(layer: LottieLayer): Difference[] {
  if (layer.ty === LAYER_TYPE.audio) return [{ what: 'its sound is left out' }];
  return [];
}

/** For warnings at `create` and in the renderer's log: `Composition 'main', layer 'music': its sound is left out.` */
export function differenceMessage(place: { composition: string; layer: string }, { what }: Difference): string {
  return `Composition '${place.composition}', layer '${place.layer}': ${what}.`;
}

/** The differences of a composition and of those that it shows, as sentences. */
export function differenceMessages(document: LottieDocument, top: LottieComposition): string[] {
  const byId = new Map(compositionsOf(document).map((composition) => [composition.asset?.id, composition]));
  const messages: string[] = [];
  const seen = new Set<LottieComposition>();
  const visit = (composition: LottieComposition): void => {
    if (seen.has(composition)) return;
    seen.add(composition);
    for (const layer of composition.layers) {
      const place = { composition: composition.name, layer: layerNameOf(document, layer) };
      messages.push(...differencesOf(layer).map((difference) => differenceMessage(place, difference)));
      const shown = layer.refId === undefined ? undefined : byId.get(layer.refId);
      if (shown !== undefined) visit(shown);
    }
  };
  visit(top);
  return messages;
}
