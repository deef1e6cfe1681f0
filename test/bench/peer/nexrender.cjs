/**
 * Renders jobs through @nexrender/core, in a folder that holds it, a template, and a stand-in After Effects:
 * `node nexrender.cjs <folder> <template> <layer> <width> <jobs>`. Prints the milliseconds that they took.
 */
const { join } = require('node:path');
const os = require('node:os');
const [folder, template, layerName, width, count] = process.argv.slice(2);

// The package knows two systems, and refuses Linux.
if (process.platform === 'linux') os.platform = () => 'darwin';
process.env.NEXRENDER_ENABLE_AELOG_PROJECT_FOLDER = '1';
const { init, render } = require(join(folder, 'node_modules', '@nexrender', 'core'));

const silent = { log() {}, info() {}, error() {}, debug() {}, warn() {} };
const settings = init({
  binary: join(folder, 'ae', '2026', 'aerender'),
  workpath: join(folder, 'work'),
  addLicense: false,
  stopOnError: true,
  logger: silent,
  noAnalytics: true,
  'no-analytics': true,
});

const job = (index) => ({
  uid: `${process.pid}-${index}`,
  template: { name: template.split('/').at(-1), src: `file://${template}`, composition: 'main', outputExt: 'mov' },
  assets: [{ type: 'data', layerName, property: 'Source Text', value: `Alice ${index}` }],
  actions: {},
});

async function main() {
  // The first one loads what is loaded late.
  await render(job(-1), settings);
  let next = 0;
  const worker = async () => {
    while (next < Number(count)) {
      next += 1;
      await render(job(next), settings);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: Number(width) }, worker));
  process.stdout.write(`${performance.now() - begun}\n`);
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
