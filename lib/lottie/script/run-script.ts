import { existsSync } from 'node:fs';
import type { LottieDocument } from '../../template/lottie-document.ts';
import { AVItem, CompItem, FootageItem, ImportOptions, Item, ScriptFile } from '../object-model/items.ts';
import { AVLayer, CameraLayer, Layer, LightLayer, ShapeLayer, TextLayer } from '../object-model/layers.ts';
import { type ProbeFootage, Project } from '../object-model/project.ts';
import { Property } from '../object-model/property.ts';
import { PropertyBase, PropertyType, PropertyValueType } from '../object-model/property-base.ts';
import { PropertyGroup } from '../object-model/property-group.ts';
import { ParagraphJustification, TextDocument } from '../object-model/text-document.ts';
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

export interface ScriptOptions {
  probe: ProbeFootage;
  /** What the script writes with `$.writeln`. */
  onLine: (line: string) => void;
  timeoutMs: number;
}

/** Runs ExtendScript on a document, which it changes. Throws an `Error` with the script's own message. */
export function runScript(
  document: LottieDocument,
  code: string,
  fileName: string,
  { probe, onLine, timeoutMs }: ScriptOptions,
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
  };
  for (const [name, type] of Object.entries(types)) realm.defineClass(name, type);
  realm.defineClass('File', ScriptFile, ([path]) => new ScriptFile(String(path), existsSync));
  realm.defineClass('ImportOptions', ImportOptions, ([file]) => new ImportOptions(file as ScriptFile));
  realm.defineClass('TextDocument', TextDocument, ([text]) => new TextDocument(text === undefined ? '' : String(text)));
  realm.define('PropertyType', PropertyType);
  realm.define('PropertyValueType', PropertyValueType);
  realm.define('ParagraphJustification', ParagraphJustification);
  realm.define('app', new Application(new Project(document, probe)));
  realm.defineFunction('writeLn', (line) => onLine(String(line)));
  realm.run(code, fileName, timeoutMs);
}
