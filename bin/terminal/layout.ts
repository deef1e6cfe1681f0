import { extname } from 'node:path';

/** Whether this program runs from the built package, one folder deeper than its source. */
export const isPackaged = extname(import.meta.url) === '.js';
