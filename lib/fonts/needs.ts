import { fontNamed, type NamedFont, type WantedFont } from './font.ts';

export interface FontUse {
  /** The names by which the texts of the composition and of those under it ask for fonts. */
  used: readonly string[];
  /** The names of the fonts that functions of the job set. */
  given: readonly string[];
  /** The fonts that the template lists, with their families. */
  listed: readonly NamedFont[];
  /** The fonts that the template brings along. */
  brought: readonly NamedFont[];
  /** The files that the job itself names. */
  fileNames: readonly string[];
}

/** The fonts that a render of a job has to find; those that the template brings along are not among them. */
export function wantedFonts({ used, given, listed, brought, fileNames }: FontUse): WantedFont[] {
  const inTemplate = new Set(brought.map(({ name }) => name));
  const byName = new Map(listed.map((font) => [font.name, font]));
  const named = [...new Set([...used, ...given])]
    .filter((name) => !inTemplate.has(name))
    .map((name) => byName.get(name) ?? fontNamed(name));
  return [...named, ...[...new Set(fileNames)].map((fileName) => ({ fileName }))];
}
