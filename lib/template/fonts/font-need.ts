import type { FontFace } from './font-file.ts';

/** A font that a job needs: one that a template asks for by its names, or a file that the job itself names. */
export type FontNeed = { name: string; family: string; style: string } | { fileName: string };

/** A font that is there: the file, and one of the faces in it. */
export type FontSupply = FontFace & { fileName: string };

/** Whether a face is what is needed. Names of fonts differ in case between systems, and so do file names. */
export function serves(need: FontNeed, { fileName, postScriptName, family, style }: FontSupply): boolean {
  if ('fileName' in need) return same(need.fileName, fileName);
  return same(need.name, postScriptName) || (same(need.family, family) && sameStyle(need.style, style));
}

/** As the API shows it: a file name, or a family label such as `Soleil (Regular)`. */
export function fontLabel(need: FontNeed): string {
  return 'fileName' in need ? need.fileName : `${need.family} (${need.style || 'Regular'})`;
}

/** A template may leave out the style of a regular face. */
function sameStyle(wanted: string, style: string): boolean {
  return same(wanted || 'Regular', style);
}

/** `Semi Bold` of a font is `SemiBold` in its PostScript name. */
function same(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll(' ', '');
}
