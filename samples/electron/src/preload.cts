/** Gives the page these three calls, and nothing else of Electron or Node. */
import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('renders', {
  create: (body: unknown) => ipcRenderer.invoke('batches:create', body),
  cancel: (batchId: unknown) => ipcRenderer.invoke('batches:cancel', batchId),
  on: (name: string, listener: (event: unknown) => void) => {
    ipcRenderer.on(name, (_event, event: unknown) => listener(event));
  },
});
