import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import type { TextDocument } from '../../lib/aep/text-document.ts';
import { composition, group, header, matchName, property } from '../support/project-writer.ts';
import { list, writeRifx } from '../support/rifx-writer.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

/** The source text of the only layer of a project whose text document is this. */
function textOf(cos: string): TextDocument | null {
  const btdk = { id: 'LIST btdk', data: Buffer.from(cos, 'latin1'), children: null };
  const source = list('btds', [property(1, false, []), btdk]);
  const text = group([matchName('ADBE Text Document'), source]);
  const own = {
    id: 1,
    name: 'title',
    layerClass: 3,
    sourceId: 0,
    parentId: 0,
    start: 0,
    in: 0,
    out: 1000,
    stretch: 100,
  };
  const layer = {
    ...own,
    switches: 1,
    blendingMode: 2,
    trackMatte: 0,
    properties: [matchName('ADBE Text Properties'), text],
  };
  const comp = composition({
    id: 2,
    name: 'c',
    width: 400,
    height: 300,
    frameRate: 25,
    duration: 9000,
    layers: [layer],
  });
  const project = readProject(writeRifx([...header(), list('Fold', [comp])]));
  assert.equal(project.complete, true);
  return project.compositions[0]?.layers[0]?.textDocument ?? null;
}

const fonts = '/0 << /1 << /0 [ << /0 << /0 << /0 (Inter-Bold) >> >> >> << /0 << /0 << /0 (Lora) >> >> >> ] >> >>';
const run = (length: number, style: string) => `<< /0 << /0 << /6 << ${style} >> >> >> /1 ${length} >>`;

describe('a text document', () => {
  it('has its text without the last line end, and the style of the first character', () => {
    const runs = `${run(3, '/0 1 /1 40 /53 << /0 << /1 [ 1 .5 0 1 ] >> >>')} ${run(4, '/0 0 /1 20 /12 2')}`;
    const paragraph = '<< /0 << /0 << /5 << /0 2 >> >> >> /1 7 >>';
    const document = `<< /0 << /0 (ab\\rcde\\r) /5 << /0 [ ${paragraph} ] >> /6 << /0 [ ${runs} ] >> >> >>`;
    const text = textOf(`${fonts} /1 << /1 [ ${document} ] >>`);
    assert.deepEqual([text?.text, text?.font, text?.fontSize], ['ab\rcde', 'Lora', 40]);
    assert.deepEqual([text?.fillColor, text?.justification, text?.boxText], [[0.5, 0, 1], 'CENTER_JUSTIFY', false]);
    const styles = text?.runs.map(({ start, end, font, caps }) => [start, end, font, caps]);
    assert.deepEqual(styles, [
      [0, 3, 'Lora', 'normal'],
      [3, 6, 'Inter-Bold', 'all'],
    ]);
  });

  it('that is damaged leaves its layer without a text, and the project whole', () => {
    assert.equal(textOf('/0 << (open'), null);
    assert.equal(textOf(''), null);
  });

  it('that says nothing has a text all the same', () => {
    const text = textOf('/1 << /1 [ << >> ] >>');
    assert.deepEqual([text?.text, text?.font, text?.runs], ['', '', []]);
  });

  it('of the real ones has the box in which it is set', { skip: skipWithoutProjects }, () => {
    const project = readProject(readFileSync(join(aepFolder, 'lottie-Multiline.aep')));
    const layers = project.compositions.find(({ name }) => name === 'Box Position')?.layers ?? [];
    const [blue] = layers.flatMap(({ textDocument }) => textDocument ?? []);
    assert.deepEqual(
      [blue?.boxTextSize, blue?.boxTextPos],
      [
        [284, 459],
        [-123, -186.5],
      ],
    );
    assert.deepEqual([blue?.leading, blue?.autoLeading, blue?.text], [89, false, '123\u0003ABC\u0003D']);
  });
});
