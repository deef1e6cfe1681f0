/**
 * Prints ratios that were measured in this run, each with its aim. Nothing here fails: a machine that is busy proves
 * nothing. With `--peer` it measures against @nexrender/core, with `--lottie-peers` the bundled renderer against short
 * scripts around other parts; what they need is installed into a temporary folder.
 */
import { rm } from 'node:fs/promises';
import { benchFrames } from './frames.ts';
import { benchLottiePeers } from './lottie-peers.ts';
import type { Row } from './measure.ts';
import { benchPeer } from './peer.ts';
import { benchConversion, benchProjectFrames } from './projects.ts';
import { benchRows } from './rows.ts';
import { benchStage } from './stage.ts';
import { benchCreate, benchGet } from './store.ts';
import { benchStudio } from './studio.ts';
import { benchChecks, benchInspect } from './template.ts';
import { benchThroughput } from './throughput.ts';

async function benchAll(): Promise<Row[]> {
  const studio = await benchStudio();
  try {
    return [
      await benchCreate(studio),
      ...(await benchThroughput(studio)),
      await benchGet(studio),
      ...(await benchInspect(studio)),
      // Before Skia is loaded: Linux counts the memory of this process for those that it starts.
      ...(await benchConversion(studio)),
      await benchChecks(studio),
      await benchRows(studio),
      await benchFrames(studio),
      ...(await benchStage()),
      await benchProjectFrames(studio),
    ];
  } finally {
    await rm(studio.folder, { recursive: true, force: true });
  }
}

const rows = process.argv.includes('--lottie-peers')
  ? await benchLottiePeers()
  : process.argv.includes('--peer')
    ? await benchPeer()
    : await benchAll();
for (const { what, ratio, aim, holds } of rows) {
  console.log(`${holds ? 'holds ' : 'MISSES'}  ${ratio.toFixed(2).padStart(6)}  (aim ${aim})  ${what}`);
}
