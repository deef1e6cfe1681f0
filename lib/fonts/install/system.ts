import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** The user whose fonts After Effects sees; a test brings its own. */
export interface UserFontSystem {
  platform: NodeJS.Platform;
  /** The user's home folder. */
  home: string;
  /** `%LOCALAPPDATA%`; looked at on Windows only. */
  localAppData: string;
  /** Runs a program to its end. Rejects, with what it said, where it cannot be started or fails. */
  run(command: string, args: readonly string[]): Promise<void>;
}

/** The first PowerShell after a start of Windows is slow; one that hangs must not hold the job. */
const RUN_TIMEOUT_MS = 60_000;
const LONGEST_REASON = 300;

/** This machine, and the user that this process runs as. */
export function thisUserFontSystem(home: string = homedir()): UserFontSystem {
  return { platform: process.platform, home, localAppData: join(home, 'AppData', 'Local'), run: runProgram };
}

async function runProgram(command: string, args: readonly string[]): Promise<void> {
  const result = await execa(command, args, {
    stdin: 'ignore',
    windowsHide: true,
    timeout: RUN_TIMEOUT_MS,
    reject: false,
  });
  if (!result.failed) return;
  const reason = result.timedOut
    ? 'it did not end in time'
    : (result.originalMessage ?? `exit code ${result.exitCode}`);
  // PowerShell breaks its lines, and goes on with the whole script.
  const said = result.stderr.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON);
  throw new Error(`${command}: ${said || reason}`);
}

/** The folders of this user's fonts and of the notes about their use; `null` on a system without After Effects. */
export interface UserFontFolders {
  fonts: string;
  claims: string;
}

/**
 * macOS: `~/Library/Fonts`, where a font is installed by lying there; fonts in sub-folders count too. The change is
 * seen by every program that is started afterwards. Sources: Apple, "Apple Type Services for Fonts: Font Locations and
 * Installation", and "Using and Managing Fonts in Mac OS X" (both old; nexrender's font action does the same today).
 *
 * Windows: the folder of the fonts that are installed for one user, since Windows 10 1809. It is not there before the
 * first one. Sources: Windows Insider announcement of build 17704; MicksITBlogs/PowerShell#9.
 */
export function userFontFolders({ platform, home, localAppData }: UserFontSystem): UserFontFolders | null {
  switch (platform) {
    case 'darwin':
      return {
        fonts: join(home, 'Library', 'Fonts'),
        claims: join(home, 'Library', 'Caches', 'aerender-batch', 'font-claims'),
      };
    case 'win32':
      return {
        fonts: join(localAppData, 'Microsoft', 'Windows', 'Fonts'),
        claims: join(localAppData, 'aerender-batch', 'font-claims'),
      };
    default:
      return null;
  }
}
