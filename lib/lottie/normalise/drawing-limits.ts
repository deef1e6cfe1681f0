/** 8,192 by 8,192, the largest picture that most decoders of video accept: the renderer needs some 20 bytes for each pixel. */
const MOST_PIXELS = 2 ** 26;

/** Counts a composition and all that it shows, each as often as it is shown. Real templates have hundreds. */
const MOST_LAYERS = 50_000;

/** Skia draws compositions within each other by calls within each other: with mattes, its stack ends at about 90. */
const MOST_DEPTH = 50;

interface DrawnSize {
  width: number;
  height: number;
  /** As `unfolded` counts them. */
  layers: number;
  /** As `unfolded` counts it. */
  depth: number;
  /** How many times larger it is drawn in each direction; left out: 1. */
  supersample?: 1 | 2 | 4;
}

/** Why the bundled renderer does not draw a composition of this size, to be put after its name; null if it does. */
export function drawingFault({ width, height, layers, depth, supersample = 1 }: DrawnSize): string | null {
  const larger = supersample === 1 ? '' : `, drawn ${supersample} times larger in each direction (supersample)`;
  if (width * height * supersample ** 2 > MOST_PIXELS)
    return `has ${width} x ${height} pixels${larger}, and the bundled renderer draws up to ${count(MOST_PIXELS)} of them (8,192 x 8,192)`;
  if (layers > MOST_LAYERS)
    return `unfolds to ${count(layers)} layers, and the bundled renderer draws up to ${count(MOST_LAYERS)} of them`;
  if (depth > MOST_DEPTH)
    return `has ${depth} compositions within each other, and the bundled renderer draws up to ${MOST_DEPTH} of them`;
  return null;
}

/** How much is drawn for a composition. */
interface Unfolded {
  /** If each composition is counted as often as it is shown. */
  layers: number;
  /** Compositions within each other, the top one included. */
  depth: number;
}

/**
 * Counts without unfolding. `shows` lists, for each layer of a composition, the one that the layer shows, or null. A
 * composition that shows itself counts once.
 */
export function unfolded<Composition>(
  top: Composition,
  shows: (composition: Composition) => readonly (Composition | null)[],
): Unfolded {
  const known = new Map<Composition, Unfolded>();
  const within = (composition: Composition): Unfolded => {
    const found = known.get(composition);
    if (found !== undefined) return found;
    known.set(composition, { layers: 0, depth: 0 });
    let [layers, depth] = [0, 0];
    for (const shown of shows(composition)) {
      const inner = shown === null ? { layers: 0, depth: 0 } : within(shown);
      layers += 1 + inner.layers;
      depth = Math.max(depth, inner.depth);
    }
    const all = { layers, depth: depth + 1 };
    known.set(composition, all);
    return all;
  };
  return within(top);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
