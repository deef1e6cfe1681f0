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
  /** Looks like an error, on stderr and without After Effects' name: most often the chatter of a library. */
  | { type: 'doubtfulError'; message: string }
  /** A fault that our own script reports, as JSON inside an error line. */
  | { type: 'scriptFault'; code: string; message: string }
  | { type: 'info'; message: string }
  | { type: 'text'; text: string };

export interface OutputSource {
  stream: 'stdout' | 'stderr';
  /** The encoding of lines that are not UTF-8: a label of the Encoding Standard. */
  encoding?: string;
  /** What our script writes into its faults; `null` if the job has no script. */
  scriptNonce: string | null;
}

/** Reads one stream of aerender: bytes in, records out, each line also as text for the log. */
export class AerenderOutput {
  readonly #lines: LineReader;

  constructor(source: OutputSource, onRecord: (record: OutputRecord, line: string) => void) {
    this.#lines = new LineReader((line) => onRecord(parseLine(line, source), line), source.encoding);
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): void {
    this.#lines.end();
  }
}

/** The languages that After Effects comes in: English, German, French, Italian, Spanish, Portuguese, Russian, Japanese, Korean, Chinese. */
const ERROR_WORD = /errore|erreur|error|erro\b|fehler|ошибка|エラー|오류|错误|錯誤/i;
const WARNING_WORD =
  /warning|warnung|achtung|avertissement|attention|avvertenza|avviso|attenzione|advertencia|atención|advertência|aviso|atenção|предупреждение|внимание|警告|注意|경고|주의/i;

const SPAN = String.raw`[-−]?\d+(?:[:;]\d{2}){2}[:;]\d{2,3}|[-−]?\d+\+\d{2}|[-−]?\d+`;
const RATE = String.raw`\d+(?:[.,]\d+)?\s*[(（].*[)）]`;

type Rule = [pattern: RegExp, read: (match: RegExpExecArray, source: OutputSource) => OutputRecord | null];

/**
 * The first rule that reads a line counts. No pattern starts with an unbounded lazy match: on a line of 64 KiB it would
 * take quadratic time.
 */
const RULES: Rule[] = [
  [
    /aerender-batch ([\w-]{1,64}): (\{.*\})/,
    ([, nonce, json = ''], { scriptNonce }) =>
      // Other scripts and plug-ins print to the same stream; only ours knows the nonce.
      nonce === scriptNonce ? readScriptFault(json) : null,
  ],
  [
    /Font family: ([^,]*), Font style: (.*)$/,
    ([, family = '', style = '']) => ({ type: 'missingFont', family: family.trim(), style: style.trim() }),
  ],
  [/^aerender version (\S+)/, ([, version = '']) => ({ type: 'version', version })],
  // It is printed as information, and means that nothing was rendered.
  [/^INFO:\s*(Render aborted.*)$/i, ([, message = '']) => ({ type: 'error', message })],
  [/^INFO:\s*(.*)$/, ([, message = '']) => ({ type: 'info', message })],
  // It is printed as a warning, and means frames without a picture.
  [
    /\b(timeSpanStart|timeSpanDuration)\b(.{0,200}\bdisplayStartTime\b.*)$/,
    ([, what = '', rest = '']) => (isOutsideOfRange(what, rest) ? { type: 'error', message: what + rest } : null),
  ],
  [
    /^([^\s:：]{1,20})\s?[:：]\s*(.*)$/,
    ([, kind = '', message = '']) => (isWhole(WARNING_WORD, kind) ? { type: 'warning', message } : null),
  ],
  // `aerender ERROR: …`, `aerender ReferenceError: …`, `aerender ERROR -1701: …`.
  [
    /^aerender\s+([^\d\s:：][^:：]{0,60}?)(?:\s+\(?(-?\d{1,6})\)?)?\s*[:：]\s*(.*)$/,
    ([line, kind = '', number, message = '']) => {
      if (says(WARNING_WORD, kind)) return { type: 'warning', message };
      if (number === undefined && !says(ERROR_WORD, kind)) return null;
      return { type: 'error', message: number === undefined ? errorText(kind, message) : line };
    },
  ],
  // `After Effects error: …`, `Error: After Effects error: …`, `Erreur After Effects : …`.
  [
    /^([^:：]{0,30}(?:[:：]\s*)?After Effects[^:：]{0,30})[:：]\s*(.*)$/,
    ([, kind = '', message = '']) => {
      if (says(ERROR_WORD, kind)) return { type: 'error', message: `${kind.trim()}: ${message}` };
      return says(WARNING_WORD, kind) ? { type: 'warning', message } : null;
    },
  ],
  [/^(SYNTAX ERROR|USAGE)\s*:\s*(.*)$/, ([, kind, message]) => ({ type: 'error', message: `${kind}: ${message}` })],
  [
    /^([^\s:：]{1,40})(?:\s+\(?(-?\d{1,6})\)?)?\s?[:：]\s*(.*)$/,
    ([line, kind = '', number, message = ''], { stream }) => {
      if (!isErrorKind(kind)) return null;
      const text = number === undefined ? errorText(kind, message) : line;
      return { type: stream === 'stdout' ? 'error' : 'doubtfulError', message: text };
    },
  ],
  [/^PROGRESS:\s*Launching (?:After Effects|the bundled renderer)/, () => ({ type: 'launching' })],
  [/^PROGRESS:[\s.]*(?:After Effects|the bundled renderer) successfully launched/, () => ({ type: 'launched' })],
  [
    /^(?:[^\s\d:：]{1,20}\s?[:：])?\s*([-−]?\d[\d:;+]*)\s*[(（](\d{1,9})[A-Z]?[)）]\s*[:：]\s*(.*)$/,
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
  [/^PROGRESS:\s{1,4}([^:：]{1,60})[:：]\s*(.*)$/, ([, name = '', value = '']) => setting(name, value)],
  // After Effects' own log file has no `PROGRESS:`, so only a value of the right form counts.
  [
    new RegExp(String.raw`^\s{0,8}([^\d\s:：][^:：]{0,59})[:：]\s*(${SPAN}|${RATE})\s*$`),
    ([, name = '', value = '']) => setting(name, value),
  ],
];

/** Says what a line means. Never throws, whatever the line holds. */
export function parseLine(line: string, source: OutputSource = { stream: 'stdout', scriptNonce: null }): OutputRecord {
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(line);
    const record = match === null ? null : read(match, source);
    if (record !== null) return record;
  }
  return { type: 'text', text: line };
}

/**
 * `timeSpanStart of -4 seconds … range defined by comp displayStartTime (4) and end of comp duration (14). …`. Adobe's
 * script sets the start first, and for a moment the old duration reaches beyond the end: a start inside of the range is
 * no fault. Source: inlife/nexrender #342, Adobe's commandLineRenderer.
 */
function isOutsideOfRange(what: string, rest: string): boolean {
  const numbers = rest.match(/[-−]?\d+(?:[.,]\d+)?/g)?.map((text) => Number(text.replace('−', '-').replace(',', '.')));
  const [start, first, end] = numbers ?? [];
  if (what === 'timeSpanDuration' || start === undefined || first === undefined || end === undefined) return true;
  return start < first || start >= end;
}

function setting(name: string, value: string): OutputRecord {
  return { type: 'setting', name: name.trim(), value: value.trim() };
}

/** `ERROR`, `Fehler`, and JavaScript's own kinds: `ReferenceError`. In lower case it is a word of somebody else. */
function isErrorKind(kind: string): boolean {
  return (
    /^[A-Z]\w*Error$/.test(kind) ||
    (isWhole(ERROR_WORD, kind) && kind !== kind.toLocaleLowerCase('en')) ||
    /^(エラー|오류|错误|錯誤)$/.test(kind)
  );
}

function says(word: RegExp, text: string): boolean {
  return word.test(text.normalize('NFC'));
}

function isWhole(word: RegExp, text: string): boolean {
  const composed = text.normalize('NFC');
  return word.exec(composed)?.[0] === composed;
}

/** `ReferenceError: …` says more with its kind; `ERROR:` does not. */
function errorText(kind: string, message: string): string {
  return isWhole(ERROR_WORD, kind) ? message : `${kind}: ${message}`;
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
 * The number of frames of a time as After Effects displays it, by the project's style: `H:MM:SS:FF`, drop-frame with `;`,
 * feet and frames (`0000+00`, 16 frames a foot), or a bare number of frames; each may be negative. Null if it is none
 * of these.
 */
export function framesOfTimecode(timecode: string, frameRate: number | null): number | null {
  if (/^[-−]/.test(timecode)) {
    const frames = framesOfTimecode(timecode.slice(1), frameRate);
    return frames === null ? null : -frames;
  }
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
