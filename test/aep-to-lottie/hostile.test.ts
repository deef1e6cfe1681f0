import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { type Project, readProject } from '../../lib/aep/read-project.ts';
import { compositionDifferences, exportDocument } from '../../lib/aep-to-lottie/index.ts';
import { EngineError } from '../../lib/errors.ts';
import { checkLottie } from '../../lib/lottie/document/index.ts';
import { fitForSkia } from '../../lib/lottie/normalise/index.ts';
import { DAMAGES } from '../support/project-damage.ts';
import { fc, fuzzRuns } from '../support/property.ts';
import { projectFiles, sharedFile, skipWithoutProjects } from '../support/shared-folder.ts';
import { squareProject } from '../support/square-project.ts';

/** Small ones, of every kind, and our own; a search of ten thousand tries a hundredth here. */
const RUNS = fuzzRuns(1 / 100 / DAMAGES.length);
const MOST_BYTES = 200_000;

function projects(): Buffer[] {
  const real = skipWithoutProjects === false ? projectFiles('.aep') : [];
  const masks = ['truth/layers/mask-expansion.aep', 'truth/layers/matte-above.aep'].map(sharedFile);
  const files = real.length === 0 ? [] : [...real, ...masks];
  const read = files.map((file) => readFileSync(file)).filter((bytes) => bytes.length < MOST_BYTES);
  return [Buffer.from(squareProject()), ...read];
}

function readOrRefused(bytes: Uint8Array): Project | null {
  try {
    return readProject(bytes);
  } catch (error) {
    if (error instanceof TemplateFault) return null;
    throw error;
  }
}

/** Whatever is wrong with a project: a document that the renderer can be given, or a reason. */
function convertAll(project: Project): void {
  for (const comp of project.compositions) comp.layers.forEach(compositionDifferences(comp));
  for (const { name } of project.compositions) {
    try {
      const { document } = exportDocument(project, { composition: name, everything: true });
      fitForSkia(checkLottie(JSON.parse(JSON.stringify(document))));
    } catch (error) {
      assert.ok(error instanceof EngineError, String(error instanceof Error ? error.stack : error));
    }
  }
}

describe('a damaged project', () => {
  for (const { where, change } of DAMAGES) {
    it(`of which ${where} becomes a document, or is refused with a reason`, () => {
      const originals = projects();
      fc.assert(
        fc.property(fc.nat(originals.length - 1), change, (index, damage) => {
          const project = readOrRefused(damage(Buffer.from(originals[index] ?? Buffer.alloc(0))));
          if (project !== null) convertAll(project);
        }),
        { numRuns: RUNS },
      );
    });
  }
});
