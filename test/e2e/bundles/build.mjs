/** Bundles `main.mjs` by one bundler into one file: `node build.mjs <bundler> <file>`. */
import { basename, dirname, join, resolve } from 'node:path';

const [bundler, target] = process.argv.slice(2);
const entry = join(import.meta.dirname, 'main.mjs');
const file = resolve(target);

const bundlers = {
  esbuild: async (external = ['aerender-batch']) => {
    const { build } = await import('esbuild');
    await build({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm', external });
  },
  // As somebody does who forgets to name the library; its native packages cannot be bundled at all.
  inside: () =>
    bundlers.esbuild([
      'better-sqlite3',
      '@electron/fuses',
      'canvaskit-wasm',
      'node-av',
      'piscina',
      'execa',
      'mediabunny',
    ]),
  vite: async () => {
    const { build } = await import('vite');
    await build({
      logLevel: 'error',
      configFile: false,
      build: {
        ssr: entry,
        outDir: dirname(file),
        emptyOutDir: false,
        rollupOptions: { external: ['aerender-batch'], output: { entryFileNames: basename(file) } },
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
