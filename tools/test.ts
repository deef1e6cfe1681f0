/**
 * Runs all that must be green, as `npm test`. First what takes seconds: types and lint. Then the tests of behaviour, and
 * beside them the packed package and the reference of the API, which mostly wait for a registry; what these two print
 * comes when they have ended.
 */
import { execa } from 'execa';

const script = (name: string) => execa('npm', ['run', '--silent', name], { all: true, reject: false });
type Finished = Awaited<ReturnType<typeof script>>;

function report(name: string, { all = '', failed, durationMs }: Finished): boolean {
  const seconds = Math.round(durationMs / 1000);
  process.stdout.write(`\n${all}\n${failed ? '✖' : '✔'} npm run ${name} (${seconds} s)\n`);
  return !failed;
}

const quick = ['typecheck', 'lint'];
const first = await Promise.all(quick.map(async (name) => report(name, await script(name))));
if (first.includes(false)) process.exit(1);

async function beside(): Promise<boolean> {
  // One after the other, since both take a core for a while.
  const results = [];
  for (const name of ['test:package', 'docs:api']) results.push([name, await script(name)] as const);
  await behaviour;
  return results.map(([name, result]) => report(name, result)).every(Boolean);
}

const behaviour = execa('npm', ['run', '--silent', 'test:behaviour'], { stdio: 'inherit', reject: false });
const [isGreen, { failed }] = await Promise.all([beside(), behaviour]);
process.exitCode = isGreen && !failed ? 0 : 1;
