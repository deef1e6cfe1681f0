import { SaxesParser } from 'saxes';
import type { Chunk } from './chunks.ts';

/** Where the colours of a gradient stand: `offset` and `midpoint` from 0 to 1; a midpoint is between this and the next stop. */
export interface GradientColors {
  kind: 'gradient';
  colorStops: { offset: number; midpoint: number; color: [number, number, number] }[];
  alphaStops: { offset: number; midpoint: number; alpha: number }[];
}

/**
 * `LIST GCst`: the property, and in `GCky` a `Utf8` with a small XML document for each keyframe (or the only value):
 * lists of pairs of a key and a value. The arrays under the keys `Stops Color` (offset, midpoint, red, green, blue, and
 * a sixth that is always 1) and `Stops Alpha` (offset, midpoint, alpha) are all that is needed of it.
 * Source: LottieFiles/lottie-docs, docs/aep.md.
 */
export function readGradients(container: Chunk): GradientColors[] {
  const gradients: GradientColors[] = [];
  for (const chunk of container.first('GCky')?.children() ?? []) {
    if (chunk.id === 'Utf8') gradients.push(readGradient(chunk.text()));
  }
  return gradients;
}

function readGradient(xml: string): GradientColors {
  const gradient: GradientColors = { kind: 'gradient', colorStops: [], alphaStops: [] };
  const parser = new SaxesParser();
  let key = '';
  let text = '';
  let numbers: number[] = [];
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('opentag', ({ name }) => {
    text = '';
    if (name === 'array') numbers = [];
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'key') key = text;
    // `array.type` has an empty one, which says what the others are.
    else if ((name === 'float' || name === 'int') && text !== '') numbers.push(Number(text) || 0);
    else if (name === 'array') addStop(gradient, key, numbers);
    text = '';
  });
  // Without a listener the parser throws at the first fault; with this one it goes on with what it can make out.
  parser.on('error', () => undefined);
  parser.write(xml).close();
  // The keys `Stop-0`, `Stop-10`, `Stop-2` are in the order of text, not of place.
  gradient.colorStops.sort((a, b) => a.offset - b.offset);
  gradient.alphaStops.sort((a, b) => a.offset - b.offset);
  return gradient;
}

function addStop(gradient: GradientColors, key: string, numbers: readonly number[]): void {
  const [offset = 0, midpoint = 0.5, first = 0, second = 0, third = 0] = numbers;
  if (key === 'Stops Color') gradient.colorStops.push({ offset, midpoint, color: [first, second, third] });
  else if (key === 'Stops Alpha') gradient.alphaStops.push({ offset, midpoint, alpha: first });
}
