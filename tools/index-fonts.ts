/** Writes `assets/fonts/index.json`: what is known of the package's packed fonts, so that none is unpacked to be asked. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OWN_FONTS } from '../lib/fonts/font-bytes.ts';
import { readPackedFaces } from '../lib/fonts/font-file.ts';

const packed = (await readdir(OWN_FONTS)).filter((name) => name.endsWith('.br')).sort();
const index: Record<string, object[]> = {};
for (const name of packed) {
  index[name] = (await readPackedFaces(join(OWN_FONTS, name))).map(({ path: _, ...face }) => face);
}
await writeFile(join(OWN_FONTS, 'index.json'), `${JSON.stringify(index)}\n`);
