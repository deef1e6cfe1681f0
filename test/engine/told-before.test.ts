import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { renderDocument } from '../support/drawn-frame.ts';
import { openStudio } from '../support/engine.ts';
import { fill, group, rectangle, shapeLayer, smallDocument, solidLayer, textLayer } from '../support/small-document.ts';

const effect = (nm: string, mn: string) => ({ ty: 5, nm, mn, en: 1, ef: [] });
const mask = { mode: 'd', o: { a: 0, k: 50 }, pt: { a: 0, k: { c: true, v: [], i: [], o: [] } } };
const twist = { ty: 'tw', a: { a: 0, k: 90 }, c: { a: 0, k: [0, 0] } };
const trimmed = [
  rectangle([9, 9], [9, 9]),
  { ty: 'tm', s: { a: 0, k: 0 }, e: { a: 0, k: 50 } },
  { ty: 'rd', r: { a: 0, k: 2 } },
];
const title = textLayer('title', 'Hi \u{10ffff}', [0, 50], 10);
const animator = { nm: 'a', s: { t: 0, s: { a: 0, k: 0 }, e: { a: 0, k: 100 } }, a: { fh: { a: 0, k: 90 } } };

/** Something for each rule that tells of a difference, and for what else the renderer warns of. */
const document = smallDocument(
  [
    solidLayer('effects', '#ff0000', 0, 0, 9, 9, { ip: 25, ef: [effect('Mosaic', 'ADBE Mosaic')] }),
    solidLayer('styles', '#ff0000', 0, 0, 9, 9, { sy: [{ ty: 8, nm: 'Gradient Overlay' }] }),
    solidLayer('masks', '#ff0000', 0, 0, 9, 9, { hasMask: true, masksProperties: [mask] }),
    shapeLayer([group([rectangle([9, 9], [9, 9]), twist, fill()]), group([...trimmed, fill()])], { nm: 'modifiers' }),
    { ...title, t: { ...title.t, a: [animator] } },
    { ty: 6, nm: 'music', refId: 'music', ip: 0, op: 50 },
    { ty: 14, nm: 'sun', ip: 0, op: 50, ks: {} },
    { ty: 2, nm: 'logo', refId: 'logo', ip: 0, op: 50, ks: {} },
    { ty: 0, nm: 'nested', refId: 'inner', ip: 0, op: 50, w: 9, h: 9, ks: {} },
  ],
  [
    { id: 'music', u: '', p: 'music.mp3', e: 0, t: 2 },
    { id: 'logo', u: '', p: 'data:image/svg+xml;base64,PHN2Zy8+', e: 1, w: 9, h: 9 },
    {
      id: 'inner',
      nm: 'inner',
      layers: [solidLayer('deep', '#ff0000', 0, 0, 9, 9, { ef: [effect('Glow', 'ADBE Glo2')] })],
    },
  ],
);
document.fonts.list[0] = { ...document.fonts.list[0], fFamily: 'No Such Font', fName: 'Inter-Regular' } as never;

describe('what the log of a render warns of', () => {
  it('was said by create, in the same words where it is of the picture', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const src = join(folder, 'everything.json');
    await writeFile(src, JSON.stringify(document));
    const said: string[] = [];
    const job = { template: { id: 'x', src, composition: 'main' }, assets: [] };
    await engine.batches.create({ jobs: [job] }, { onWarning: ({ message }) => said.push(message), dryRun: true });
    const { log, exitCode } = await renderDocument(t, document, 0, []);
    assert.equal(exitCode, 0, log);
    const lines = log
      .split('\n')
      .flatMap((line) => (line.startsWith('WARNING:') ? [line.slice('WARNING:'.length)] : []));
    const ofPicture = (sentence: string) => sentence.startsWith("In composition '");
    assert.deepEqual(lines.filter(ofPicture).sort(), said.filter(ofPicture).sort());
    assert.ok(lines.filter(ofPicture).length >= 9, lines.join('\n'));
    assert.ok(
      lines.some((line) => !ofPicture(line)),
      'fonts and characters are warned of as well',
    );
    // Fonts and characters are named in words of aerender's, or of the template.
    for (const name of lines.filter((line) => !ofPicture(line)).map(nameIn))
      assert.ok(
        said.some((message) => message.includes(name)),
        `${name} was not said before: ${said.join('\n')}`,
      );
  });
});

function nameIn(line: string): string {
  const name =
    /^The footage file (?:.*[\\/])?(.+) is missing\.$/.exec(line) ??
    /Font family: (.+), Font style/.exec(line) ??
    /“(.+)”/.exec(line);
  assert.ok(name?.[1], `nothing says before the render: ${line}`);
  return name[1];
}
