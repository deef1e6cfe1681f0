/** Prints ratios that were measured in this run, each with its aim. Nothing here fails: a machine that is busy proves nothing. */
import { rm } from 'node:fs/promises';
import { benchFrames } from './frames.ts';
import { benchCreate, benchGet } from './store.ts';
import { benchStudio } from './studio.ts';
import { benchChecks, benchInspect } from './template.ts';
import { benchThroughput } from './throughput.ts';

const studio = await benchStudio();
try {
  const rows = [
    await benchCreate(studio),
    ...(await benchThroughput(studio)),
    await benchGet(studio),
    ...(await benchInspect(studio)),
    await benchChecks(studio),
    await benchFrames(studio),
  ];
  for (const { what, ratio, aim, holds } of rows) {
    console.log(`${holds ? 'holds ' : 'MISSES'}  ${ratio.toFixed(2).padStart(6)}  (aim ${aim})  ${what}`);
  }
} finally {
  await rm(studio.folder, { recursive: true, force: true });
}
