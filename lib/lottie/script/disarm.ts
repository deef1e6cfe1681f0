/** By these, code that has left its realm could load more, end other processes, or connect to somewhere. */
const OF_PROCESS = ['getBuiltinModule', 'binding', '_linkedBinding', 'dlopen', 'kill', '_kill', 'chdir', 'report'];
const OF_GLOBAL = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'WebAssembly', 'Worker'];

/**
 * Takes from this process what Node's permission model leaves to it, before code of others runs: before Node 25 that
 * model refuses no connections. What is loaded already goes on.
 */
export function disarm(): void {
  for (const name of OF_PROCESS) Reflect.deleteProperty(process, name);
  for (const name of OF_GLOBAL) Reflect.deleteProperty(globalThis, name);
}
