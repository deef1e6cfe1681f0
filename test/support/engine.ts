import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { EngineOptions } from '../../lib/config.ts';
import { BatchEngine } from '../../lib/engine.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { header } from './project-writer.ts';
import { chunk, list, writeRifx } from './rifx-writer.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const FAKE_AERENDER = fileURLToPath(new URL('../fixtures/aerender/aerender.mjs', import.meta.url));
export const SAMPLES = fileURLToPath(new URL('../../samples/templates', import.meta.url));

export interface Studio {
  folder: string;
  engine: BatchEngine;
  project: string;
  /** Opens another engine on the same files. */
  open(options?: Partial<EngineOptions>): Promise<BatchEngine>;
}

/** An engine on a real file, with a program that behaves as aerender does. Closed after the test. */
export async function openStudio(t: TestContext, options: Partial<EngineOptions> = {}): Promise<Studio> {
  const folder = await temporaryFolder(t);
  const project = join(folder, 'project.aep');
  await writeFile(project, damagedProject());
  const marks = join(folder, 'marks');
  await mkdir(marks);
  process.env.AERENDER_MARKS = marks;
  const open = async (more: Partial<EngineOptions> = {}) => {
    const engine = await BatchEngine.open({
      database: join(folder, 'renders.db'),
      outputDir: join(folder, 'renders'),
      workers: 2,
      ...options,
      ...more,
      aerender: { binaries: { ae2026: FAKE_AERENDER }, ...options.aerender, ...more.aerender },
    });
    t.after(() => engine.close({ running: 'kill' }));
    return engine;
  };
  return { folder, project, open, engine: await open() };
}

/** A project that is cut: what might be missing of it refuses no job, so that the renderer decides. */
export function damagedProject(): Uint8Array {
  const whole = writeRifx([...header(), list('Fold', []), chunk('tail', new Uint8Array(200))]);
  return whole.subarray(0, whole.length - 100);
}

/** A job whose composition says how its render goes. */
export function aeJob(project: string, composition: string, more: Partial<JobCreationInput> = {}): JobCreationInput {
  return { template: { id: 'project', src: project, composition }, settings: { type: 'image', frames: 0 }, ...more };
}
