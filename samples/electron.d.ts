/** The few words of Electron that `electron-main.ts` uses, so that it is type-checked without installing Electron. */
declare module 'electron' {
  export const app: {
    whenReady(): Promise<void>;
    getPath(name: 'userData' | 'videos'): string;
    on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): void;
    quit(): void;
  };
  export class BrowserWindow {
    constructor(options: { width: number; height: number; webPreferences?: { preload?: string } });
    loadFile(path: string): Promise<void>;
    readonly webContents: { send(channel: string, ...args: unknown[]): void };
  }
  export const ipcMain: {
    handle(channel: string, listener: (event: unknown, ...args: never[]) => unknown): void;
  };
}
