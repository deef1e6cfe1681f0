/** What a property takes, as far as that is known before the render. */
export type ValueKind =
  | { kind: 'text' }
  | { kind: 'number'; least?: number; most?: number }
  /** Red, green, blue and perhaps alpha. */
  | { kind: 'color' }
  /** Across, down and perhaps deep. */
  | { kind: 'numbers'; least: number; most: number }
  | { kind: 'checkbox' }
  /** The number of an entry, from 1. */
  | { kind: 'menu'; options: number };

const PERCENT: ValueKind = { kind: 'number', least: 0, most: 100 };
const NUMBER: ValueKind = { kind: 'number' };
const LENGTH: ValueKind = { kind: 'number', least: 0 };
const COLOR: ValueKind = { kind: 'color' };
const TWO: ValueKind = { kind: 'numbers', least: 2, most: 2 };
const TWO_OR_THREE: ValueKind = { kind: 'numbers', least: 2, most: 3 };

/** Properties that After Effects has of its own. Source: its scripting guide, "Property" and the list of match names. */
const STANDARD: Readonly<Record<string, ValueKind>> = {
  'ADBE Text Document': { kind: 'text' },
  'ADBE Anchor Point': TWO_OR_THREE,
  'ADBE Position': TWO_OR_THREE,
  'ADBE Position_0': NUMBER,
  'ADBE Position_1': NUMBER,
  'ADBE Position_2': NUMBER,
  'ADBE Scale': TWO_OR_THREE,
  'ADBE Orientation': { kind: 'numbers', least: 3, most: 3 },
  'ADBE Rotate X': NUMBER,
  'ADBE Rotate Y': NUMBER,
  'ADBE Rotate Z': NUMBER,
  'ADBE Opacity': PERCENT,
  'ADBE Time Remapping': NUMBER,
  'ADBE Mask Opacity': PERCENT,
  'ADBE Mask Offset': NUMBER,
  'ADBE Mask Feather': TWO,
  'ADBE Audio Levels': TWO,
  'ADBE Vector Fill Color': COLOR,
  'ADBE Vector Stroke Color': COLOR,
  'ADBE Vector Fill Opacity': PERCENT,
  'ADBE Vector Stroke Opacity': PERCENT,
  'ADBE Vector Group Opacity': PERCENT,
  'ADBE Vector Stroke Width': LENGTH,
  'ADBE Vector Rect Size': TWO,
  'ADBE Vector Rect Position': TWO,
  'ADBE Vector Rect Roundness': LENGTH,
  'ADBE Vector Ellipse Size': TWO,
  'ADBE Vector Ellipse Position': TWO,
  'ADBE Vector Anchor': TWO,
  'ADBE Vector Position': TWO,
  'ADBE Vector Scale': TWO,
  'ADBE Vector Rotation': NUMBER,
  'ADBE Vector Trim Start': PERCENT,
  'ADBE Vector Trim End': PERCENT,
  'ADBE Vector Trim Offset': NUMBER,
};

export function standardValueKind(matchName: string): ValueKind | null {
  return STANDARD[matchName] ?? null;
}

/** Why a property cannot take a value, in words that end a message; null if it can. */
export function valueFault(takes: ValueKind, value: unknown): string | null {
  return fits(takes, value) ? null : `takes ${formOf(takes)}`;
}

function fits(takes: ValueKind, value: unknown): boolean {
  switch (takes.kind) {
    case 'text':
      return !Array.isArray(value);
    case 'number':
      return typeof value === 'number' && value >= (takes.least ?? -Infinity) && value <= (takes.most ?? Infinity);
    case 'color':
      return isList(value, 3, 4) && value.every((part) => part >= 0 && part <= 1);
    case 'numbers':
      return isList(value, takes.least, takes.most);
    case 'checkbox':
      return typeof value === 'boolean' || value === 0 || value === 1;
    case 'menu':
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= takes.options;
  }
}

function isList(value: unknown, least: number, most: number): value is number[] {
  return (
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    value.every((part) => typeof part === 'number')
  );
}

function formOf(takes: ValueKind): string {
  switch (takes.kind) {
    case 'text':
      return 'a text';
    case 'number':
      if (takes.least === undefined) return 'a number';
      return takes.most === undefined
        ? `a number of at least ${takes.least}`
        : `a number from ${takes.least} to ${takes.most}`;
    case 'color':
      return '[r, g, b] or [r, g, b, a], each from 0 to 1';
    case 'numbers':
      return takes.least === takes.most
        ? `an array of ${takes.least} numbers`
        : `an array of ${takes.least} or ${takes.most} numbers`;
    case 'checkbox':
      return 'true or false';
    case 'menu':
      return `the number of an entry, from 1 to ${takes.options}`;
  }
}
