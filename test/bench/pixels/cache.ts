import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Kept between runs: the player, the documents of the public repositories, the pictures that the player has drawn. */
export function cacheFolder(): string {
  return process.env.BENCH_PIXELS_CACHE ?? join(tmpdir(), 'aerender-batch-bench-pixels');
}
