import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sharedFolder = process.env.SHARED_FOLDER ?? fileURLToPath(new URL('../../../shared/', import.meta.url));

/** A file of the folder beside the checkout, which is not part of the repository. */
export function sharedFile(path: string): string {
  return join(sharedFolder, path);
}

/** For `{ skip }` of a test: false if the file or folder is there, else why the test is skipped. */
export function skipWithout(path: string): string | false {
  return existsSync(sharedFile(path)) ? false : `there is no ${sharedFile(path)}`;
}

/** The real After Effects projects. */
export const aepFolder = sharedFile('aep/');

export const skipWithoutProjects: string | false = skipWithout('aep');

/** The files of the folder whose names end so, as paths; none if it is not there. */
export function projectFiles(...endings: string[]): string[] {
  if (skipWithoutProjects !== false) return [];
  return readdirSync(aepFolder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => join(aepFolder, name));
}
