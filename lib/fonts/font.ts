/** A font by the names that a template has for it. */
export interface NamedFont {
  /** As the texts name it, mostly its PostScript name: `Inter-Bold`. */
  name: string;
  family: string;
  /** Empty if the template does not tell it. */
  style: string;
}

/** A font that a job wants: one that a template asks for by its names, or a file that the job itself names. */
export type WantedFont = NamedFont | { fileName: string };

/** The names of one face, as the font file itself has them. */
export interface FaceNames {
  /** `Inter-Bold`: what After Effects and Lottie name a font by. */
  postScriptName: string;
  /** `Inter`. */
  family: string;
  /** `Bold`. */
  style: string;
}

/** One face of a font file; a collection has several. */
export interface FontFace extends FaceNames {
  path: string;
}

/** A font that is there: the file, and one of the faces in it. */
export interface AvailableFont extends FontFace {
  fileName: string;
}

/** A font file that a renderer is to have. Plain data: it crosses a thread. */
export interface FontFile {
  /** Absolute. */
  path: string;
  /** `Inter-Bold.ttf`: what the name of an installed copy ends in. */
  fileName: string;
  /** `Inter Bold`: what people and Windows' registry call it. */
  fullName: string;
}

/** As the API shows it: a file name, or a family label such as `Soleil (Regular)`. */
export function fontLabel(wanted: WantedFont): string {
  return 'fileName' in wanted ? wanted.fileName : `${wanted.family || wanted.name} (${wanted.style || 'Regular'})`;
}

/** A project keeps only the PostScript name of a font, in which a hyphen stands before the style: `Roboto-Black`. */
export function fontNamed(name: string): NamedFont {
  const hyphen = name.lastIndexOf('-');
  return hyphen <= 0
    ? { name, family: name, style: '' }
    : { name, family: name.slice(0, hyphen), style: name.slice(hyphen + 1) };
}

/** Whether a file may be a font, by its name. */
export function isFontFile(name: string): boolean {
  return /\.(ttf|otf|ttc|otc)$/i.test(name);
}
