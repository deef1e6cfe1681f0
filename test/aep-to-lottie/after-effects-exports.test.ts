import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { exportDocument } from '../../lib/aep-to-lottie/index.ts';
import { differencesFrom } from '../support/document-comparison.ts';
import { schemaFaults } from '../support/lottie-schema.ts';
import { aepFolder, projectFiles, sharedFile, skipWithout, skipWithoutProjects } from '../support/shared-folder.ts';

const truth = sharedFile('truth/');

/** What differs for a reason, by the path of the value. */
const KNOWN: readonly { paths: RegExp; because: string }[] = [
  {
    paths: /\/g\//,
    because: 'Bodymovin writes a stop at every midpoint, After Effects has a curve where it was moved',
  },
  { paths: /\/d: 1 for 2/, because: 'a path as it was drawn has two numbers in After Effects, and one in the schema' },
  { paths: /position-hold.*\/1\/h:/, because: 'after the last keyframe nothing moves either way' },
];

describe('projects beside what Bodymovin exported of them', { skip: skipWithout('truth') }, () => {
  for (const name of projects()) {
    it(`${name}: the document says the same`, () => {
      const exported = JSON.parse(readFileSync(join(truth, `${name}.json`), 'utf8'));
      const project = readProject(readFileSync(join(truth, `${name}.aep`)));
      const { document, differences } = exportDocument(project, { composition: exported.nm });
      const different = differencesFrom(exported, JSON.parse(JSON.stringify(document)));
      assert.deepEqual(
        different.filter((line) => !KNOWN.some(({ paths }) => paths.test(`${name}${line}`))),
        [],
      );
      assert.deepEqual(differences, []);
      assert.deepEqual(schemaFaults(JSON.parse(JSON.stringify(document))), []);
    });
  }
});

/** The composition of each export, and how many of its values are those of an older or another state. */
const DESIGNERS: readonly [export_: string, project: string, composition: string, known: RegExp | null][] = [
  ['Benchmark', 'Benchmark', 'Benchmark', null],
  // Scripts cannot read gradients: Bodymovin wrote white to black.
  ['DynamicGradient', 'DynamicGradient', 'DyanamicGradient', /\/g\/|\/ml2\//],
  // Version 4.4 rounds colours to two decimals, and counts layers from 0.
  ['HamburgerArrow', 'HamburgerArrow', 'HamburgerArrow', /\/c\/k\/|\/parent:|\/fillEnabled:/],
  ['KeypathTest', 'KeypathTest', 'KeypathTest', null],
  ['MatteTimeStretchLine', 'MatteTimeStretch', 'Line', null],
  ['MatteTimeStretchScan', 'MatteTimeStretch', 'Scan', null],
  // Two boxes were moved after the export.
  ['Multiline', 'Multiline', 'Multiline 2', /^\/layers\/(10|12)\/(ks\/a|t\/d)\//],
  ['RGBMarker', 'RGBMarker', 'Marker', null],
  ['Skew', 'Skew', 'Comp 1', null],
  ['TimeRemap', 'TimeRemap', 'TimeRemap', null],
];

describe('what designers exported', { skip: skipWithoutProjects }, () => {
  for (const [name, project, composition, known] of DESIGNERS) {
    it(`${name} says the same`, () => {
      const exported = JSON.parse(readFileSync(join(aepFolder, `lottie-${name}.json`), 'utf8'));
      const read = readProject(readFileSync(join(aepFolder, `lottie-${project}.aep`)));
      const { document } = exportDocument(read, { composition });
      const different = differencesFrom(exported, JSON.parse(JSON.stringify(document)));
      assert.deepEqual(
        different.filter((line) => known?.test(line) !== true),
        [],
      );
    });
  }
});

describe('every composition of the real projects', { skip: skipWithoutProjects }, () => {
  for (const path of projectFiles('.aep', '.aepx')) {
    it(`of ${basename(path)} is a document by the Lottie specification`, () => {
      const bytes = readFileSync(path);
      const project = path.endsWith('x') ? readProjectXml(bytes) : readProject(bytes);
      for (const { name } of project.compositions) {
        const { document } = exportDocument(project, { composition: name });
        assert.deepEqual(schemaFaults(JSON.parse(JSON.stringify(document))), [], name);
      }
    });
  }
});

function projects(): string[] {
  if (skipWithout('truth') !== false) return [];
  return readdirSync(truth, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.aep'))
    .map((file) => file.slice(0, -'.aep'.length).replaceAll('\\', '/'))
    .sort();
}
