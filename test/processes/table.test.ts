import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import {
  canFollow,
  parseCim,
  parseProcStat,
  parsePs,
  readProcess,
  readProcesses,
  windowsTicks,
} from '../../lib/processes/table.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const onUnix = process.platform === 'win32' ? 'there is no ps on Windows' : false;

describe('the table of processes', () => {
  it('is read from each system', () => {
    const stat = `42 (a) b (c)) S 7 40 40 0 ${Array.from({ length: 14 }, (_, index) => index).join(' ')} 999 1 2`;
    assert.deepEqual(parseProcStat(stat, 'node\0job.ts\0', 'boot'), {
      pid: 42,
      parentPid: 7,
      group: 40,
      startedAt: 'boot:999',
      command: 'node job.ts',
    });
    assert.equal(parseProcStat('42 (gone) Z 7 40', '', 'boot'), undefined);
    const ps =
      '  501     1   501 Ss   Mon Nov 23 10:12:44 2026     /Applications/x -comp a\n  502   501   501 Z    Mon Nov 23 10:12:45 2026     (x)\n';
    assert.deepEqual(parsePs(ps), [
      { pid: 501, parentPid: 1, group: 501, startedAt: 'Mon Nov 23 10:12:44 2026', command: '/Applications/x -comp a' },
    ]);
    const one = '{"ProcessId":5,"ParentProcessId":4,"CommandLine":null,"Started":"639153799640000000"}';
    assert.deepEqual(parseCim(one), [
      { pid: 5, parentPid: 4, group: null, startedAt: '639153799640000000', command: '' },
    ]);
    assert.equal(parseCim(`[${one},${one}]`).length, 2);
    assert.deepEqual(parseCim('\r\n'), []);
  });

  it('is the same in every language of the user', { skip: onUnix }, async (t) => {
    const before = process.env.LC_ALL;
    t.after(() => {
      if (before === undefined) delete process.env.LC_ALL;
      else process.env.LC_ALL = before;
    });
    const folder = await temporaryFolder(t);
    // Few machines have these languages installed, so this ps translates its dates itself.
    const dates = { en_GB: 'Mon 23 Nov', de_DE: 'Mo 23 Nov', fr_FR: 'lun. 23 nov.', ja_JP: '月 11/23' };
    const cases = Object.entries(dates).map(([name, date]) => `${name}*) day='${date}' ;;`);
    const program = `#!/bin/sh\nday='Mon Nov 23'\ncase "\${LC_ALL:-$LC_TIME}" in ${cases.join(' ')} esac\necho "$$ 1 $$ S $day 10:12:44 2026 ps"\n`;
    await writeFile(join(folder, 'ps'), program);
    await chmod(join(folder, 'ps'), 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${folder}${delimiter}${path}`;
    t.after(() => {
      process.env.PATH = path;
    });
    for (const language of Object.keys(dates)) {
      process.env.LC_ALL = `${language}.UTF-8`;
      const [entry] = await readProcesses('darwin');
      assert.equal(entry?.startedAt, 'Mon Nov 23 10:12:44 2026', language);
    }
  });

  it('that is empty or cannot be read is an error, never "nobody is alive"', { skip: onUnix }, async (t) => {
    const folder = await temporaryFolder(t);
    const path = process.env.PATH;
    t.after(() => {
      process.env.PATH = path;
    });
    for (const [program, message] of [
      ['exit 0', /empty/],
      ['echo "ps: not permitted" >&2; exit 1', /ps/],
      ['echo gibberish', /empty/],
    ] as const) {
      await writeFile(join(folder, 'ps'), `#!/bin/sh\n${program}\n`);
      await chmod(join(folder, 'ps'), 0o755);
      process.env.PATH = folder;
      await assert.rejects(readProcesses('darwin'), { message });
    }
  });

  it("has this process, in the system's own ps and in /proc", { skip: onUnix }, async () => {
    for (const platform of new Set(['darwin', process.platform] as const)) {
      const entry = (await readProcesses(platform)).find(({ pid }) => pid === process.pid);
      assert.deepEqual(await readProcess(process.pid, platform), entry);
      assert.ok(entry?.command.includes('node'));
      assert.equal(await readProcess(2 ** 22 + 1, platform), undefined);
    }
  });
});

describe('a start time', () => {
  it('says whether one process can be the child of another', () => {
    assert.ok(canFollow('boot:12', 'boot:12'));
    assert.ok(!canFollow('boot:11', 'boot:12'));
    assert.ok(!canFollow('later boot:13', 'boot:12'));
    assert.ok(!canFollow('Mon Nov 23 09:00:00 2026', 'Mon Nov 23 10:12:44 2026'));
    assert.ok(canFollow('Tue Dec  1 00:00:00 2026', 'Mon Nov 23 10:12:44 2026'));
    assert.ok(!canFollow('639153799640000000', '639153799650000000'));
    assert.ok(canFollow('null', '639153799650000000'));
  });

  it('of Windows is counted from the year 1', () => {
    assert.equal(windowsTicks(0), '621355968000000000');
  });
});
