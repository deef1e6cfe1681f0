import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openStudio, type Studio } from '../support/engine.ts';

/** The suite has short forms; `npm run test:long` has 100 kills, and two hosts for ten minutes. */
const KILLS = Number(process.env.AERENDER_BATCH_KILLS ?? 3);
const HOSTS_SECONDS = Number(process.env.AERENDER_BATCH_HOSTS_SECONDS ?? 4);

/** How many batches a host creates, of three jobs each. */
const BATCHES = 3;

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/journal/${name}`, import.meta.url));

interface Entry {
  what: string;
  /** The id of a job, by a host. */
  id?: string;
  /** The composition that is rendered, by which a renderer knows its job. */
  job?: string;
  pid?: number;
  /** The process of the host that was told. */
  host?: number;
}

interface Scene extends Studio {
  journal: string;
  /** Starts a host that creates batches. */
  host(): ChildProcess;
}

async function openScene(t: TestContext): Promise<Scene> {
  const aerender = { binaries: { ae2026: fixture('aerender.mjs') } };
  const studio = await openStudio(t, { paused: true, aerender });
  await studio.engine.close();
  const journal = join(studio.folder, 'journal');
  await writeFile(journal, '');
  process.env.AERENDER_JOURNAL = journal;
  const files = [join(studio.folder, 'renders.db'), join(studio.folder, 'renders')];
  const args = [fixture('host.ts'), ...files, fixture('aerender.mjs'), studio.project, `${BATCHES}`];
  const host = () => {
    const child = spawn(process.execPath, ['--conditions=source', ...args], { stdio: 'ignore' });
    t.after(() => child.kill('SIGKILL'));
    return child;
  };
  return { ...studio, journal, host };
}

async function entriesOf({ journal }: Scene): Promise<Entry[]> {
  const lines = (await readFile(journal, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Entry);
}

/** Waits for something to happen that was not there before, so that each kill comes in the middle of work. */
async function untilMore(scene: Scene, what: string, count: number): Promise<void> {
  while ((await entriesOf(scene)).filter((entry) => entry.what === what).length < count) await delay(20);
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Lets all jobs end, and judges by the journal: the engine's own word is not asked. */
async function judge(scene: Scene): Promise<number> {
  const engine = await scene.open({ paused: false });
  await engine.idle();
  const entries = await entriesOf(scene);
  const names = new Map(entries.flatMap(({ what, id, job }) => (what === 'created' && id && job ? [[id, job]] : [])));
  const ends = new Map<string, string>();
  const finished = new Set<string>();
  const told = new Set<string>();
  for (const { what, id = '', job = '', host } of entries) {
    assert.notEqual(what, 'two renders at a time', job);
    if (what === 'render began') assert.ok(!finished.has(job), `${job} was rendered after its end was told`);
    if (what !== 'finished' && what !== 'error' && what !== 'cancelled') continue;
    // Each host on the file is told once, and all of them the same.
    assert.ok(!told.has(`${host} ${id}`), `${id} ended twice`);
    told.add(`${host} ${id}`);
    assert.equal(ends.get(id) ?? what, what, `${id} ended in two ways`);
    ends.set(id, what);
    finished.add(names.get(id) ?? '');
  }
  for (const id of names.keys()) {
    const job = await engine.jobs.get(id);
    assert.equal(job.status, 'finished', `${id}, whose creation was answered`);
    await access(join(scene.folder, 'renders', `${id}.png`));
  }
  await engine.close();
  return names.size;
}

describe('by a journal of hosts and renderers', () => {
  it(`no job is lost, ends twice or is rendered after its end, with ${KILLS} kills at random moments`, async (t) => {
    const scene = await openScene(t);
    for (let killed = 0; killed < KILLS; killed += 1) {
      const before = (await entriesOf(scene)).filter(({ what }) => what === 'render began').length;
      const host = scene.host();
      await untilMore(scene, 'render began', before + 1);
      await delay(Math.random() * 300);
      await kill(host);
    }
    t.diagnostic(`${await judge(scene)} jobs`);
  });

  it(`two hosts on one file, now and then one of them killed, never render a job at the same time`, async (t) => {
    const scene = await openScene(t);
    const hosts = [scene.host(), scene.host()];
    const until = performance.now() + HOSTS_SECONDS * 1_000;
    await untilMore(scene, 'render began', 1);
    do {
      await delay(500 + Math.random() * 2_500);
      const at = Math.random() < 0.5 ? 0 : 1;
      await kill(hosts[at] as ChildProcess);
      hosts[at] = scene.host();
    } while (performance.now() < until);
    await untilMore(scene, 'finished', 1);
    await Promise.all(hosts.map(kill));
    t.diagnostic(`${await judge(scene)} jobs`);
  });
});
