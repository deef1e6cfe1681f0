/**
 * The warning about a missing font. `renderer` is a version of After Effects, `after-effects`, or `bundled`; `substitute`
 * is the font that the bundled renderer draws in its place, if it is known.
 */
export function missingFontWarning(
  label: string,
  { renderer, substitute = 'another font' }: { renderer: string | null; substitute?: string },
): string {
  const what =
    renderer === 'bundled'
      ? `${substitute} takes its place. Add it with fonts.add, or put its file into the folder fonts beside the template.`
      : 'After Effects puts another one in its place. Add it with fonts.add.';
  return `${beginning(label)} ${what}`;
}

export function isMissingFontWarning(warning: string, label: string): boolean {
  return warning.startsWith(beginning(label));
}

function beginning(label: string): string {
  return `The font ${label} is missing;`;
}
