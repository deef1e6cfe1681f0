import { SaxesParser } from 'saxes';
import { TemplateFault } from './fault.ts';

/** Elements that hold chunks without being a `LIST` in the binary form. */
const WRAPPERS: ReadonlySet<string> = new Set(['tdsn', 'fnam', 'pdnm', 'RCom']);

/** As in the binary form (chunks.ts): deeper files are not followed there, so they need not be transcribed. */
const MAX_DEPTH = 256;

/** The file is given to the parser in slices, so that it never stands in memory as one string. */
const SLICE = 1 << 20;

const ROOT = 'AfterEffectsProject';
const PADDING = new Uint8Array(1);

/** An element that is not closed yet. */
interface OpenElement {
  /** Its header, which stands in the output already; the size is written when it is known. */
  header: Uint8Array;
  size: number;
  /** The text read so far in `<string>`; null for any other element. */
  text: string | null;
}

/**
 * Writes an .aepx project down as the .aep of the same content, so that everything after this knows one form only.
 *
 * The XML form has an element for each chunk: its binary data as hexadecimal in `bdata`, or the chunks that it holds as
 * children. Three differ: `<string>` is a `Utf8` chunk, `<fileReference>` the `alas` chunk (a JSON object with the same
 * keys as its attributes), and `<ProjectXMPMetadata>` is no chunk at all. Ids shorter than four characters had spaces
 * at their end. Source: LottieFiles/lottie-docs, docs/aep.md; the rest seen in files.
 *
 * @throws {TemplateFault} Where it is not such a file; the offset is the place in the XML.
 */
export function transcribeXml(xml: Uint8Array): Uint8Array {
  const output: Uint8Array[] = [];
  const open: OpenElement[] = [];
  /** How many elements deep the parser is in something that is not a chunk. */
  let ignored = 0;
  const parser = new SaxesParser();
  const fault = (what: string) => new TemplateFault(what, Math.min(parser.position, xml.length));
  const write = (bytes: Uint8Array) => {
    output.push(bytes);
    const parent = open.at(-1);
    if (parent !== undefined) parent.size += bytes.length;
  };

  parser.on('error', (error) => {
    throw fault(`The XML of the project cannot be read: ${error.message}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const isRoot = open.length === 0;
    if (isRoot && name !== ROOT) throw fault('This XML file is not an After Effects project');
    if (open.length + ignored > MAX_DEPTH) throw fault('The elements of the project stand too deep in each other');
    if (ignored > 0 || !(isRoot || name === 'string' || name.length <= 4)) {
      if (name === 'fileReference') writeChunk(write, 'alas', fileReference(attributes));
      ignored++;
      return;
    }
    const data = attributes.bdata === undefined ? null : fromHex(attributes.bdata);
    if (data === undefined) throw fault('A "bdata" attribute is not hexadecimal');
    const header = headerOf(isRoot ? 'RIFX' : name, data !== null);
    write(header);
    open.push({ header, size: header.length - 8, text: name === 'string' ? '' : null });
    if (data !== null) write(data);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (ignored === 0 && typeof element?.text === 'string') element.text += text;
  });
  parser.on('closetag', () => {
    if (ignored > 0) {
      ignored--;
      return;
    }
    const element = open.at(-1);
    if (element === undefined) return;
    if (element.text !== null) write(new TextEncoder().encode(element.text));
    open.pop();
    new DataView(element.header.buffer).setUint32(4, element.size);
    const parent = open.at(-1);
    // The header was counted when it was written.
    if (parent !== undefined) parent.size += element.size - (element.header.length - 8);
    if (element.size % 2 === 1) write(PADDING);
  });

  const decoder = new TextDecoder('utf-8');
  for (let at = 0; at < xml.length; at += SLICE) {
    parser.write(decoder.decode(xml.subarray(at, at + SLICE), { stream: true }));
  }
  parser.write(decoder.decode()).close();
  return Buffer.concat(output);
}

/** Id and size, and of a list the kind; the size is left open. */
function headerOf(name: string, hasData: boolean): Uint8Array {
  if (name === 'RIFX') return ascii('RIFX\0\0\0\0Egg!');
  if (name === 'string') return ascii('Utf8\0\0\0\0');
  const id = name.padEnd(4);
  const isList = id === 'btdk' || !(hasData || WRAPPERS.has(id));
  return ascii(isList ? `LIST\0\0\0\0${id}` : `${id}\0\0\0\0`);
}

function writeChunk(write: (bytes: Uint8Array) => void, id: string, data: Uint8Array): void {
  const header = ascii(`${id}\0\0\0\0`);
  new DataView(header.buffer).setUint32(4, data.length);
  write(header);
  write(data);
  if (data.length % 2 === 1) write(PADDING);
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** Undefined if it is not hexadecimal. */
function fromHex(hex: string): Uint8Array | undefined {
  const bytes = Buffer.from(hex, 'hex');
  return bytes.length * 2 === hex.length ? bytes : undefined;
}

function fileReference(attributes: Record<string, string>): Uint8Array {
  const { fullpath = '', target_is_folder: folder = '0', platform = '' } = attributes;
  return new TextEncoder().encode(JSON.stringify({ fullpath, platform, target_is_folder: folder === '1' }));
}
