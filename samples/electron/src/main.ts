/** The main process: the engine, a window, and what passes between them. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BatchEngine, type BatchInput, EngineError } from 'aerender-batch';
import { app, BrowserWindow, ipcMain, net, protocol, utilityProcess } from 'electron';
import type { Answer, PageEvents } from './api.js';

const FILM = 'film';
protocol.registerSchemesAsPrivileged([
  { scheme: FILM, privileges: { standard: true, stream: true, supportFetchAPI: true } },
]);

await app.whenReady();
const engine = await BatchEngine.open({
  database: join(app.getPath('userData'), 'renders.db'),
  outputDir: join(app.getPath('videos'), 'Renders'),
  // The listeners below are added before anything renders.
  paused: true,
  // The fuse RunAsNode is off. Jobs with scripts or expressions need it, or a Node program: docs/electron.md.
  bundled: { spawn: (module, args, options) => utilityProcess.fork(module, args, options) },
});

// The page names a job, never a path: it can play nothing but what was rendered.
protocol.handle(FILM, async (request) => {
  const path = await engine.jobs.output(new URL(request.url).hostname.toUpperCase());
  return await net.fetch(pathToFileURL(path).href, { headers: request.headers });
});

const window = new BrowserWindow({
  width: 900,
  height: 640,
  webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
});

function show<Name extends keyof PageEvents>(name: Name, event: PageEvents[Name]): void {
  if (!window.isDestroyed()) window.webContents.send(name, event);
}
engine.on('job:started', (event) => show('job:started', event));
engine.on('job:progress', (event) => show('job:progress', event));
engine.on('job:finished', (event) => show('job:finished', { ...event, film: `${FILM}://${event.jobId}/` }));
engine.on('job:error', (event) => show('job:error', event));
engine.on('job:cancelled', (event) => show('job:cancelled', event));
engine.on('engine:error', ({ error }) => console.error(error));

async function answer<Value>(call: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
ipcMain.handle('batches:create', (_event, body: BatchInput) => answer(engine.batches.create(body)));
ipcMain.handle('batches:cancel', (_event, id: string) => answer(engine.batches.cancel(id, { running: 'kill' })));

await window.loadFile(join(import.meta.dirname, '..', 'page', 'index.html'));
await engine.resume();

app.on('window-all-closed', () => app.quit());

let isClosed = false;
app.on('before-quit', (event) => {
  if (isClosed) return;
  event.preventDefault();
  // What renders is ended now, and rendered again when the app is started the next time.
  void engine
    .close({ running: 'kill', timeout: 10 })
    .catch((error: unknown) => console.error(error))
    .finally(() => {
      isClosed = true;
      app.quit();
    });
});
