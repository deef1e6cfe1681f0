/** The main process of an Electron app that renders: the engine beside the window, its events sent to the page. */
import { join } from 'node:path';
import { BatchEngine, type BatchInput, EngineError } from 'aerender-batch';
import { app, BrowserWindow, ipcMain } from 'electron';

await app.whenReady();
const engine = await BatchEngine.open({
  database: join(app.getPath('userData'), 'renders.db'),
  outputDir: join(app.getPath('videos'), 'Renders'),
});
const window = new BrowserWindow({
  width: 900,
  height: 600,
  webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
});

engine.on('job:progress', (event) => window.webContents.send('job:progress', event));
engine.on('job:finished', (event) => window.webContents.send('job:finished', event));
engine.on('job:error', (event) => window.webContents.send('job:error', event));

// An error's class does not cross to the page: its code and words do.
ipcMain.handle('batches:create', async (_event, body: BatchInput) => {
  try {
    return { ok: true, created: await engine.batches.create(body) };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
});

let closed = false;
app.on('before-quit', (event) => {
  if (closed) return;
  event.preventDefault();
  // What renders is ended now, and goes on when the app is started again.
  void engine.close({ running: 'kill' }).then(() => {
    closed = true;
    app.quit();
  });
});

await window.loadFile('index.html');
