import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { encodingOfCodePage } from '../../lib/aerender/lines.ts';
import {
  AerenderOutput,
  framesOfTimecode,
  type OutputRecord,
  type OutputSource,
  parseLine,
} from '../../lib/aerender/output.ts';
import { Progress } from '../../lib/render/reports.ts';
import { fc } from '../support/property.ts';
import { sharedFile, skipWithout } from '../support/shared-folder.ts';

const skip = skipWithout('aerender/logs');

function read(bytes: Uint8Array, cuts: readonly number[] = [], source: Partial<OutputSource> = {}): OutputRecord[] {
  const records: OutputRecord[] = [];
  const output = new AerenderOutput({ stream: 'stdout', scriptNonce: null, ...source }, (record) =>
    records.push(record),
  );
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    output.write(bytes.subarray(at, cut));
    at = Math.max(at, cut);
  }
  output.end();
  return records;
}

const log = (name: string) => readFileSync(sharedFile(`aerender/logs/${name}`));
const of = <Type extends OutputRecord['type']>(records: OutputRecord[], type: Type) =>
  records.filter((record): record is Extract<OutputRecord, { type: Type }> => record.type === type);

describe("aerender's output", () => {
  it('tells the missing fonts and the composition that was not found', { skip }, () => {
    const records = read(log('windows-13.5-fonts-missing-comp-not-found.txt'));
    assert.deepEqual(
      of(records, 'missingFont').map(({ family, style }) => [family, style]),
      [
        ['Bebas', 'Regular'],
        ['Roboto', 'Black'],
      ],
    );
    assert.match(of(records, 'error')[0]?.message ?? '', /No comp was found/);
  });

  it('counts the frames to expect from the head of a log that is cut before the first one', { skip }, () => {
    const records = read(log('windows-13.5-cut-before-frames.txt'));
    const progress = new Progress({ expectedFrames: null });
    for (const record of records) progress.take(record);
    assert.equal(of(records, 'started')[0]?.composition, 'main');
    assert.equal(progress.totalFrames, 125);
    assert.equal(progress.state().progress, null);
    assert.equal(of(records, 'finished').length, 0);
  });

  it('takes an error whose text is not text', { skip }, () => {
    assert.equal(of(read(log('macos-17.1-garbled-error.txt')), 'error').length, 1);
  });

  it('reads errors in all their spellings', { skip }, () => {
    assert.match(
      of(read(log('windows-11.0-reference-error.txt')), 'error')[0]?.message ?? '',
      /ReferenceError: PREFType is undefined/,
    );
    const errors = of(read(log('macos-16.1-script-error.txt')), 'error')
      .map(({ message }) => message)
      .join('\n');
    assert.match(errors, /Error executing script[\s\S]*source compression type is not supported/);
  });

  it('reads an end without frames, and frames without a head', { skip }, () => {
    const finished = read(log('windows-14.2-finished-no-frames.txt'));
    assert.equal(of(finished, 'finished')[0]?.composition, 'Composition');
    assert.equal(of(finished, 'elapsed')[0]?.seconds, 88);
    const frames = read(log('logfile-macos-22-last-41-frames.txt'));
    assert.deepEqual(
      of(frames, 'frame').map(({ ordinal }) => ordinal),
      Array.from({ length: 41 }, (_, index) => 200 + index),
    );
    assert.equal(of(frames, 'finished')[0]?.composition, '_Example 1');
    assert.equal(of(frames, 'elapsed')[0]?.seconds, 17);
    assert.deepEqual(
      read(log('windows-17.6-launched-and-ended.txt')).map(({ type }) => type),
      ['version', 'launching'],
    );
    assert.equal(of(read(log('logfile-windows-23-no-frames.txt')), 'error').length, 0);
  });

  it('says the same byte by byte, and cut at any places', { skip }, () => {
    for (const name of [
      'macos-17.1-garbled-error.txt',
      'windows-13.5-fonts-missing-comp-not-found.txt',
      'logfile-macos-22-last-41-frames.txt',
    ]) {
      const bytes = log(name);
      const whole = read(bytes);
      assert.deepEqual(read(bytes, [...bytes.keys()]), whole);
      fc.assert(
        fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
          assert.deepEqual(
            read(
              bytes,
              cuts.toSorted((a, b) => a - b),
            ),
            whole,
          );
        }),
      );
    }
  });

  it('reads an error in every language, with or without a number before the colon', () => {
    for (const [line, message] of [
      [
        'aerender ERROR -1701: AEGetParamPt failed at line 894',
        'aerender ERROR -1701: AEGetParamPt failed at line 894',
      ],
      ['ERROR (5070): cannot write', 'ERROR (5070): cannot write'],
      ['aerender FEHLER -1701: fehlgeschlagen', 'aerender FEHLER -1701: fehlgeschlagen'],
      ['aerender Erreur : composition introuvable', 'composition introuvable'],
      ['Fehler: Komposition nicht gefunden', 'Komposition nicht gefunden'],
      ['Errore: composizione non trovata', 'composizione non trovata'],
      ['ОШИБКА: не найдено', 'не найдено'],
      ['エラー：コンポジションがありません', 'コンポジションがありません'],
      ['错误: 找不到合成', '找不到合成'],
      ['오류: 컴포지션 없음', '컴포지션 없음'],
      ['aerender ReferenceError: PREFType is undefined', 'ReferenceError: PREFType is undefined'],
      ['After Effects-Fehler: Datei fehlt', 'After Effects-Fehler: Datei fehlt'],
      ['Error: After Effects error: no codec', 'Error: After Effects error: no codec'],
      ['SYNTAX ERROR: Illegal argument flag: -r', 'SYNTAX ERROR: Illegal argument flag: -r'],
    ]) {
      assert.deepEqual(parseLine(line ?? ''), { type: 'error', message }, line);
    }
    for (const line of [
      'aerender version 26.0x67',
      'PROGRESS: ...After Effects successfully launched',
      'Terror: a film',
      'the error: none',
    ]) {
      assert.notEqual(parseLine(line).type, 'error', line);
    }
  });

  it('reads a warning in every language', () => {
    for (const line of [
      'WARNING:After Effects warning: no',
      'aerender WARNING -3: no',
      // A script's undo group that is not closed: no reason to end a job.
      'WARNING:After Effects warning: Undo group mismatch, will attempt to fix.',
      'After Effects-Warnung: no',
      'Achtung: Datei fehlt',
      'AVVERTENZA: manca un file',
      'Attenzione: manca un file',
      'Avertissement : fichier introuvable',
      'ATTENTION\u00a0: fichier introuvable',
      'Advertencia: falta un archivo',
      'Atención: falta un archivo',
      'Aviso do After Effects: falta um arquivo',
      'Advertência: falta um arquivo',
      'Atenção: falta um arquivo',
      'Atenção: com letras decompostas'.normalize('NFD'),
      'ПРЕДУПРЕЖДЕНИЕ: нет файла',
      '警告：ファイルがありません',
      'After Effects 警告: 找不到文件',
      '경고: 파일 없음',
    ]) {
      assert.equal(parseLine(line).type, 'warning', line);
    }
    for (const line of ['Attention span: long', 'my warning: none', 'Achtungserfolg: 3'])
      assert.notEqual(parseLine(line).type, 'warning', line);
  });

  it("on stderr is a library's chatter, unless it has After Effects' own name", () => {
    const source: OutputSource = { stream: 'stderr', scriptNonce: null };
    assert.equal(parseLine('ERROR: [gpu] no adapter', source).type, 'doubtfulError');
    assert.equal(parseLine('TypeError: of a panel', source).type, 'doubtfulError');
    assert.equal(parseLine('aerender ERROR: No comp was found with the given name.', source).type, 'error');
    assert.equal(parseLine('Error: After Effects error: no codec', source).type, 'error');
    assert.equal(parseLine('SYNTAX ERROR: Illegal argument flag: -r', source).type, 'error');
  });

  it("takes a script's fault only with the nonce of its attempt", () => {
    const line = 'aerender ERROR: Error: aerender-batch abc: {"code":"LAYER_NOT_FOUND","message":"no layer"}';
    const read = (scriptNonce: string | null) => parseLine(line, { stream: 'stdout', scriptNonce });
    assert.deepEqual(read('abc'), { type: 'scriptFault', code: 'LAYER_NOT_FOUND', message: 'no layer' });
    assert.equal(read('abd').type, 'error');
    assert.equal(read(null).type, 'error');
  });

  it('counts the frames from the head of either form, in every language and display style', () => {
    const heads = {
      'with PROGRESS': [
        'PROGRESS:  Start: 0:00:00:00',
        'PROGRESS:  End: 0:00:04:24',
        'PROGRESS:  Duration: 0:00:05:00',
        'PROGRESS:  Frame Rate: 25.00 (comp)',
      ],
      'of a log file': [
        '  Start: 0:00:00:00',
        '  End: 0:00:04:24',
        '  Duration: 0:00:05:00',
        '  Frame Rate: 25,00 (comp)',
      ],
      'without spaces': ['Start: 0:00:00:00', 'End: 0:00:04:24', 'Duration: 0:00:05:00', 'Frame Rate: 25,00 (comp)'],
      German: ['  Framerate: 25,00 (Komp.)', '  Anfang: 0:00:00:00', '  Ende: 0:00:04:24', '  Dauer: 0:00:05:00'],
      French: [
        '  Début : 0:00:00:00',
        '  Fin : 0:00:04:24',
        '  Durée : 0:00:05:00',
        '  Cadence d’images : 25,00 (comp)',
      ],
      Japanese: [
        '  開始：0:00:00:00',
        '  終了：0:00:04:24',
        '  デュレーション：0:00:05:00',
        '  フレームレート：25.00（コンポ）',
      ],
      'in frames': ['  Start: 0', '  End: 124', '  Duration: 125', '  Frame Rate: 25,00 (comp)'],
      'from a negative time': [
        '  Start: -0:00:04:00',
        '  End: 0:00:00:24',
        '  Duration: 0:00:05:00',
        '  Frame Rate: 25,00 (comp)',
      ],
    };
    for (const [name, lines] of Object.entries(heads)) {
      const progress = new Progress({ expectedFrames: null });
      for (const line of lines) progress.take(parseLine(line));
      assert.equal(progress.totalFrames, 125, name);
    }
    const chatter = new Progress({ expectedFrames: null });
    for (const line of ['threads: 8', 'tiles: 16', 'passes: 4', 'cache: 12.5']) chatter.take(parseLine(line));
    assert.equal(chatter.totalFrames, null);
  });

  it('counts it as an error if After Effects warns that frames lie outside of the composition', () => {
    const warning = (start: string, first: string, end: string) =>
      `WARNING:After Effects warning: timeSpanStart of ${start} seconds will cause render to have frames outside of range defined by comp displayStartTime (${first}) and end of comp duration (${end}). Render will succeed, but may have blank frames.`;
    for (const line of [
      warning('-4', '4', '14'),
      warning('-0,87', '0,87', '26,63'),
      warning('0', '3.53', '7.43'),
      warning('20', '4', '14'),
      'Warnung:After Effects-Warnung: timeSpanDuration von 12 Sekunden … displayStartTime (0) … (10).',
    ])
      assert.equal(parseLine(line).type, 'error', line);
    // Adobe's script sets the start before the duration: until then the end is the fault, not the start.
    for (const line of [warning('2', '0', '10'), warning('-3', '-4', '6')])
      assert.equal(parseLine(line).type, 'warning', line);
  });

  it('sees frames at negative times', () => {
    const record = parseLine('PROGRESS:  -0:00:03:24 (2): 0 Seconds');
    assert.deepEqual(record, { type: 'frame', ordinal: 2, timecode: '-0:00:03:24', seconds: 0 });
    assert.equal(parseLine('  -0001+08 (7): 1 Seconds').type, 'frame');
  });

  it('sees the frames of every language, whatever brackets, colons and spaces it writes', () => {
    for (const line of [
      'PROGRESS:  0:00:00:11 (12): 0 Seconds',
      'PROGRESS:  0:00:00:11 （12）：0 秒',
      '0:00:00:11（12）：0 秒',
      '進行状況：0:00:00:11（12）：0 秒',
      'FORTSCHRITT:  0:00:00:11 (12): 0 Sekunden',
      'PROGRESSION\u00a0: 0:00:00:11 (12)\u00a0: 0 secondes',
      'PROGRESS:  0;00;00;11 (12L): 0 Seconds',
      'PROGRESS:  11 (12U): 0 Seconds',
    ]) {
      const record = parseLine(line);
      assert.equal(record.type === 'frame' && record.ordinal, 12, line);
    }
    for (const line of ['PROGRESS: 12 of (12) frames', 'INFO: 0:00:00:11 (12): 0 Seconds', 'cache 3: 4 (5): 6'])
      assert.notEqual(parseLine(line).type, 'frame', line);
  });

  it("is decoded by the system's code page if it is not UTF-8", () => {
    const font = (text: Uint8Array, encoding: string) => {
      const line = Buffer.concat([
        Buffer.from('WARNING:Text Layer: Font family: '),
        text,
        Buffer.from(', Font style: Regular\r\n'),
      ]);
      return of(read(line, [], { encoding }), 'missingFont')[0]?.family;
    };
    assert.equal(font(Buffer.from('cea2c8edd1c5bada', 'hex'), encodingOfCodePage('936')), '微软雅黑');
    assert.equal(font(Buffer.from('835383568362834e', 'hex'), encodingOfCodePage('932')), 'ゴシック');
    assert.equal(font(Buffer.from('b1bcb8b2', 'hex'), encodingOfCodePage('949')), '굴림');
    assert.equal(font(Buffer.from('d8f0e8f4f2', 'hex'), encodingOfCodePage('1251')), 'Шрифт');
    assert.equal(font(Buffer.from('Größe'), encodingOfCodePage('932')), 'Größe');
    assert.equal(encodingOfCodePage('65001'), 'utf-8');
    assert.equal(encodingOfCodePage(''), 'windows-1252');
    assert.equal(of(read(Buffer.from('834784898143', 'hex'), [], { encoding: 'shift_jis' }), 'text').length, 1);
  });

  it('never throws, and keeps a line without an end out of the memory', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void read(bytes)));
    const [record] = read(Buffer.alloc(10_000_000, 'x'));
    assert.equal(record?.type, 'text');
    assert.ok(JSON.stringify(record).length < 100_000);
  });

  it('never goes back when frames come out of order', () => {
    const progress = new Progress({ expectedFrames: 10 });
    const frame = (ordinal: number) => progress.take({ type: 'frame', ordinal, timecode: '0:00:00:00', seconds: 0 });
    assert.deepEqual([frame(3), frame(1), frame(2), frame(5)], [true, false, false, true]);
    assert.equal(progress.state().progress, 50);
  });
});

describe('timecode', () => {
  it('is counted in every style that After Effects displays', () => {
    assert.equal(framesOfTimecode('0:00:05:00', 25), 125);
    assert.equal(framesOfTimecode('0;01;00;02', 29.97), 1800);
    assert.equal(framesOfTimecode('0;10;00;00', 29.97), 17982);
    assert.equal(framesOfTimecode('0010+08', 24), 168);
    assert.equal(framesOfTimecode('250', null), 250);
    assert.equal(framesOfTimecode('-0:00:04:00', 25), -100);
    assert.equal(framesOfTimecode('soon', 25), null);
  });
});
