const FONT_EXTENSION = /\.(ttf|otf|ttc|otc)$/i;

/** Whether a file may be a font, by its name. */
export function isFontFile(name: string): boolean {
  return FONT_EXTENSION.test(name);
}
