import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchEngine } from '../../lib/engine.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { header } from '../support/project-writer.ts';
import { chunk, list, writeRifx } from '../support/rifx-writer.ts';

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The least that a renderer can do: a shell that copies a picture to `-output`. */
const rendererScript = (picture: string) => `#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = -output ] && out=$2; shift; done
cat '${picture}' > "$(echo "$out" | sed 's/\\[#*\\]/00000/')"
echo "PROGRESS:  0:00:00:00 (1): 0 Seconds"
`;

export interface BenchStudio {
  folder: string;
  renderer: string;
  job: JobCreationInput;
  open(name: string, options?: { paused?: boolean }): Promise<BatchEngine>;
}

export async function benchStudio(): Promise<BenchStudio> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-bench-'));
  const renderer = join(folder, 'aerender');
  const picture = join(folder, 'picture.png');
  await writeFile(picture, PNG);
  await writeFile(renderer, rendererScript(picture));
  await chmod(renderer, 0o755);
  const src = join(folder, 'project.aep');
  const whole = writeRifx([...header(), list('Fold', []), chunk('tail', new Uint8Array(200))]);
  await writeFile(src, whole.subarray(0, whole.length - 100));
  await mkdir(join(folder, 'bare'));
  return {
    folder,
    renderer,
    job: { template: { id: 'x', src, composition: 'main' }, settings: { type: 'image', frames: 0 } },
    open: (name, { paused = true } = {}) =>
      BatchEngine.open({
        database: join(folder, `${name}.db`),
        outputDir: join(folder, name),
        workers: 2,
        paused,
        aerender: { binaries: { ae2026: renderer } },
      }),
  };
}
