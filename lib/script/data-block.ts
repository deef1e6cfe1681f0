/**
 * Writes a value as a JavaScript literal that every ExtendScript reads alike: all ASCII, so that no code page can change
 * it, and with nothing in it that could end the literal, the line, or an HTML element around it.
 */
export function dataBlock(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>/\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
