/** Weight and slant by the words that styles are made of, the longer words first: `Extra Bold` is not `Bold`. */
const WEIGHTS: readonly (readonly [words: RegExp, weight: number])[] = [
  [/hairline|thin/, 100],
  [/(extra|ultra)light/, 200],
  [/(extra|ultra)bold/, 800],
  [/(semi|demi)bold|demi/, 600],
  [/black|heavy/, 900],
  [/light/, 300],
  [/medium/, 500],
  [/bold/, 700],
];

/** What a font is to look like, by its names; 400 is regular, 700 is bold. */
export function styleOf({ name, style }: { name: string; style: string }): { weight: number; italic: boolean } {
  const words = (style === '' ? name : style).toLowerCase().replaceAll(/[\s_-]/g, '');
  const weight = WEIGHTS.find(([pattern]) => pattern.test(words))?.[1] ?? 400;
  return { weight, italic: /italic|oblique/.test(words) };
}
