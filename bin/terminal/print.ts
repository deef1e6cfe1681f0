import { stripVTControlCharacters, styleText } from 'node:util';
import stringWidth from 'string-width';
import { showsColors } from './escapes.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours a text if the stream shows colours. */
export function style(format: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return showsColors(stream) ? styleText(format, text, { validateStream: false }) : text;
}

/** A text from a file or a log on one line, without anything that a terminal would obey. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function printError(line: string): void {
  process.stderr.write(`${style('red', 'error', process.stderr)} ${line}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints rows in columns, each as wide as its widest cell on the screen: a Chinese letter takes two places. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
  for (const row of rows)
    print(
      row
        .map((cell, column) => padEnd(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** Fills a text with spaces up to a width on the screen. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Seconds as a person reads them: `8 s`, `2 min 5 s`, `1 h 3 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A time of an answer (ISO 8601, UTC) as the clock on the wall shows it: `2026-01-31 14:05:09`. */
export function localTime(iso: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Date(iso).toLocaleString('sv-SE');
}
