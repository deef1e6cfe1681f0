import { win32 } from 'node:path';
import { execa } from 'execa';

/** On a cold disk PowerShell takes seconds to start; one that takes longer than this hangs. */
const TIMEOUT_MS = 30_000;

/**
 * The absolute path of a program that comes with Windows. By its bare name a program in the current folder, which may
 * be a template's, would be started instead.
 */
export function windowsProgram(name: string): string {
  return win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', name);
}

/**
 * Runs a PowerShell script and returns what it prints, as text in any language.
 *
 * @throws {Error} PowerShell cannot be started, a command of the script failed, or it did not end within 30 seconds.
 */
export async function runPowerShell(script: string): Promise<string> {
  const whole = [
    "$ErrorActionPreference = 'Stop'",
    "$ProgressPreference = 'SilentlyContinue'",
    '[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false',
    script,
  ].join('\n');
  const { stdout } = await execa(
    windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe'),
    [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      // Encoded, no quote and no code page can change the script.
      '-EncodedCommand',
      Buffer.from(whole, 'utf16le').toString('base64'),
    ],
    { windowsHide: true, stdin: 'ignore', timeout: TIMEOUT_MS },
  );
  return stdout;
}
