import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { memoryFault, watchMemory } from '../../processes/memory.ts';
import type { CommandLine } from '../renderer/command-line.ts';
import { FFMPEG_PIPE } from './ffmpeg-channel.ts';
import type { FfmpegDesk, FfmpegDeskOptions } from './ffmpeg-desk.ts';
import { confinedArguments, confinedEnvironment, foldersOfCall, packageFolders } from './permissions.ts';
import { GuestRelay, type RelayRequest } from './relay.ts';

/** Beside what every confined process has: where fonts of the user lie, and what measures our own code. */
const ENVIRONMENT = ['HOME', 'USERPROFILE', 'NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE'];

/** How a process ended: its exit code, or the signal that ended it. */
interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Runs the bundled renderer in a process that may read the folders of its job, this package and fonts, write the folder
 * of the output, and start nothing. Resolves when it has ended.
 */
export async function launchRenderer(entry: URL, args: readonly string[], call: CommandLine): Promise<ProcessEnd> {
  const { output, ffmpeg, encoder } = call;
  const { read, written } = foldersOfCall(call);
  // Archives are unpacked there. Its own folder: that of the system holds files of other programs.
  const temporary = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
  // Where a developer has Node keep what it measures and compiles. No code of others runs in this process.
  const { NODE_V8_COVERAGE, NODE_COMPILE_CACHE } = process.env;
  const kept = [NODE_V8_COVERAGE, NODE_COMPILE_CACHE].filter((folder) => folder !== undefined);
  const permissions = {
    read: [...packageFolders(), ...read, temporary, ...kept],
    write: [...written, temporary, ...kept],
    // Only node-av is native.
    addons: ffmpeg === null,
  };
  const desk = ffmpeg === null ? null : await openDesk({ ffmpeg, encoder, output, read: [...read, temporary] });
  const child = spawn(process.execPath, [...confinedArguments(entry, permissions), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', ffmpeg === null ? 'ignore' : 'pipe'],
    env: { ...confinedEnvironment(ENVIRONMENT), TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    windowsHide: true,
  });
  const relay = new GuestRelay([...read, temporary], (event) => {
    if (child.connected) child.send(event, () => {});
  });
  void desk?.serve(child.stdio[FFMPEG_PIPE] as Duplex);
  let tooMuch = false;
  const watch = watchMemory(child.pid, (limit) => {
    tooMuch = true;
    process.stdout.write(memoryFault(limit));
    child.kill('SIGKILL');
  });
  child.on('message', (request: RelayRequest) => relay.take(request));
  try {
    return await new Promise((settle, reject) => {
      child.once('error', reject);
      // Ended from here it is no crash: the words before tell why.
      child.once('exit', (code, signal) => settle(tooMuch ? { code: 1, signal: null } : { code, signal }));
    });
  } finally {
    watch.end();
    relay.close();
    desk?.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Loaded only if it is needed: to start takes its time. */
async function openDesk(options: FfmpegDeskOptions): Promise<FfmpegDesk> {
  const { FfmpegDesk } = await import('./ffmpeg-desk.ts');
  return new FfmpegDesk(options);
}
