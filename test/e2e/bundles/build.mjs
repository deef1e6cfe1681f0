/** Bundles `main.mjs` by one bundler into one file: `node build.mjs <bundler> <file> [inside]`. */
import { basename, dirname, join, resolve } from 'node:path';

const [bundler, target, inside] = process.argv.slice(2);
const entry = join(import.meta.dirname, 'main.mjs');
const file = resolve(target);
/** Or as somebody does who forgets to name the library; its native packages cannot be bundled at all. */
const external =
  inside === undefined
    ? ['aerender-batch']
    : ['better-sqlite3', '@electron/fuses', 'canvaskit-wasm', 'node-av', 'piscina', 'execa', 'mediabunny'];

const bundlers = {
  esbuild: async () => {
    const { build } = await import('esbuild');
    await build({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm', external });
  },
  vite: async () => {
    const { build } = await import('vite');
    await build({
      logLevel: 'error',
      configFile: false,
      // Left out, vite takes packages for external by itself in a build for a server.
      ssr: { noExternal: inside === undefined ? [] : true },
      build: {
        ssr: entry,
        outDir: dirname(file),
        emptyOutDir: false,
        rollupOptions: { external, output: { entryFileNames: basename(file) } },
      },
    });
  },
  webpack: async (webpackTarget = 'node') => {
    const { default: webpack } = await import('webpack');
    const compiler = webpack({
      mode: 'production',
      target: webpackTarget,
      entry,
      experiments: { outputModule: true },
      externals: { 'aerender-batch': 'import aerender-batch' },
      output: { path: dirname(file), filename: basename(file), module: true },
    });
    await new Promise((done, fail) => {
      compiler.run((error, stats) => {
        if (error !== null || stats.hasErrors()) fail(error ?? new Error(stats.toString('errors-only')));
        else compiler.close(done);
      });
    });
  },
  'webpack-electron': () => bundlers.webpack('electron-main'),
};

await bundlers[bundler]();
