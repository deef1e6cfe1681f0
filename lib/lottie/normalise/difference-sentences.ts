import { compositionsOf, type LottieComposition, type LottieDocument, layerNameOf } from '../document/index.ts';
import { type Difference, differencesOf } from './differences.ts';

/**
 * For warnings and errors: `In composition 'main', layer 'logo' will look different, from 0:02 to 0:05: the effect Mosaic
 * is not drawn.` What is only approximated may look different; a sound, and what another program says, has no such word.
 */
export function differenceSentence(
  place: { composition: string; layer: string | null },
  { what, time, visible, outcome }: Pick<Difference, 'what'> & Partial<Difference>,
): string {
  const subject = place.layer === null ? '' : `, layer '${place.layer}'`;
  const looks = visible ? ' will look different' : outcome === 'approximated' ? ' may look a little different' : '';
  const when = time === null || time === undefined ? '' : `, from ${clock(time.from)} to ${clock(time.to)}`;
  return `In composition '${place.composition}'${subject}${looks}${when}: ${what}.`;
}

/** `1:05`, or `0:02.48` if it is not a whole second. */
function clock(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
  const text = (rest / 100).toFixed(rest % 100 === 0 ? 0 : 2);
  return `${minutes}:${rest < 1000 ? '0' : ''}${text}`;
}

/** The differences of a composition and of those that it shows, as sentences. */
export function differenceSentences(document: LottieDocument, top: LottieComposition): string[] {
  const byId = new Map(compositionsOf(document).map((composition) => [composition.asset?.id, composition]));
  const sentences: string[] = [];
  const seen = new Set<LottieComposition>();
  const visit = (composition: LottieComposition): void => {
    if (seen.has(composition)) return;
    seen.add(composition);
    for (const layer of composition.layers) {
      const place = { composition: composition.name, layer: layerNameOf(document, layer) };
      for (const difference of differencesOf(document, composition, layer))
        sentences.push(differenceSentence(place, difference));
      const shown = layer.refId === undefined ? undefined : byId.get(layer.refId);
      if (shown !== undefined) visit(shown);
    }
  };
  visit(top);
  return [...new Set(sentences)];
}
