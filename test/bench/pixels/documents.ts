import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameCountOf } from '../../../lib/lottie/document/index.ts';
import { sharedFile } from '../../support/shared-folder.ts';
import { noMeasure } from './no-measure.ts';

/** A document that lottie-web draws as well. */
export interface JudgedDocument {
  id: string;
  path: string;
  /** The hash of its bytes: lottie-web's picture of it is cached under this key. */
  hash: string;
  /** Five moments, each near the middle of a fifth, evenly spaced, counted from the first frame. */
  frames: number[];
  width: number;
  height: number;
  /** Whether a difference from lottie-web is ours to mend. */
  isJudged: boolean;
}

const MOMENTS = 5;
const casesFolder = sharedFile('pixels/cases/');

/** The hand-made ones; none if they are not there. */
export function caseDocuments(): JudgedDocument[] {
  return documentsIn(casesFolder);
}

/** Documents of others in a folder of the caller's. */
export function documentsIn(folder: string): JudgedDocument[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'index.json')
    .sort()
    .flatMap((name) => {
      const document = judged(name.replace(/\.json$/, ''), join(folder, name));
      return document === null ? [] : [{ ...document, isJudged: noMeasure(document.id) === null }];
    });
}

function judged(id: string, path: string): Omit<JudgedDocument, 'isJudged'> | null {
  const bytes = readFileSync(path);
  try {
    const { w, h, ip, op, layers } = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
    if (!Array.isArray(layers)) return null;
    const count = frameCountOf({ first: ip, end: op });
    const step = Math.max(1, Math.floor(count / MOMENTS));
    const moments = Array.from({ length: Math.min(MOMENTS, count) }, (_, fifth) => Math.floor(step / 2) + fifth * step);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    return { id, path, hash, frames: moments, width: Math.round(w), height: Math.round(h) };
  } catch {
    // No document: nothing to compare.
    return null;
  }
}
