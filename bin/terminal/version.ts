import { readFileSync } from 'node:fs';
import { isPackaged } from './layout.ts';

const manifest = new URL(isPackaged ? '../../../package.json' : '../../package.json', import.meta.url);

/** The version of this package. */
export const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
