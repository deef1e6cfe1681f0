/**
 * Runs on Windows' own Node, beside the installed package: `node host.mjs <folder> <project>`. Renders by a native aerender
 * whose child outlives it, kills a render, and publishes a file that another program holds. Prints one line of JSON.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BatchEngine } from 'aerender-batch';

const [folder, project] = process.argv.slice(2);
const engine = await BatchEngine.open({
  database: join(folder, 'renders.db'),
  outputDir: join(folder, 'renders'),
  workers: 2,
  aerender: { binaries: { ae2026: join(folder, 'aerender.exe') }, timeouts: { start: 60, stall: 60 } },
});
const job = (composition) => ({
  template: { id: 'x', src: project, composition },
  settings: { type: 'image', frames: 0 },
});
const powershell = join(process.env.SystemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');

/** The children that are still alive. */
function children() {
  const script = Buffer.from('Get-CimInstance Win32_Process', 'utf16le').toString('base64');
  const list = JSON.parse(execFileSync(powershell, ['-EncodedCommand', script]).toString());
  return list.filter(({ CommandLine }) => CommandLine?.includes('aerender.exe" --child')).length;
}

const result = {};
const good = await engine.batches.create({ jobs: [job('good')] });
result.good = (await engine.batches.wait(good.batchId)).status;
result.childrenAfterGood = children();

const slow = await engine.batches.create({ jobs: [job('slow')] });
await new Promise((resolve) => engine.once('job:progress', resolve));
const killed = await engine.batches.cancel(slow.batchId, { running: 'kill' });
result.killed = killed.jobs[0].result;
result.childrenAfterKill = children();

const held = await engine.batches.create({ jobs: [job('held')] });
result.held = (await engine.batches.wait(held.batchId)).status;

await engine.close();
result.closed = true;
console.log(JSON.stringify(result));
process.exit(0);
