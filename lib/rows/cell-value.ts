/** What a cell says to a property: spreadsheets write numbers, switches and colours as their country does. */
import type { ValueKind } from '../template/value-kind.ts';
import type { Cell } from './jsonl.ts';

/** What a property gets; or why the cell is no value for it, in words that follow its place in the sheet. */
type CellValue = { value: string | number | boolean | (number | number[])[] } | { fault: string };

/** How the sheet writes numbers: a country that writes 3,5 parts its cells with a semicolon. */
export interface NumberStyle {
  decimalComma: boolean;
}

/** The value of a cell that is not empty. `takes` is null if the template does not say what the property takes. */
export function cellValue(cell: Cell, takes: ValueKind | null, style: NumberStyle): CellValue {
  if (typeof cell !== 'string') return { value: cell as Exclude<Cell, string | readonly unknown[]> };
  if (takes === null) return guessed(cell, style);
  const text = cell.trim();
  switch (takes.kind) {
    case 'text':
      return { value: cell };
    case 'number':
      return numberOf(text, style, { percent: takes.least === 0 && takes.most === 100 });
    case 'menu':
      return numberOf(text, style);
    case 'color':
      return colorOf(text, style);
    case 'numbers':
      return numbersOf(text, style);
    case 'checkbox': {
      const flag = flagOf(text);
      return flag === null ? { fault: `${quoted(text)} is neither yes nor no` } : { value: flag };
    }
  }
}

/** By its looks: a list in brackets, a colour, a number as JSON writes it; else a text. */
function guessed(cell: string, style: NumberStyle): CellValue {
  const text = cell.trim();
  if (text.startsWith('[')) {
    const list = listOf(text);
    return list === null ? { value: cell } : { value: list };
  }
  if (HEXADECIMAL.test(text)) return colorOf(text, style);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? { value: Number(text) } : { value: cell };
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Spaces of every width and the Swiss apostrophe part thousands; the minus may be a typographic one. */
const SPACES = /[\s\u00a0\u2007\u2009\u202f'’]/g;

/**
 * A number as people write it. `1,234` is a thousand to one and a bit more than one to another: unless the sheet shows
 * who wrote it, that is a fault.
 */
export function numberOf(cell: string, { decimalComma }: NumberStyle, { percent = false } = {}): NumberOrFault {
  const unit = percent ? cell.replace(/\s*%$/, '') : cell;
  const text = unit.replaceAll(SPACES, '').replace(/^\u2212/, '-');
  const fault = { fault: `${quoted(cell)} is no number` };
  if (text === '') return fault;
  const grouped = /^[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$/.exec(text);
  if (grouped !== null) {
    const mark = grouped[1] ?? '';
    const isRepeated = text.indexOf(mark) !== text.lastIndexOf(mark);
    if (isRepeated) return { value: Number(text.replaceAll(mark, '')) };
    if (mark === ',' && decimalComma) return { value: Number(text.replace(',', '.')) };
    if (mark === '.' && !decimalComma) return { value: Number(text) };
    const [whole, fraction] = [text.replace(mark, ''), text.replace(mark, decimalComma ? ',' : '.')];
    return { fault: `${quoted(cell)} may be ${whole} or ${fraction}; write the one that is meant` };
  }
  if (PLAIN_NUMBER.test(text)) return { value: Number(text) };
  const german = /^([+-]?)(\d{1,3}(?:\.\d{3})+|\d*),(\d+)$/.exec(text);
  if (german !== null) return { value: Number(`${german[1]}${german[2]?.replaceAll('.', '') || '0'}.${german[3]}`) };
  const english = /^([+-]?)(\d{1,3}(?:,\d{3})+)\.(\d+)$/.exec(text);
  if (english !== null) return { value: Number(`${english[1]}${english[2]?.replaceAll(',', '')}.${english[3]}`) };
  return fault;
}

type NumberOrFault = { value: number } | { fault: string };

const HEXADECIMAL = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;

/** `#f50`, `#ff5500`, `rgb(255, 85, 0)`, or parts from 0 to 1 as `[1, 0.33, 0]`. */
function colorOf(text: string, style: NumberStyle): CellValue {
  if (HEXADECIMAL.test(text)) {
    const digits = text.slice(1);
    const parts = digits.length <= 4 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
    return { value: parts.map((part) => Number.parseInt(part, 16) / 255) };
  }
  const rgb = /^rgba?\(([^)]*)\)$/i
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (rgb !== undefined) {
    const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = rgb.slice(0, 3).map((part) => Number(part) / 255);
    const parts = [red, green, blue, ...rgb.slice(3).map(Number)];
    if (parts.every((part) => part >= 0 && part <= 1)) return { value: parts };
  } else if (text.startsWith('[')) {
    return numbersOf(text, style);
  }
  return { fault: `${quoted(text)} is no colour; write it as #ff5500` };
}

/** `[960, 540]`, `960, 540`, `960 540`, `960,5; 540`. */
function numbersOf(text: string, style: NumberStyle): CellValue {
  if (text.startsWith('[')) {
    const list = listOf(text);
    return list === null ? { fault: `${quoted(text)} is no list of numbers, such as [960, 540]` } : { value: list };
  }
  const mark = text.includes(';') ? ';' : /\d[,\s]*\s+[-\d]/.test(text) ? /,?\s+/ : ',';
  const parts = text.split(mark).map((part) => numberOf(part.trim(), style));
  const values: number[] = [];
  for (const part of parts) {
    if ('fault' in part) return { fault: `${quoted(text)} is no list of numbers, such as 960, 540` };
    values.push(part.value);
  }
  return { value: values };
}

function listOf(text: string): (number | number[])[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

/** As spreadsheets of several languages write a switch, and people who fill them in. */
const YES = new Set([
  'true',
  'yes',
  'y',
  'on',
  '1',
  'x',
  '✓',
  '✔',
  'wahr',
  'ja',
  'vrai',
  'oui',
  'verdadero',
  'sí',
  'si',
  'vero',
  'sì',
  'waar',
]);
const NO = new Set([
  'false',
  'no',
  'n',
  'off',
  '0',
  '-',
  '–',
  '✗',
  '✘',
  'falsch',
  'nein',
  'faux',
  'non',
  'falso',
  'onwaar',
  'nee',
]);

/** Null if it is neither; an empty cell is not asked about. */
export function flagOf(cell: Cell): boolean | null {
  if (typeof cell === 'boolean') return cell;
  const word = String(cell).trim().toLowerCase().normalize('NFC');
  if (YES.has(word)) return true;
  return NO.has(word) ? false : null;
}

/** What spreadsheets write in place of a value that they could not compute, or that did not fit into its column. */
const FORMULA_ERROR =
  /^(#(REF!|DIV\/0!|N\/A|N\/D|NV|NAME\?|NULL!|NUM!|VALUE!|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|ERROR!|BEZUG!|WERT!|ZAHL!|ÜBERLAUF!|KALK!|VALEUR!|NOM\?|NOMBRE!|NUL!|RIF!|VALORE!|NOME\?|¡REF!|¡VALOR!|¡NUM!|¡DIV\/0!|¿NOMBRE\?|#+)|Err:\d{3})$/u;

/** Whether the cell of a CSV file holds an error of a formula in place of its value. */
export function isFormulaError(cell: Cell): boolean {
  return typeof cell === 'string' && FORMULA_ERROR.test(cell.trim());
}

function quoted(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`;
}
