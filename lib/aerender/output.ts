import { LineReader } from './lines.ts';

/**
 * The grammar of what aerender prints, from real logs (issues of inlife/nexrender and others) and Adobe's help pages.
 * Words are translated in localised copies, so the numbers are found by their form and place, not by their label.
 */

/** What one line says. `text` is everything that is not known: a graphics driver's notes, a plug-in's chatter. */
export type OutputRecord =
  | { type: 'version'; version: string }
  | { type: 'launching' }
  | { type: 'launched' }
  | { type: 'started'; composition: string }
  | { type: 'finished'; composition: string }
  /** A line of the head that a render begins with: `Frame Rate: 25.00 (comp)`. */
  | { type: 'setting'; name: string; value: string }
  /** `ordinal` counts from 1; `seconds` is what the frame took. */
  | { type: 'frame'; ordinal: number; timecode: string; seconds: number | null }
  | { type: 'elapsed'; seconds: number }
  | { type: 'warning'; message: string }
  | { type: 'missingFont'; family: string; style: string }
  | { type: 'error'; message: string }
  /** A fault that our own script reports, as JSON inside an error line. */
  | { type: 'scriptFault'; code: string; message: string }
  | { type: 'info'; message: string }
  | { type: 'text'; text: string };

/** Reads one stream of aerender: bytes in, records out, each line also as text for the log. */
export class AerenderOutput {
  readonly #lines: LineReader;

  constructor(onRecord: (record: OutputRecord, line: string) => void, platform?: NodeJS.Platform) {
    this.#lines = new LineReader((line) => onRecord(parseLine(line), line), platform);
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): void {
    this.#lines.end();
  }
}

type Rule = [pattern: RegExp, read: (match: RegExpExecArray) => OutputRecord | null];

/** Of text before a value that is matched lazily: an endless line must not cost quadratic time. */
const RULES: Rule[] = [
  [/aerender-batch: (\{.*\})/, ([, json]) => readScriptFault(json ?? '')],
  [
    /Font family: ([^,]*), Font style: (.*)$/,
    ([, family = '', style = '']) => ({ type: 'missingFont', family: family.trim(), style: style.trim() }),
  ],
  [/^aerender version (\S+)/, ([, version = '']) => ({ type: 'version', version })],
  [/^WARNING:\s*(.*)$/, ([, message = '']) => ({ type: 'warning', message })],
  // It is printed as information, and means that nothing was rendered.
  [/^INFO:\s*(Render aborted.*)$/i, ([, message = '']) => ({ type: 'error', message })],
  [/^INFO:\s*(.*)$/, ([, message = '']) => ({ type: 'info', message })],
  [
    /^(?:aerender\s+)?((?:[A-Z]\w*)?Error|ERROR|SYNTAX ERROR|USAGE|After Effects error|Fehler|FEHLER|Erreur|ERREUR|Errore|エラー|错误|오류)\s*[:：]\s*(.*)$/,
    ([, kind = '', message = '']) => ({ type: 'error', message: errorText(kind, message) }),
  ],
  [/^PROGRESS:\s*Launching After Effects/, () => ({ type: 'launching' })],
  [/^PROGRESS:[\s.]*After Effects successfully launched/, () => ({ type: 'launched' })],
  [
    /^(?:PROGRESS:)?\s*(\d[\d:;+]*)\s+\((\d{1,9})[A-Z]?\)\s*:\s*(.*)$/,
    ([, timecode = '', ordinal, took = '']) => ({
      type: 'frame',
      ordinal: Number(ordinal),
      timecode,
      seconds: readDuration(took),
    }),
  ],
  [/Total Time Elapsed:\s*(.*)$/, ([, time = '']) => elapsed(time)],
  [
    /: (Starting|Finished) composition (.*)$/,
    ([, verb, name = '']) => ({ type: verb === 'Starting' ? 'started' : 'finished', composition: unquote(name) }),
  ],
  [
    /^PROGRESS:\s{1,4}([^:]{1,60}):\s+(.*)$/,
    ([, name = '', value = '']) => ({ type: 'setting', name: name.trim(), value: value.trim() }),
  ],
];

/** Says what a line means. Never throws, whatever the line holds. */
export function parseLine(line: string): OutputRecord {
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(line);
    const record = match === null ? null : read(match);
    if (record !== null) return record;
  }
  return { type: 'text', text: line };
}

/** `aerender ReferenceError: …` tells more with its kind; `ERROR:` does not. */
function errorText(kind: string, message: string): string {
  return /^(Error|ERROR|Fehler|FEHLER|Erreur|ERREUR|Errore|エラー|错误|오류)$/.test(kind)
    ? message
    : `${kind}: ${message}`;
}

function unquote(name: string): string {
  return name
    .trim()
    .replace(/\.$/, '')
    .replace(/^["“„«](.*)["”“»]$/, '$1');
}

function elapsed(text: string): OutputRecord | null {
  const seconds = readDuration(text);
  return seconds === null ? null : { type: 'elapsed', seconds };
}

const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1 };

/** `17 Seconds`, `1 Min, 28 Sec`, `2 Hr, 3 Min, 4 Sec`. */
function readDuration(text: string): number | null {
  const parts = [...text.slice(0, 200).matchAll(/(\d+(?:[.,]\d+)?)\s*(h|m|s)/gi)];
  if (parts.length === 0) return null;
  return parts.reduce(
    (sum, [, number = '0', unit = 's']) => sum + Number(number.replace(',', '.')) * (UNITS[unit.toLowerCase()] ?? 1),
    0,
  );
}

function readScriptFault(json: string): OutputRecord | null {
  try {
    const fault: unknown = JSON.parse(json);
    if (typeof fault !== 'object' || fault === null || !('code' in fault) || !('message' in fault)) return null;
    return { type: 'scriptFault', code: String(fault.code), message: String(fault.message) };
  } catch {
    // Cut short, or somebody else's words: the line is read as any other.
    return null;
  }
}

/**
 * Counts the frames of a duration as After Effects displays it, by the project's style: `H:MM:SS:FF`, drop-frame with
 * `;`, feet and frames (`0000+00`, 16 frames a foot), or a bare number of frames. Null where it is none of these.
 */
export function framesOfTimecode(timecode: string, frameRate: number | null): number | null {
  if (/^\d+$/.test(timecode)) return Number(timecode);
  const feet = /^(\d+)\+(\d{1,2})$/.exec(timecode);
  if (feet !== null) return Number(feet[1]) * 16 + Number(feet[2]);
  const parts = /^(\d+)[:;](\d{2})[:;](\d{2})[:;](\d{2,3})$/.exec(timecode);
  if (parts === null || frameRate === null) return null;
  const [hours, minutes, seconds, frames] = parts.slice(1).map(Number) as [number, number, number, number];
  const perSecond = Math.round(frameRate);
  const totalMinutes = hours * 60 + minutes;
  const counted = (totalMinutes * 60 + seconds) * perSecond + frames;
  return timecode.includes(';') ? counted - dropped(totalMinutes, perSecond) : counted;
}

/** Drop-frame timecode leaves out the first numbers of every minute but each tenth: two of 30, four of 60. */
function dropped(totalMinutes: number, perSecond: number): number {
  return Math.round(perSecond / 15) * (totalMinutes - Math.floor(totalMinutes / 10));
}
