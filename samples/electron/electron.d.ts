/** The few words of Electron that this sample uses, so that it is type-checked here without installing Electron. */
declare module 'electron' {
  interface QuitEvent {
    preventDefault(): void;
  }
  export const app: {
    whenReady(): Promise<void>;
    getPath(name: 'userData' | 'videos'): string;
    on(event: 'before-quit' | 'window-all-closed', listener: (event: QuitEvent) => void): void;
    quit(): void;
  };
  export class BrowserWindow {
    constructor(options: { width: number; height: number; webPreferences?: { preload?: string } });
    loadFile(path: string): Promise<void>;
    isDestroyed(): boolean;
    readonly webContents: { send(channel: string, ...args: unknown[]): void };
  }
  export const ipcMain: {
    handle(channel: string, listener: (event: unknown, ...args: never[]) => unknown): void;
  };
  export const ipcRenderer: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: (event: unknown, ...args: never[]) => void): void;
  };
  export const contextBridge: { exposeInMainWorld(name: string, api: object): void };
  export const protocol: {
    registerSchemesAsPrivileged(
      schemes: { scheme: string; privileges: { standard?: boolean; stream?: boolean; supportFetchAPI?: boolean } }[],
    ): void;
    handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
  };
  export const net: { fetch(url: string, options?: { headers?: Headers }): Promise<Response> };

  export class UtilityProcess {
    readonly pid: number | undefined;
    readonly stdout: NodeJS.ReadableStream | null;
    readonly stderr: NodeJS.ReadableStream | null;
    postMessage(message: unknown): void;
    on(event: 'spawn' | 'message' | 'error' | 'exit', listener: (...args: never[]) => void): this;
  }
  interface ForkOptions {
    env?: Record<string, string>;
    cwd?: string;
    stdio?: ('pipe' | 'ignore' | 'inherit')[] | string;
    serviceName?: string;
  }
  export const utilityProcess: {
    fork(modulePath: string, args?: string[], options?: ForkOptions): UtilityProcess;
  };
}
