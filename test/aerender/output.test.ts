import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AerenderOutput, type OutputRecord } from '../../lib/aerender/output.ts';
import { Progress } from '../../lib/aerender/progress.ts';

const LOGS = new URL('../../../shared/aerender/logs/', import.meta.url);
const skip = existsSync(LOGS) ? false : 'no ../shared/aerender/logs here';

function read(bytes: Uint8Array, cuts: readonly number[] = []): OutputRecord[] {
  const records: OutputRecord[] = [];
  const output = new AerenderOutput((record) => records.push(record), 'linux');
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    output.write(bytes.subarray(at, cut));
    at = Math.max(at, cut);
  }
  output.end();
  return records;
}

const log = (name: string) => readFileSync(new URL(name, LOGS));
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
