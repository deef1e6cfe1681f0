import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { classify, namesMissingFootage, SCRIPT_CODES } from '../../lib/aerender/failures.ts';
import type { RunResult } from '../../lib/aerender/run.ts';

function run(facts: Partial<RunResult>): RunResult {
  return {
    exitCode: 0,
    signal: null,
    killed: false,
    timedOut: null,
    endedWhenDone: false,
    spawnError: null,
    errors: [],
    doubtfulErrors: [],
    warnings: [],
    lastLines: [],
    scriptFault: null,
    missingFonts: [],
    duration: 12.34,
    startDuration: null,
    ...facts,
  };
}

const COMMAND = '/Applications/aerender -project a.aep';
const verdict = (facts: Partial<RunResult>) => classify(run(facts), COMMAND);

describe('the end of a renderer', () => {
  it('is no failure if it exits with 0 and reports none, or if its output is complete', () => {
    assert.equal(verdict({}), null);
    assert.equal(verdict({ doubtfulErrors: ['[gpu] no adapter'] }), null);
    assert.equal(verdict({ endedWhenDone: true, exitCode: null, signal: 'SIGTERM' }), null);
    assert.equal(verdict({ endedWhenDone: true, errors: ['disk full'] })?.code, 'AERENDER_FAILED');
  });

  it('has the code of what was printed, and the advice for it', () => {
    for (const [printed, code, advice] of [
      ['No comp was found with the given name.', 'COMPOSITION_NOT_FOUND', /templates show/],
      ['SYNTAX ERROR: Illegal argument flag: -r', 'SCRIPT_HOOK_MISSING', /doctor/],
      ['Error executing script: /x.jsx', 'SCRIPT_FAILED', /log/],
      ['No output module template was found with the given name.', 'AERENDER_FAILED', /outputModules/],
      [
        'timeSpanStart of -4 seconds … comp displayStartTime (4) and end of comp duration (14).',
        'FRAMES_OUT_OF_RANGE',
        /save it anew/,
      ],
      ['No render settings template was found with the given name.', 'AERENDER_FAILED', /Restore/],
    ] as const) {
      const failure = verdict({ exitCode: 1, errors: [printed] });
      assert.equal(failure?.code, code);
      assert.ok(failure?.message.startsWith(printed));
      assert.match(failure?.message ?? '', advice);
      assert.equal(failure?.retryable, false);
    }
  });

  it('says what the exit code means, with the end of the log, the command and the duration', () => {
    const meanings = [
      /reported by After Effects/,
      /usage/,
      /syntax/,
      /syntax/,
      /scripting/,
      /scripting/,
      /run-time error of aerender/,
      /run-time error of aerender/,
      /run-time error of After Effects/,
      /run-time error of After Effects/,
      /socket/,
    ];
    for (const [index, meaning] of meanings.entries()) {
      const message =
        verdict({ exitCode: index + 1, lastLines: ['PROGRESS: Launching', 'the last word'] })?.message ?? '';
      assert.match(message, meaning);
      for (const part of [`exit code ${index + 1}`, '12.3 seconds', 'PROGRESS: Launching | the last word', COMMAND])
        assert.ok(message.includes(part), message);
    }
    const long = verdict({ exitCode: 1, errors: ['aerender ERROR -1701: AEGetParamPt failed at line 894'] });
    assert.match(long?.message ?? '', /^aerender ERROR -1701: AEGetParamPt failed at line 894\n/);
    const doubtful = verdict({ exitCode: 1, doubtfulErrors: ['No comp was found with the given name.'] });
    assert.equal(doubtful?.code, 'COMPOSITION_NOT_FOUND');
  });

  it('names the seconds that a time-out allowed', () => {
    for (const [kind, code] of [
      ['start', 'RENDER_START_TIMEOUT'],
      ['stall', 'RENDER_STALLED'],
      ['total', 'RENDER_TIMEOUT'],
    ] as const) {
      const failure = verdict({ timedOut: { kind, seconds: 7.5 }, exitCode: null, signal: 'SIGKILL' });
      assert.equal(failure?.code, code);
      assert.match(failure?.message ?? '', new RegExp(`7.5 seconds.*timeouts.${kind}`));
      assert.equal(failure?.retryable, true);
    }
  });

  it('is a crash if it was a signal or a status of Windows, and is tried again', () => {
    const statuses = [0xc0000005, 0xc0000409, 0xe06d7363, 0x80000003, 0xffffffff].map((exitCode) => ({ exitCode }));
    for (const facts of [{ exitCode: null, signal: 'SIGSEGV' }, { exitCode: 139 }, ...statuses]) {
      const failure = verdict(facts);
      assert.equal(failure?.code, 'RENDER_CRASHED');
      assert.equal(failure?.retryable, true);
    }
    assert.match(verdict({ exitCode: 0xc0000005 })?.message ?? '', /0xC0000005, an access violation/);
    assert.match(verdict({ exitCode: 0x80000003 })?.message ?? '', /\(exit code 0x80000003\)/);
  });

  it('waits before the next attempt if the system lacks something for a moment', () => {
    for (const code of ['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETXTBSY']) {
      const failure = verdict({ spawnError: { code, message: code } });
      assert.deepEqual([failure?.code, failure?.retryable, failure?.waitFirst], ['AERENDER_SPAWN_FAILED', true, true]);
    }
    assert.equal(verdict({ spawnError: { code: 'ENOENT', message: '' } })?.retryable, true);
    assert.equal(verdict({ spawnError: { code: 'EACCES', message: '' } })?.retryable, false);
  });

  it('tells what After Effects warned of, and is not tried again if footage is missing', () => {
    const warnings = ['After Effects warning: 1 file missing. File Not Found: /x/6.png'];
    const failure = verdict({ timedOut: { kind: 'stall', seconds: 4 }, warnings });
    assert.match(failure?.message ?? '', /After Effects warned: .*\/x\/6\.png/);
    assert.equal(failure?.retryable, false);
    assert.ok(namesMissingFootage(['Avertissement After Effects : « /nowhere/6.png » introuvable']));
    assert.ok(namesMissingFootage(['Warnung: C:\\Material\\Möbel 6.png fehlt']));
    assert.ok(!namesMissingFootage(['the audio is out of sync', `see ${import.meta.filename}`]));
  });
});

describe('the script of a job', () => {
  it('can end its job with a code of a script only', () => {
    assert.equal(verdict({ scriptFault: { code: 'LAYER_NOT_FOUND', message: 'm' } })?.code, 'LAYER_NOT_FOUND');
    for (const code of ['DATABASE_CORRUPT', 'WORKER_LOST', 'toString', ''])
      assert.equal(verdict({ scriptFault: { code, message: 'm' } })?.code, 'SCRIPT_FAILED');
  });

  it('uses only these codes', () => {
    const texts = ['../../lib/assets/', '../../lib/script/runtime/'].flatMap((folder) =>
      jsxIn(new URL(folder, import.meta.url)),
    );
    const codes = texts.flatMap((text) => [...text.matchAll(/\bfault\(\s*'([A-Z_]+)'/g)].map(([, code]) => code));
    assert.ok(codes.length > 5);
    for (const code of codes)
      assert.ok(
        SCRIPT_CODES.some((known) => known === code),
        code,
      );
  });
});

function jsxIn(folder: URL): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsx'));
  return names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
