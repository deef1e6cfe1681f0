/** A value of a COS document. Names (`/nil`) are given as strings, as are texts: nothing here needs to tell them apart. */
export type CosValue = number | string | boolean | null | CosValue[] | CosDictionary;
/** A map and not an object: the keys come from the file, and `__proto__` is as good a name there as any. */
type CosDictionary = Map<string, CosValue>;

/** Text documents stand some twelve deep; what is deeper by an order is hostile. */
const MAX_DEPTH = 200;

/** What a byte is, by its value: looked up for every byte of every text, so a table and not a set. */
const SPACE = 1;
const DELIMITER = 2;
const KINDS = new Uint8Array(256);
for (const space of [0, 9, 10, 12, 13, 32]) KINDS[space] = SPACE;
for (const delimiter of '()<>[]{}/%') KINDS[delimiter.charCodeAt(0)] = DELIMITER;

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

/** Says that the document is not in the grammar; the property that holds it is then without a value. */
export class CosFault extends Error {
  override name = 'CosFault';
}

/**
 * Reads a document in Adobe's "Carousel Object Structure": PDF's grammar of values without its indirect objects.
 * `<< /key value >>` is a dictionary, `[ … ]` an array, `(…)` text with backslash escapes, `<…>` text in hexadecimal,
 * `/name` a name. The document of `LIST btdk` leaves out the outermost `<< >>`. Text is UTF-16 with a byte order mark,
 * or one byte a character. Source: PDF 32000-1:2008, 7.2 and 7.3.
 */
export function parseCos(bytes: Uint8Array): CosDictionary {
  return new CosParser(bytes).document();
}

class CosParser {
  readonly #bytes: Uint8Array;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  document(): CosDictionary {
    this.#skipSpace();
    return this.#dictionary(() => this.#at >= this.#bytes.length);
  }

  #dictionary(isEnd: () => boolean): CosDictionary {
    const dictionary: CosDictionary = new Map();
    for (this.#skipSpace(); !isEnd(); this.#skipSpace()) {
      if (this.#peek() !== 0x2f) throw this.#fault('a name');
      this.#at++;
      const key = this.#word();
      this.#skipSpace();
      dictionary.set(key, this.#value());
    }
    return dictionary;
  }

  #value(): CosValue {
    const byte = this.#peek();
    switch (byte) {
      case 0x2f:
        this.#at++;
        return this.#word();
      case 0x28:
        return this.#text();
      case 0x5b:
        return this.#nested(1, () => this.#array());
      case 0x3c:
        if (this.#bytes[this.#at + 1] !== 0x3c) return this.#hexText();
        return this.#nested(2, () => this.#dictionary(() => this.#takeEnd(0x3e, 0x3e)));
      default:
        return this.#wordValue();
    }
  }

  #nested<T>(opening: number, read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw this.#fault('a document that is less deep');
    this.#at += opening;
    const value = read();
    this.#depth--;
    return value;
  }

  #array(): CosValue[] {
    const values: CosValue[] = [];
    for (this.#skipSpace(); !this.#takeEnd(0x5d); this.#skipSpace()) values.push(this.#value());
    return values;
  }

  #takeEnd(...end: number[]): boolean {
    if (this.#at >= this.#bytes.length) throw this.#fault('an end of what was opened');
    if (!end.every((byte, index) => this.#bytes[this.#at + index] === byte)) return false;
    this.#at += end.length;
    return true;
  }

  #wordValue(): CosValue {
    const word = this.#word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    const number = Number(word);
    if (word === '' || Number.isNaN(number)) throw this.#fault('a value');
    return number;
  }

  /** A name or a number: up to the next space or delimiter. */
  #word(): string {
    const start = this.#at;
    const bytes = this.#bytes;
    let at = start;
    while (at < bytes.length && KINDS[bytes[at] ?? 0] === 0) at++;
    this.#at = at;
    return asciiOf(bytes, start, at);
  }

  /** Text in brackets, which may hold others as long as each is closed, or any with a backslash before it. */
  #text(): string {
    const content = new Uint8Array(this.#closingBracket() - this.#at - 1);
    let length = 0;
    let open = 0;
    for (this.#at++; ; this.#at++) {
      const byte = this.#peek() ?? 0;
      if (byte === 0x5c) {
        const escaped = this.#escape();
        if (escaped !== null) content[length++] = escaped;
        continue;
      }
      if (byte === 0x28) open++;
      if (byte === 0x29 && --open < 0) break;
      content[length++] = byte;
    }
    this.#at++;
    return decodeText(content.subarray(0, length));
  }

  /** Where the text ends that starts here; found first, so that its bytes can be put where they stay. */
  #closingBracket(): number {
    let open = 0;
    for (let at = this.#at; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte === 0x5c) at++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) return at;
    }
    throw this.#fault('")"');
  }

  /** Reads what stands after a backslash, and stays on its last byte. Null for a line that is continued. */
  #escape(): number | null {
    this.#at++;
    const byte = this.#peek() ?? 0;
    if (byte === 10) return null;
    if (!isOctal(byte)) return ESCAPES.get(byte) ?? byte;
    let octal = byte - 0x30;
    for (let digits = 1; digits < 3; digits++) {
      const next = this.#bytes[this.#at + 1] ?? 0;
      if (!isOctal(next)) break;
      octal = octal * 8 + next - 0x30;
      this.#at++;
    }
    return octal & 0xff;
  }

  #hexText(): string {
    const end = this.#bytes.indexOf(0x3e, this.#at);
    if (end === -1) throw this.#fault('">"');
    const digits = new TextDecoder('latin1').decode(this.#bytes.subarray(this.#at + 1, end)).replace(/\s/g, '');
    this.#at = end + 1;
    return decodeText(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'));
  }

  #skipSpace(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x25) while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
      else if (KINDS[byte] !== SPACE) break;
    }
    this.#at = at;
  }

  #peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  #fault(expected: string): CosFault {
    return new CosFault(`expected ${expected} at byte ${this.#at} of the text document`);
  }
}

/** No name or number is longer than a few characters; the decoder is for what is not from After Effects. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 32) return latin1.decode(bytes.subarray(start, end));
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

function isOctal(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37;
}

const utf16 = new TextDecoder('utf-16be');
const latin1 = new TextDecoder('latin1');

function decodeText(bytes: Uint8Array): string {
  return bytes[0] === 0xfe && bytes[1] === 0xff ? utf16.decode(bytes) : latin1.decode(bytes);
}

/** What stands at this path; numbers are places in arrays, strings keys. Undefined if a step is not there. */
export function cosAt(value: CosValue | undefined, ...path: (string | number)[]): CosValue | undefined {
  let at = value;
  for (const step of path) {
    if (at instanceof Map) at = at.get(String(step));
    else if (Array.isArray(at) && typeof step === 'number') at = at[step];
    else return undefined;
  }
  return at;
}
