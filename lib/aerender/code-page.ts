import { execa } from 'execa';
import { windowsProgram } from '../processes/powershell.ts';
import { isWindowsProgramOnLinux } from './arguments.ts';

/** Labels of the Encoding Standard by the numbers of Windows' code pages; the single-byte ones follow a rule. */
const LABELS: Readonly<Record<string, string>> = {
  '874': 'windows-874',
  '932': 'shift_jis',
  '936': 'gb18030',
  '949': 'euc-kr',
  '950': 'big5',
  '54936': 'gb18030',
  '65001': 'utf-8',
};

/** The encoding of a code page; that of western Europe if we do not know it. */
export function encodingOfCodePage(codePage: string): string {
  return LABELS[codePage] ?? (/^125\d$/.test(codePage) ? `windows-${codePage}` : 'windows-1252');
}

const REGISTRY_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
const TIMEOUT_MS = 10_000;

let systemEncoding: Promise<string> | undefined;

/**
 * The encoding in which a renderer writes lines that are not UTF-8: the system's own code page (ACP) on Windows, for
 * programs without Unicode. It is read once; it changes only with a restart of Windows.
 */
export async function logEncoding(renderer: string): Promise<string> {
  // Under WSL the same program of Windows answers.
  const reg =
    process.platform === 'win32'
      ? windowsProgram('reg.exe')
      : isWindowsProgramOnLinux(renderer)
        ? '/mnt/c/Windows/System32/reg.exe'
        : null;
  if (reg === null) return 'utf-8';
  systemEncoding ??= readCodePage(reg).then(encodingOfCodePage);
  return await systemEncoding;
}

async function readCodePage(reg: string): Promise<string> {
  const args = ['query', REGISTRY_KEY, '/v', 'ACP'];
  const { stdout } = await execa(reg, args, { reject: false, windowsHide: true, stdin: 'ignore', timeout: TIMEOUT_MS });
  // `    ACP    REG_SZ    936`. Without an answer the lines are read as those of western Europe.
  return /\bACP\s+REG_SZ\s+(\d+)/.exec(stdout ?? '')?.[1] ?? '';
}
