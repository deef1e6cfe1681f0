import { compositionsOf, type LottieDocument, layerNameOf } from '../document/index.ts';
import { differenceSentence } from '../normalise/index.ts';

/** A line of Skia's own log, with the part of the document that it is about; empty if it names none. */
export interface SkiaMessage {
  message: string;
  json: string;
}

/** What our own rules tell in better words: effects, styles and shapes that are not drawn, expressions, sounds, files, characters that no font has. */
const TOLD_BY_US =
  /^(Expression encountered|Unsupported layer (effect|style)|Unknown shape|Could not load (audio|image) asset|Unsupported mask mode|Missing \d+ glyphs)/;

/** What changes nothing of the picture: a property with a slot that is not filled has its own value. */
const HARMLESS = /^(Slotid found but|Specified slotID not found|Ignoring unexpected marker)/;

/** A longer log would not help to find the cause. */
const MOST_MESSAGES = 100;

/** The lines as warnings, each once, with the composition and layer that they are about if these can be found. */
export function skiaWarnings(messages: readonly SkiaMessage[], document: LottieDocument): string[] {
  const untold = messages
    .filter(({ message }) => !TOLD_BY_US.test(message) && !HARMLESS.test(message))
    .slice(0, MOST_MESSAGES);
  if (untold.length === 0) return [];
  const layers = compositionsOf(document).flatMap((composition) =>
    composition.layers.map((layer) => ({ composition: composition.name, layer, text: withoutNumbers(layer) })),
  );
  const sentences = untold.map(({ message, json }) => {
    const what = `Skia says “${message.trim().replace(/\s+/g, ' ').replace(/\.$/, '')}”`;
    const found = layers.find(({ text }) => isAbout(text, message, json));
    if (found === undefined) return `${what}.`;
    return differenceSentence({ composition: found.composition, layer: layerNameOf(document, found.layer) }, { what });
  });
  return [...new Set(sentences)];
}

function isAbout(text: string, message: string, json: string): boolean {
  if (json.length > 2) return text.includes(withoutNumbers(json).slice(0, 500));
  const quoted = /'([^']{1,200})'/.exec(message)?.[1];
  if (quoted === undefined) return false;
  return text.replaceAll(/\\[rn]|\\u0003/g, '').includes(`"${quoted}"`);
}

/** Skia writes numbers as it has read them, in single precision. */
function withoutNumbers(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, '0');
}
