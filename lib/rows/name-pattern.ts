import { suggestNames } from '../contract/faults.ts';

/** The name of an output as a pattern of what a row holds: `{row}-{name}`. */
export interface NamePattern {
  /** The headers that it names. */
  columns: readonly string[];
  /** The name for a row, as it is written, before it is made safe. */
  nameFor(row: number, textOf: (column: string) => string): string;
}

/** What stands for the number of the row; a column of this name goes before it. */
const ROW = 'row';

/** Reads a pattern; `{{` and `}}` are braces. Throws an `Error` with a reason, to be put after the pattern. */
export function parseNamePattern(pattern: string, headers: readonly string[]): NamePattern {
  const parts = pattern.split(/(\{\{|\}\}|\{[^{}]*\})/).filter((part) => part !== '');
  const columns: string[] = [];
  const makers = parts.map((part): NamePattern['nameFor'] => {
    if (part === '{{' || part === '}}') return () => part.slice(1);
    const name = /^\{(.*)\}$/s.exec(part)?.[1]?.trim();
    if (name === undefined) {
      if (/[{}]/.test(part)) throw new Error('has a brace without its pair; write {{ for a brace');
      return () => part;
    }
    if (headers.includes(name)) {
      columns.push(name);
      return (_, textOf) => textOf(name);
    }
    if (name === ROW) return (row) => String(row);
    throw new Error(`names '${name}', which is no column; ${suggestNames(name, [ROW, ...headers])}`);
  });
  return { columns, nameFor: (row, textOf) => makers.map((make) => make(row, textOf)).join('') };
}
