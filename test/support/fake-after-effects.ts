/**
 * As much of After Effects' object model as the functions, the fields of a panel and the scripts of a job touch. What is
 * not obvious is as the scripting guide has it: a start time moves the whole layer, a shorter composition cuts its work
 * area, a solid has one colour for all the layers that show it, and a text gives out copies of its document.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runInContext } from 'node:vm';
import { extendScriptRealm } from './extendscript.ts';
import {
  FakeGroup,
  FakeProperty,
  type FakeText,
  FakeTimeRemap,
  PropertyType,
  PropertyValueType,
  requireUnlocked,
} from './fake-properties.ts';

export class FakeSolidSource {
  color: number[];

  constructor(color: number[]) {
    this.color = color;
  }
}

export class FakeFootage {
  readonly id: number;
  readonly name: string;
  readonly mainSource: object;
  readonly width = 100;
  readonly height = 50;
  readonly pixelAspect = 1;
  readonly #all: readonly FakeComp[];

  constructor(id: number, name: string, mainSource: object, all: readonly FakeComp[]) {
    this.id = id;
    this.name = name;
    this.mainSource = mainSource;
    this.#all = all;
  }

  get usedIn(): FakeComp[] {
    return this.#all.filter((comp) => comp.stack.some(({ source }) => source === this));
  }
}

export class FakeLayer extends FakeGroup {
  enabled = true;
  locked = false;
  inPoint = 0;
  outPoint = 4;
  containingComp: FakeComp;
  readonly id: number;
  source: FakeFootage | null;
  readonly nullLayer = false;
  /** Null: its source does not move, so that time remapping cannot be switched on. */
  timeRemap: FakeTimeRemap | null = null;
  #start = 0;

  constructor(comp: FakeComp, name: string, source: FakeFootage | null, ...groups: FakeGroup[]) {
    super('ADBE AV Layer', ...groups);
    this.containingComp = comp;
    this.name = name;
    this.source = source;
    this.id = 100 + comp.stack.length;
    comp.stack.push(this);
    this.layer = this;
  }

  get width(): number {
    return this.source?.width ?? this.containingComp.width;
  }

  get height(): number {
    return this.source?.height ?? this.containingComp.height;
  }

  get startTime(): number {
    return this.#start;
  }

  set startTime(time: number) {
    requireUnlocked(this);
    const moved = time - this.#start;
    this.#start = time;
    this.inPoint += moved;
    this.outPoint += moved;
  }

  get canSetTimeRemapEnabled(): boolean {
    return this.timeRemap !== null;
  }

  get timeRemapEnabled(): boolean {
    return this.timeRemap !== null && this.timeRemap.numKeys > 0;
  }

  set timeRemapEnabled(enabled: boolean) {
    if (this.timeRemap === null) throw new Error('timeRemapEnabled cannot be set for this layer');
    this.timeRemap.numKeys = enabled ? 2 : 0;
  }

  /** For a source that moves: it can be switched on. */
  addTimeRemap(): FakeTimeRemap {
    this.timeRemap = new FakeTimeRemap();
    this.members.push(this.timeRemap);
    return this.timeRemap;
  }

  remove(): void {
    requireUnlocked(this);
    this.containingComp.stack.splice(this.containingComp.stack.indexOf(this), 1);
  }

  /** A layer that nobody renamed is called after its source. */
  replaceSource(item: FakeFootage): void {
    requireUnlocked(this);
    if (this.source === null) throw new Error('the layer has no source');
    if (this.name === this.source?.name) this.name = item.name;
    this.source = item;
  }
}

export class FakeTextLayer extends FakeLayer {
  sourceRectAtTime(time: number): { width: number } {
    const property = this.property('ADBE Text Properties') as FakeGroup;
    const text = property.property('ADBE Text Document') as FakeText;
    const { text: words, fontSize } = text.keyValue(text.numKeys === 0 ? 1 : Math.floor(time) + 1);
    return { width: words.length * fontSize };
  }
}

export class FakeComp {
  readonly name: string;
  readonly id: number;
  readonly width = 400;
  readonly height = 200;
  readonly pixelAspect = 1;
  readonly frameRate = 25;
  readonly usedIn = [];
  readonly stack: FakeLayer[] = [];
  workAreaStart = 0;
  #workAreaDuration = 4;
  readonly #items: (FakeComp | FakeFootage)[];
  #duration = 4;

  constructor(id: number, name: string, items: (FakeComp | FakeFootage)[]) {
    this.id = id;
    this.name = name;
    this.#items = items;
    items.push(this);
  }

  get duration(): number {
    return this.#duration;
  }

  set duration(seconds: number) {
    if (!(seconds > 0 && seconds <= 10_800)) throw new Error(`duration: value ${seconds} out of range`);
    this.#duration = seconds;
    this.workAreaStart = Math.min(this.workAreaStart, seconds - 1 / this.frameRate);
    this.#workAreaDuration = Math.min(this.#workAreaDuration, seconds - this.workAreaStart);
  }

  get workAreaDuration(): number {
    return this.#workAreaDuration;
  }

  set workAreaDuration(seconds: number) {
    const most = this.#duration - this.workAreaStart;
    if (!(seconds > 0 && seconds <= most))
      throw new Error(`workAreaDuration: value ${seconds} out of range to ${most}`);
    this.#workAreaDuration = seconds;
  }

  get numLayers(): number {
    return this.stack.length;
  }

  layer(index: number): FakeLayer {
    const layer = this.stack[index - 1];
    if (layer === undefined) throw new Error(`index ${index} is out of range`);
    return layer;
  }

  get layers() {
    return {
      addSolid: (color: number[], name: string) => {
        const solid = new FakeFootage(
          900 + this.#items.length,
          name,
          new FakeSolidSource(color),
          this.#items.filter((item) => item instanceof FakeComp),
        );
        this.#items.push(solid);
        return new FakeLayer(this, name, solid, transformGroup());
      },
    };
  }
}

export function transformGroup(): FakeGroup {
  return new FakeGroup(
    'ADBE Transform Group',
    new FakeProperty('ADBE Anchor Point', [0, 0, 0]),
    new FakeProperty('ADBE Position', [0, 0, 0]),
    new FakeProperty('ADBE Scale', [100, 100, 100]),
    new FakeProperty('ADBE Opacity', 100),
  );
}

/**
 * Runs a script on a project of these items, as After Effects would, and returns what it warns of: undo groups that were
 * not closed, or closed and never opened, which After Effects mends itself.
 */
export function runInAfterEffects(items: readonly (FakeComp | FakeFootage)[], script: string): string[] {
  let undoGroups = 0;
  let isBalanced = true;
  const context = extendScriptRealm({
    app: {
      beginUndoGroup: () => {
        undoGroups += 1;
      },
      endUndoGroup: () => {
        if (undoGroups === 0) isBalanced = false;
        else undoGroups -= 1;
      },
      project: {
        item: (index: number) => {
          const item = items[index - 1];
          if (item === undefined) throw new Error(`index ${index} is out of range`);
          return item;
        },
        numItems: items.length,
        importFile: ({ file }: { file: { fsName: string; exists: boolean } }) => {
          if (!file.exists) throw new Error('the file is not there');
          return new FakeFootage(800, basename(file.fsName), {}, []);
        },
      },
    },
    CompItem: FakeComp,
    FootageItem: FakeFootage,
    SolidSource: FakeSolidSource,
    AVLayer: FakeLayer,
    TextLayer: FakeTextLayer,
    ImportOptions: class {
      readonly file: { fsName: string };

      constructor(file: { fsName: string }) {
        this.file = file;
      }
    },
    File: class {
      readonly fsName: string;

      /** As a URI or as a path of the system. */
      constructor(path: string) {
        this.fsName = decodeURI(path);
      }

      get exists(): boolean {
        return existsSync(this.fsName);
      }
    },
    PropertyType,
    PropertyValueType,
  });
  const evalFile = ({ fsName }: { fsName: string }) => runInContext(readFileSync(fsName, 'utf8'), context);
  Object.assign(context, { $: { global: context, evalFile } });
  runInContext(script, context);
  return isBalanced && undoGroups === 0 ? [] : ['Undo group mismatch, will attempt to fix.'];
}
