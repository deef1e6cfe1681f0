import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { compareComposition } from '../support/bodymovin-comparison.ts';
import { readBodymovin } from '../support/bodymovin-document.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

/** Which composition of which project an export is of, how many values agree, and what differs for a reason. */
interface Export {
  project: string;
  composition: string;
  export: string;
  /** At least so many values were compared and agreed. */
  agreed: number;
  differs?: { what: RegExp; because: string };
}

const EXPORTS: Export[] = [
  { project: 'Benchmark', composition: 'Benchmark', export: 'Benchmark', agreed: 309 },
  {
    project: 'DynamicGradient',
    composition: 'DyanamicGradient',
    export: 'DynamicGradient',
    agreed: 100,
    differs: {
      what: /colours, (first|last) stop/,
      because: 'scripts cannot read gradients, and Bodymovin exports white to black instead',
    },
  },
  {
    project: 'HamburgerArrow',
    composition: 'HamburgerArrow',
    export: 'HamburgerArrow',
    agreed: 313,
    differs: { what: /Stroke Color/, because: 'Bodymovin 4.4 rounds colours to two decimals' },
  },
  { project: 'KeypathTest', composition: 'KeypathTest', export: 'KeypathTest', agreed: 641 },
  { project: 'MatteTimeStretch', composition: 'Line', export: 'MatteTimeStretchLine', agreed: 101 },
  { project: 'MatteTimeStretch', composition: 'Scan', export: 'MatteTimeStretchScan', agreed: 338 },
  {
    project: 'Multiline',
    composition: 'Multiline 2',
    export: 'Multiline',
    agreed: 512,
    differs: {
      what: /ABC & DEF( 2)?, (ADBE Anchor Point|box position)/,
      because: 'the boxes of two layers were moved after the export, and their anchor points with them',
    },
  },
  { project: 'RGBMarker', composition: 'Marker', export: 'RGBMarker', agreed: 61 },
  { project: 'Skew', composition: 'Comp 1', export: 'Skew', agreed: 57 },
  { project: 'TimeRemap', composition: 'TimeRemap', export: 'TimeRemap', agreed: 357 },
];

describe('projects beside their Bodymovin exports', { skip: skipWithoutProjects }, () => {
  for (const { project, composition, export: name, agreed, differs } of EXPORTS) {
    const but = differs === undefined ? '' : `, but where ${differs.because}`;
    it(`gives "${composition}" the values that After Effects exported${but}`, () => {
      const read = readProject(readFileSync(join(aepFolder, `lottie-${project}.aep`)));
      const comp = read.compositions.find((candidate) => candidate.name === composition);
      assert.ok(comp, `no composition "${composition}"`);
      const result = compareComposition(comp, readBodymovin(join(aepFolder, `lottie-${name}.json`)));
      const [expected, unexpected] = [true, false].map((known) =>
        result.differences.filter((difference) => (differs?.what.test(difference) ?? false) === known),
      );
      assert.deepEqual(unexpected, []);
      assert.equal(expected?.length !== 0, differs !== undefined, 'a difference that was known is gone');
      assert.ok(result.agreed >= agreed, `${result.agreed} values agree; ${agreed} did`);
    });
  }
});
