import { ourMark } from './installed-file.ts';
import type { UserFontSystem } from './system.ts';

/**
 * What Windows needs beyond the file: a value in the user's registry, by which the font is there after the next
 * sign-in, and AddFontResource, by which the running session has it at once, with a WM_FONTCHANGE for the programs that
 * run. Windows counts the calls for each file: every AddFontResource needs its RemoveFontResource, and before the last
 * one the file cannot be removed. None of this was tried on Windows itself: the tests look at the commands only.
 *
 * Sources: Microsoft, AddFontResourceW, RemoveFontResourceW, WM_FONTCHANGE, "Font Installation and Deletion", reg add.
 */
const FONTS_KEY = 'HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts';

interface RegisteredFont {
  path: string;
  fullName: string;
}

export async function registerFont({ path, fullName }: RegisteredFont, system: UserFontSystem): Promise<void> {
  await system.run('reg.exe', ['add', FONTS_KEY, '/v', valueName(path, fullName), '/t', 'REG_SZ', '/d', path, '/f']);
}

export async function unregisterFont({ path, fullName }: RegisteredFont, system: UserFontSystem): Promise<void> {
  await system.run('reg.exe', ['delete', FONTS_KEY, '/v', valueName(path, fullName), '/f']);
}

/**
 * `Inter Bold [aerender-batch-…] (TrueType)`. Windows takes a font's name from its file, and any name for the value:
 * with the mark in it, it is never that of a font that the user installed. Sources: superuser.com/a/1039247;
 * matthewjberger/scoop-nerd-fonts#10 and files-community/Files#7394, which name it after the file.
 */
function valueName(path: string, fullName: string): string {
  return `${fullName.replaceAll(/\p{Cc}/gu, ' ').slice(0, 100)} [${ourMark(path)}] (TrueType)`;
}

/** Loads fonts into the running session, so that an After Effects that is started now sees them. */
export async function loadFonts(paths: readonly string[], system: UserFontSystem): Promise<void> {
  await runScript(
    paths,
    '$failed = @($paths | Where-Object { $gdi::AddFontResourceW($_) -eq 0 });',
    'if ($failed) { [Console]::Error.WriteLine("Windows does not load " + ($failed -join ", ")); exit 1 }',
    system,
  );
}

export async function unloadFonts(paths: readonly string[], system: UserFontSystem): Promise<void> {
  await runScript(paths, '$paths | ForEach-Object { [void]$gdi::RemoveFontResourceW($_) };', '', system);
}

/** Posted, not sent: a window that hangs would hold a message that waits for its answer. */
const TELL_PROGRAMS = '[void]$gdi::PostMessageW([IntPtr]0xffff, 0x1d, [IntPtr]::Zero, [IntPtr]::Zero);';

const DECLARATIONS = [
  '[DllImport("gdi32.dll", CharSet = CharSet.Unicode)] public static extern int AddFontResourceW(string path);',
  '[DllImport("gdi32.dll", CharSet = CharSet.Unicode)] public static extern bool RemoveFontResourceW(string path);',
  '[DllImport("user32.dll")] public static extern bool PostMessageW(IntPtr w, uint m, IntPtr a, IntPtr b);',
].join(' ');

async function runScript(paths: readonly string[], work: string, check: string, system: UserFontSystem): Promise<void> {
  const script = [
    '$ErrorActionPreference = "Stop";',
    `$gdi = Add-Type -PassThru -Namespace AerenderBatch -Name Fonts -MemberDefinition ${literal(DECLARATIONS)};`,
    `$paths = @(${paths.map(literal).join(', ')});`,
    work,
    TELL_PROGRAMS,
    check,
  ].join(' ');
  await system.run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script.trim()]);
}

/** PowerShell takes the typographic quotes for quotes, too. Source: CodeGeneration.EscapeSingleQuotedStringContent. */
function literal(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
