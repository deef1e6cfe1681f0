/** After Effects ends a paragraph with CR, and a line within one with U+0003; both become LF. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\u0003', '\n');
}
