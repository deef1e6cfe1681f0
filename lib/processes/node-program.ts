import { access, constants } from 'node:fs/promises';
import { reasonOf } from '../errors.ts';

/** The program that runs the JavaScript of the bundled renderer, or why none can. */
export type NodeProgram = { file: string } | { fault: string };

/** What is asked of the process that the engine runs in; a test gives its own. */
interface HostProcess {
  execPath: string;
  versions: NodeJS.ProcessVersions;
}

const ADVICE =
  'Start it by a utilityProcess (the option bundled.spawn), name a Node program in bundled.nodePath, or leave the fuse on (docs/electron.md).';

/**
 * Finds out how a Node program can be started from this process: by the one that `nodePath` names, else by this process's
 * own program. An Electron app is a Node program as well, unless its RunAsNode fuse is off: then each start would open
 * the app again, so the fuse is read before anything is started. Source: Electron, "Fuses".
 */
export async function findNodeProgram(nodePath: string | null, host: HostProcess = process): Promise<NodeProgram> {
  if (nodePath !== null) return await executable(nodePath);
  if (host.versions.electron === undefined) return { file: host.execPath };
  return (await runsAsNode(host.execPath))
    ? { file: host.execPath }
    : { fault: `This Electron app does not let its program run as Node: its fuse RunAsNode is off. ${ADVICE}` };
}

async function executable(file: string): Promise<NodeProgram> {
  try {
    // Windows knows no such right, and asks only whether the file is there.
    await access(file, constants.X_OK);
    return { file };
  } catch (error) {
    return { fault: `The Node program ${file} of the option bundled.nodePath cannot be run: ${reasonOf(error)}` };
  }
}

/** A program whose fuses cannot be read is not Electron's own build of them: it is taken as one that has none. */
async function runsAsNode(electron: string): Promise<boolean> {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  try {
    const wire = await getCurrentFuseWire(electron);
    return wire[FuseV1Options.RunAsNode] !== FuseState.DISABLE;
  } catch {
    return true;
  }
}
