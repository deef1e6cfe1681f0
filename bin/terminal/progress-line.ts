import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';
import { padEnd } from './print.ts';

const MAX_BAR = 32;
const MIN_BAR = 8;
const PERCENT_WIDTH = 4;

export interface ProgressLine {
  label: string;
  /** 0-1; null if it is not known. */
  share: number | null;
  /** What stands after the bar, the fullest form first: a narrow terminal shows a shorter one, or none. */
  notes: readonly string[];
}

/** Draws lines of progress with their bars under each other, none wider than the terminal. */
export function drawProgress(lines: readonly ProgressLine[], columns: number): string[] {
  const labelWidth = Math.min(
    Math.max(0, ...lines.map(({ label }) => stringWidth(label))),
    Math.max(6, Math.floor(columns / 3)),
  );
  const rest = columns - labelWidth - PERCENT_WIDTH - 2;
  // Bars of one length can be compared, so the line with the widest note decides for all.
  const noteOf = ({ notes }: ProgressLine) => notes.find((note) => rest - stringWidth(note) - 1 >= MIN_BAR) ?? '';
  const widest = Math.max(0, ...lines.map((line) => stringWidth(noteOf(line))));
  const barWidth = Math.min(MAX_BAR, widest === 0 ? rest : rest - widest - 1);
  return lines.map((line) =>
    [cut(line.label, labelWidth), bar(line.share, barWidth), percent(line.share), noteOf(line)]
      .filter((part) => part !== '')
      .join(' '),
  );
}

/** A text of exactly this width on the screen. */
function cut(text: string, width: number): string {
  return padEnd(stringWidth(text) <= width ? text : `${sliceAnsi(text, 0, width - 1)}…`, width);
}

function bar(share: number | null, width: number): string {
  if (width <= 0) return '';
  const full = Math.floor((share ?? 0) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function percent(share: number | null): string {
  return (share === null ? '? ' : `${Math.floor(share * 100)}%`).padStart(PERCENT_WIDTH);
}
