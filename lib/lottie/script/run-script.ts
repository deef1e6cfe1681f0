import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sequenceOf } from '../../media/image-sequence.ts';
import { decodeText } from '../../text-encoding.ts';
import type { LottieDocument } from '../document/index.ts';
import { AVItem, CompItem, FootageItem, ImportOptions, Item, ScriptFile, SolidSource } from '../object-model/items.ts';
import { AVLayer, CameraLayer, Layer, LightLayer, ShapeLayer, TextLayer } from '../object-model/layers.ts';
import { type ProbeFootage, Project } from '../object-model/project.ts';
import { Property, PropertyBase, PropertyGroup, PropertyType, PropertyValueType } from '../object-model/property.ts';
import { ParagraphJustification, TextDocument } from '../object-model/text-document.ts';
import type { MeasureText } from '../renderer/text-measure.ts';
import { ScriptRealm } from './realm.ts';

/** The application, as scripts see it. */
class Application {
  static readonly scriptNames: readonly string[] = [
    'project',
    'version',
    'beginUndoGroup',
    'endUndoGroup',
    'beginSuppressDialogs',
    'endSuppressDialogs',
  ];
  readonly version = '26.0';
  readonly project: Project;

  constructor(project: Project) {
    this.project = project;
  }

  // A document has no undo and shows no dialogs; scripts written for After Effects call these all the same.
  beginUndoGroup(): void {}
  endUndoGroup(): void {}
  beginSuppressDialogs(): void {}
  endSuppressDialogs(): void {}
}

interface ScriptOptions {
  probe: ProbeFootage;
  /** What the script writes with `$.writeln`. */
  onLine: (line: string) => void;
  timeoutMs: number;
  /** How large a text is; left out if there are no fonts. */
  measure?: MeasureText;
  /** Whether this process is one for scripts of others, so that the script may run further files. */
  ownProcess?: boolean;
}

/**
 * Whether a script may ask how large a text is, in a font of the system too: then the fonts of the system are looked
 * through before, since a script cannot wait.
 */
export function mayMeasure(code: string): boolean {
  return /"type":"script"|sourceRectAtTime/.test(code);
}

/** Runs ExtendScript on a document, which it changes. Throws an `Error` with the script's own message. */
export function runScript(
  document: LottieDocument,
  code: string,
  fileName: string,
  { probe, onLine, timeoutMs, measure = unmeasured, ownProcess = false }: ScriptOptions,
): void {
  const realm = new ScriptRealm();
  const types = {
    Item,
    AVItem,
    CompItem,
    FootageItem,
    PropertyBase,
    PropertyGroup,
    Property,
    Layer,
    AVLayer,
    TextLayer,
    ShapeLayer,
    CameraLayer,
    LightLayer,
    Project,
    SolidSource,
  };
  for (const [name, type] of Object.entries(types)) realm.defineClass(name, type);
  realm.defineClass('File', ScriptFile, ([path]) => new ScriptFile(String(path), isThere));
  realm.defineClass('ImportOptions', ImportOptions, ([file]) => new ImportOptions(file as ScriptFile));
  realm.defineClass('TextDocument', TextDocument, ([text]) => new TextDocument(text === undefined ? '' : String(text)));
  realm.define('PropertyType', PropertyType);
  realm.define('PropertyValueType', PropertyValueType);
  realm.define('ParagraphJustification', ParagraphJustification);
  realm.define('app', new Application(new Project(document, { probe, findSequence, measure })));
  realm.defineFunction('writeLn', (line) => onLine(String(line)));
  realm.defineFunction('shrinkIntoBox', (text, least, most) => shrink(text, Number(least), Number(most)));
  realm.defineFunction('evalFile', (file) => {
    if (!ownProcess) throw new Error('A script of the job is run in a process of its own only.');
    const path = file instanceof ScriptFile ? file.fsName : String(file);
    if (!isThere(path)) throw new Error(`The file ${path} is not there.`);
    realm.run(decodeText(readFileSync(path)), basename(path), timeoutMs);
  });
  realm.run(DOLLAR, 'dollar.jsx', timeoutMs);
  realm.run(code, fileName, timeoutMs);
}

/** ExtendScript's `$`, as far as scripts of jobs need it. Source: Adobe's JavaScript Tools Guide, "Dollar object". */
const DOLLAR = `var $ = {
  global: this,
  evalFile: evalFile,
  writeln: writeLn,
  write: writeLn
};`;

function isThere(path: string): boolean {
  try {
    return existsSync(path);
  } catch {
    // Only Node's permission model throws here.
    const advice = 'put it beside the project, or allow its folder with -allowRead';
    throw new Error(`${path} lies outside of the folders that this renderer may read; ${advice}.`);
  }
}

function findSequence(first: string): string[] {
  const folder = dirname(first);
  return sequenceOf(basename(first), readdirSync(folder)).map((name) => join(folder, name));
}

function shrink(text: unknown, least: number, most: number): TextDocument {
  if (!(text instanceof TextDocument)) throw new TypeError('shrinkIntoBox takes a TextDocument.');
  return text.shrunkIntoBox(least, most);
}

function unmeasured(): never {
  throw new Error('Texts cannot be measured here.');
}
