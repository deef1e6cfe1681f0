import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { type Chunk, openChunks } from '../../lib/aep/chunks.ts';
import { transcribeXml } from '../../lib/aep/chunks-xml.ts';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { dumpProject } from '../support/project-dump.ts';
import { composition, folder, header, solid } from '../support/project-writer.ts';
import { chunk, list, utf8, type WrittenChunk, writeRifx, writeXml } from '../support/rifx-writer.ts';
import { aepFolder, projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

function copyOf(parent: Chunk): WrittenChunk[] {
  return [...parent.children()].map((each) => {
    const id = each.isList ? `LIST ${each.id}` : each.id;
    return { id, data: each.data, children: each.holdsChunks ? copyOf(each) : null };
  });
}

const plainComp = { id: 5, name: 'Ünïcode & <tags> "quotes"', width: 10, height: 20, frameRate: 25, duration: 4000 };

describe('a project in its XML form', () => {
  it('is transcribed byte for byte', () => {
    const chunks = [
      ...header(2),
      chunk('odd ', [1, 2, 3]),
      list('Fold', [folder(1, 'a', []), solid(2, 'b', 3, 4, [0, 0, 1]), composition({ ...plainComp, layers: [] })]),
      list('Ewst', []),
    ];
    const binary = writeRifx(chunks);
    const end = 8 + new DataView(binary.buffer, binary.byteOffset).getUint32(4);
    assert.deepEqual(Buffer.from(transcribeXml(writeXml(chunks))), Buffer.from(binary.subarray(0, end)));
  });

  it('has the path of a file as attributes, which becomes the JSON of the binary form', () => {
    const reference = '<fileReference fullpath="/a &amp; b.png" platform="MacPOSIX" target_is_folder="0"/>';
    const xml = `<AfterEffectsProject><Als2>${reference}</Als2></AfterEffectsProject>`;
    const alas = openChunks(transcribeXml(Buffer.from(xml)))
      .first('Als2')
      ?.first('alas');
    assert.equal(JSON.parse(alas?.text() ?? '').fullpath, '/a & b.png');
  });

  it('is refused with the place where it is not the XML of a project', () => {
    const refused = [
      '',
      '<a/>',
      '<AfterEffectsProject>',
      '<AfterEffectsProject><head bdata="0g"/></AfterEffectsProject>',
    ];
    const deep = `<AfterEffectsProject>${'<Fold>'.repeat(1000)}`;
    for (const xml of [...refused, deep, `<AfterEffectsProject>${'<longname>'.repeat(1000)}`]) {
      assert.throws(() => transcribeXml(Buffer.from(xml)), TemplateFault, xml.slice(0, 60));
    }
  });

  it('does not unfold entities that the file declares', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>';
    const xml = `${bomb}<AfterEffectsProject><string>&c;</string></AfterEffectsProject>`;
    assert.throws(() => transcribeXml(Buffer.from(xml)), TemplateFault);
  });

  it('keeps white space in names, and what stands between elements out of them', () => {
    const bytes = transcribeXml(writeXml([list('Fold', [utf8(' a\r b\n'), utf8('')])]));
    assert.deepEqual(
      [...(openChunks(bytes).first('Fold')?.children() ?? [])].map((text) => text.text()),
      [' a\r b\n', ''],
    );
  });

  describe('of the real ones', { skip: skipWithoutProjects }, () => {
    for (const file of projectFiles('.aep')) {
      it(`gives the model of ${basename(file)}, written as XML`, () => {
        const bytes = readFileSync(file);
        const xml = writeXml(copyOf(openChunks(bytes)));
        assert.deepEqual(dumpProject(readProjectXml(xml)), dumpProject(readProject(bytes)));
      });
    }

    it('reads one that After Effects CC wrote, with its expressions, masks, effects and files', () => {
      const project = readProjectXml(readFileSync(join(aepFolder, 'nexrender-nm05ae12.aepx')));
      assert.deepEqual([project.complete, project.warnings, [...project.unknownChunks]], [true, [], []]);
      assert.equal(project.version?.major, 12);
      const main = project.compositions.find(({ name }) => name === 'main');
      const kinds = main?.layers.map(({ name, kind }) => `${name}: ${kind}`);
      assert.deepEqual(kinds?.slice(0, 3), ['00:00: text', '00:01: text', '#00: text']);
      assert.ok(kinds?.includes('audio.mp3: audio'));
      const source = main?.layers[0]?.property('ADBE Text Properties', 'ADBE Text Document');
      assert.match((source?.kind === 'property' && source.expression?.text) || '', /^\$\.evalFile/);
      const spectrum = main?.layers.find(({ name }) => name === 'audio_spectrum')?.effects[0];
      assert.equal(spectrum?.name, 'Audio Spectrum');
      const control = spectrum?.effect?.parameters.find(({ name }) => name === 'Start Frequency');
      assert.deepEqual([control?.matchName, spectrum?.value('ADBE AudSpect-0006')], ['ADBE AudSpect-0006', 20]);
      const masked = main?.layers.find(({ masks }) => masks.length > 0);
      assert.equal(masked?.masks[0]?.mask?.mode, 'ADD');
      assert.equal(project.footage.find(({ name }) => name === 'nm.png')?.width, 141);
    });
  });
});
