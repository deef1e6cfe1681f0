import type { Layer, Property, TextDocument } from '../../aep/read-project.ts';
import { fontNamed } from '../../fonts/font.ts';
import { withLineFeeds } from '../../lottie/document/index.ts';
import type { TemplateText } from '../model.ts';

/** What a text layer says at its first moment, and the fonts of all of its moments; null if it cannot be read. */
export function textModel(layer: Layer): TemplateText | null {
  const document = layer.textDocument;
  if (document === null) return null;
  const { family, style } = fontNamed(document.font);
  return {
    text: withLineFeeds(document.text),
    font: document.font,
    fontFamily: family,
    fontStyle: style,
    size: document.fontSize,
    fill: document.applyFill ? document.fillColor : null,
    stroke: document.applyStroke ? { color: document.strokeColor, width: document.strokeWidth } : null,
    justification: JUSTIFICATIONS[document.justification],
    tracking: document.tracking,
    leading: document.leading,
    box: boxOf(document),
    fonts: fontsOf([document, ...laterDocuments(layer)]),
  };
}

const JUSTIFICATIONS: Record<TextDocument['justification'], TemplateText['justification']> = {
  LEFT_JUSTIFY: 'left',
  RIGHT_JUSTIFY: 'right',
  CENTER_JUSTIFY: 'center',
  FULL_JUSTIFY_LASTLINE_LEFT: 'justify',
  FULL_JUSTIFY_LASTLINE_RIGHT: 'justify',
  FULL_JUSTIFY_LASTLINE_CENTER: 'justify',
  FULL_JUSTIFY_LASTLINE_FULL: 'justify',
};

function boxOf({ boxTextSize, boxTextPos }: TextDocument): TemplateText['box'] {
  if (boxTextSize === null || boxTextPos === null) return null;
  const [width, height] = boxTextSize;
  const [left, top] = boxTextPos;
  return { left, top, width, height };
}

/** The documents of the keyframes, if the text changes in time. */
function laterDocuments(layer: Layer): TextDocument[] {
  const property = layer.property('ADBE Text Properties', 'ADBE Text Document');
  if (property?.kind !== 'property' || !property.animated) return [];
  return property.keyframes.flatMap(({ value }) => (isTextDocument(value) ? [value] : []));
}

function isTextDocument(value: Property['value']): value is TextDocument {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'text';
}

/** After Effects lists its invisible placeholder font in every document; only fonts of characters count. */
function fontsOf(documents: readonly TextDocument[]): string[] {
  const names = documents.flatMap(({ font, runs }) => [font, ...runs.map((run) => run.font)]);
  return [...new Set(names)].filter((name) => name !== '');
}
