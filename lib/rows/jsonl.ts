/** A value of a sheet: a CSV file has texts alone; a JSONL file may have numbers, switches and lists as well. */
export type Cell = string | number | boolean | readonly unknown[];

/** A text is no JSONL. The message is a reason that begins with the line, to be put after the file's name. */
export class JsonlFault extends Error {
  override name = 'JsonlFault';
}

/** Reads one object a line; empty lines are passed over. A key without a value (null) is as one that is not there. */
export function parseJsonl(text: string): { line: number; cells: Map<string, Cell> }[] {
  return text.split(/\r\n|\r|\n/).flatMap((source, at) => {
    if (source.trim() === '') return [];
    const line = at + 1;
    return [{ line, cells: cellsOf(objectOf(source, line), line) }];
  });
}

function objectOf(source: string, line: number): object {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    throw new JsonlFault(`line ${line}: is not JSON; every line holds one whole object`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new JsonlFault(`line ${line}: holds no object; a row is { "name": "Ada", "photo": "ada.jpg" }`);
}

function cellsOf(row: object, line: number): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [key, value] of Object.entries(row) as [string, unknown][]) {
    if (value === null) continue;
    if (!isCell(value))
      throw new JsonlFault(`line ${line}: '${key}' holds an object; a cell is a text, a number or a list`);
    cells.set(key, value);
  }
  return cells;
}

function isCell(value: unknown): value is Cell {
  return typeof value !== 'object' || Array.isArray(value);
}
