/**
 * A process of its own for one piece of work: `node alone.ts <file> load|read|inspect|convert`. Prints what it took, in JSON.
 * All of them load the same modules, so that the growth of memory over `load` is that of the work.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { exportDocument, readProject } from '../../lib/aep-to-lottie/index.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';

export type Work = 'load' | 'read' | 'inspect' | 'convert';

export interface Taken {
  milliseconds: number;
  /** The most memory that the process ever held. */
  peakBytes: number;
}

const [file = '', work = 'load'] = process.argv.slice(2);
const begun = performance.now();
if (work === 'read')
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
if (work === 'inspect') await inspectTemplate(file);
if (work === 'convert') exportDocument(readProject(await readFile(file)), { everything: true });
const taken: Taken = {
  milliseconds: performance.now() - begun,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(taken));
