import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real After Effects projects beside the checkout; they are not part of the repository. */
export const aepFolder = fileURLToPath(new URL('../../../shared/aep/', import.meta.url));

/** For `{ skip }` of a test: false where the folder is there, else why the test is skipped. */
export const skipWithoutProjects: string | false = existsSync(aepFolder)
  ? false
  : `the real projects are not at ${aepFolder}`;

/** The files of the folder whose names end so, as paths; none where it is not there. */
export function projectFiles(...endings: string[]): string[] {
  if (skipWithoutProjects !== false) return [];
  return readdirSync(aepFolder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => join(aepFolder, name));
}
