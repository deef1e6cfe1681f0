import { type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';

/** What a person should do at the place of a fault. */
const ADVICE: Record<string, string> = {
  InvalidSymbol: 'this is no JSON value; texts stand in double quotes',
  InvalidNumberFormat: 'this number is not written as JSON writes it',
  PropertyNameExpected: 'a name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  EndOfFileExpected: 'nothing may follow after the end of the value',
  InvalidCommentToken: 'a comment begins with // or /*',
  UnexpectedEndOfComment: 'the comment has no end',
  UnexpectedEndOfString: 'the text has no closing quote on its line',
  UnexpectedEndOfNumber: 'the number has no end',
  InvalidUnicode: '\\u takes four hexadecimal digits',
  InvalidEscapeCharacter: 'this escape is unknown; write a backslash as \\\\, in paths too',
  InvalidCharacter: 'this character must be escaped; a line break in a text is written \\n',
};

/** A text is not JSON; the message has the line and the column, and what is wrong there. */
export class JsonFault extends Error {
  override name = 'JsonFault';
}

/**
 * Reads JSON as people write it: comments and trailing commas are allowed. A name that stands twice in an object is a
 * fault, since one of its values would be lost without a word. Throws `JsonFault`.
 */
export function parseJsonText(text: string): unknown {
  const value = parseAny(text);
  refuseRepeatedNames(text);
  return value;
}

function refuseRepeatedNames(text: string): void {
  const open: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty: (name, offset) => {
        const names = open.at(-1);
        if (names?.has(name) === true)
          throw new JsonFault(
            `line ${place(text, offset)}: '${name.slice(0, 40)}' stands twice in this object; leave one out`,
          );
        names?.add(name);
      },
    },
    { allowTrailingComma: true },
  );
}

function parseAny(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not strict JSON: below, with comments, or with the place of the fault.
  }
  const faults: ParseError[] = [];
  const value = parseWithComments(text, faults);
  const [first] = faults;
  if (first === undefined) return value;
  throw new JsonFault(
    `line ${place(text, first.offset)}: ${ADVICE[printParseErrorCode(first.error)] ?? 'this is not JSON'}`,
  );
}

/** The parser calls itself for each level: text that is nested too deep overflows the stack. */
function parseWithComments(text: string, faults: ParseError[]): unknown {
  try {
    return parse(text, faults, { allowTrailingComma: true });
  } catch (cause) {
    if (cause instanceof RangeError) throw new JsonFault('its values are nested too deep', { cause });
    throw cause;
  }
}

/** `3, column 5`, both counted from 1. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`;
}
