import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { windowsProgram } from '../processes/powershell.ts';
import { isWindowsProgramOnLinux } from './arguments.ts';

/** A line longer than this is cut: no record of aerender is, and 10 MB without a newline must not stay in memory. */
const LINE_LIMIT = 64 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Turns the bytes of a process into lines: a read may end in the middle of a line or of a character. Removes escape
 * codes and control characters, and drops empty lines.
 */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #fallback: InstanceType<typeof TextDecoder>;
  #parts: Uint8Array[] = [];
  #length = 0;
  #cut = false;

  /** `encoding` is that of lines that are not UTF-8: a label of the Encoding Standard, `gbk`. */
  constructor(onLine: (line: string) => void, encoding = 'utf-8') {
    this.#onLine = onLine;
    this.#fallback = new TextDecoder(encoding);
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] !== NEWLINE && chunk[at] !== RETURN) continue;
      this.#keep(chunk.subarray(start, at));
      this.#endLine();
      start = at + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** Call it when the process has ended: the rest is a line as well. */
  end(): void {
    this.#endLine();
  }

  #keep(bytes: Uint8Array): void {
    const room = LINE_LIMIT - this.#length;
    if (bytes.length > room) this.#cut = true;
    if (bytes.length === 0 || room <= 0) return;
    // A copy: the stream may use the memory of its chunk again.
    this.#parts.push(bytes.slice(0, room));
    this.#length += Math.min(bytes.length, room);
  }

  #endLine(): void {
    if (this.#length === 0) return;
    const text = clean(this.#decode(Buffer.concat(this.#parts)));
    const line = this.#cut ? `${text}…` : text;
    this.#parts = [];
    this.#length = 0;
    this.#cut = false;
    if (line.trim() !== '') this.#onLine(line);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return strictUtf8.decode(bytes);
    } catch {
      // Not UTF-8: on Windows After Effects writes in the code page of the system.
      return this.#fallback.decode(bytes);
    }
  }
}

/** Nothing raw may reach a terminal from a log. A tab is kept: After Effects uses it in messages. */
function clean(line: string): string {
  return stripVTControlCharacters(line).replaceAll(/(?!\t)\p{Cc}/gu, '');
}

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
