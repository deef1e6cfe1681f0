/** 8,192 by 8,192, the largest picture that most decoders of video accept: the renderer needs some 20 bytes for each pixel. */
const MOST_PIXELS = 2 ** 26;

/** Counts a composition and all that it shows, each as often as it is shown. Real templates have hundreds. */
const MOST_LAYERS = 50_000;

interface DrawnSize {
  width: number;
  height: number;
  /** As `unfoldedLayers` counts them. */
  layers: number;
  /** How many times larger it is drawn in each direction; left out: 1. */
  supersample?: 1 | 2 | 4;
}

/** Why the bundled renderer does not draw a composition of this size, to be put after its name; null if it does. */
export function drawingFault({ width, height, layers, supersample = 1 }: DrawnSize): string | null {
  const larger = supersample === 1 ? '' : `, drawn ${supersample} times larger in each direction (supersample)`;
  if (width * height * supersample ** 2 > MOST_PIXELS)
    return `has ${width} x ${height} pixels${larger}, and the bundled renderer draws up to ${count(MOST_PIXELS)} of them (8,192 x 8,192)`;
  if (layers > MOST_LAYERS)
    return `unfolds to ${count(layers)} layers, and the bundled renderer draws up to ${count(MOST_LAYERS)} of them`;
  return null;
}

/**
 * How many layers are drawn for a composition, if each composition is counted as often as it is shown. `shows` lists, for
 * each of its layers, the composition that the layer shows, or null. A composition that shows itself counts once.
 */
export function unfoldedLayers<Composition>(
  top: Composition,
  shows: (composition: Composition) => readonly (Composition | null)[],
): number {
  const counted = new Map<Composition, number>();
  const layersOf = (composition: Composition): number => {
    const known = counted.get(composition);
    if (known !== undefined) return known;
    counted.set(composition, 0);
    let layers = 0;
    for (const shown of shows(composition)) layers += 1 + (shown === null ? 0 : layersOf(shown));
    counted.set(composition, layers);
    return layers;
  };
  return layersOf(top);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
