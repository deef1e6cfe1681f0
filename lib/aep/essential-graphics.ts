import type { Chunk } from './chunks.ts';

/** The kind of a field of the Essential Graphics panel. */
export type ControllerType =
  | 'CHECKBOX'
  | 'SLIDER'
  | 'ANGLE'
  | 'COLOR'
  | 'POINT'
  | 'TEXT'
  | 'COMMENT'
  | 'SCALE'
  | 'GROUP'
  | 'DROPDOWN'
  | 'MEDIA'
  | 'UNKNOWN';

/** `CTyp`. Source: py-aep (forticheprod), and a .mogrt whose `definition.json` has the same numbers. */
const TYPES: ReadonlyMap<number, ControllerType> = new Map([
  [1, 'CHECKBOX'],
  [2, 'SLIDER'],
  [3, 'ANGLE'],
  [4, 'COLOR'],
  [5, 'POINT'],
  [6, 'TEXT'],
  [8, 'COMMENT'],
  [9, 'SCALE'],
  [10, 'GROUP'],
  [13, 'DROPDOWN'],
  [14, 'MEDIA'],
]);

/** A control in the Essential Graphics panel. */
export interface Controller {
  /** A UUID, by which groups and a .mogrt's `definition.json` name it; null in older projects. */
  id: string | null;
  name: string;
  type: ControllerType;
  /** The ids of the items in a group. */
  members: string[];
  /** The entries of a menu. */
  options: string[];
  /** The layer and the property that it changes, and the way from the one to the other; null of a group or a comment. */
  target: { compId: number; layerId: number; path: ControllerStep[] } | null;
}

/** One step down from a layer. */
export interface ControllerStep {
  matchName: string;
  /** The place among its siblings where several have this name (effects), from 0; null if the name is enough. */
  index: number | null;
}

/** The Essential Graphics panel of a composition. */
export interface EssentialGraphics {
  /** The name of the template. */
  name: string;
  controllers: Controller[];
}

/** Newest first: a project keeps the older forms for older versions of After Effects. */
const LISTS = ['CIF3', 'CIF2', 'CIFO'] as const;

/**
 * `LIST CIF3` of a composition (before it `CIF2`, `CIFO`): `LIST CpS2` with the template's name, then a `LIST CCtl` for
 * each control: `LIST CpS2` its name, `Utf8` its id, `CTyp` its type (uint32), `LIST StVc` the entries of a menu or the
 * ids of a group's members, `LIST CPrp` what it changes: `CCId` and `CLId` the ids of composition and layer, and in JSON
 * the way down to the property.
 */
export function readEssentialGraphics(lists: ReadonlyMap<string, Chunk>): EssentialGraphics | null {
  const list = LISTS.map((id) => lists.get(id)).find((chunk) => chunk !== undefined);
  if (list === undefined) return null;
  const graphics: EssentialGraphics = { name: '', controllers: [] };
  for (const chunk of list.children()) {
    if (chunk.id === 'CpS2') graphics.name ||= chunk.text();
    else if (chunk.id === 'CCtl') graphics.controllers.push(readController(chunk));
  }
  // Every composition since After Effects CC 2017 has an empty one named "Untitled".
  return graphics.controllers.length === 0 ? null : graphics;
}

function readController(list: Chunk): Controller {
  const controller: Controller = { id: null, name: '', type: 'UNKNOWN', members: [], options: [], target: null };
  let texts: string[] = [];
  for (const chunk of list.children()) {
    if (chunk.id === 'CpS2') controller.name ||= chunk.text();
    else if (chunk.id === 'Utf8' && UUID.test(chunk.text())) controller.id ??= chunk.text();
    else if (chunk.id === 'StVc') texts = textsIn(chunk);
    else if (chunk.id === 'CTyp') controller.type = TYPES.get(chunk.fields(4)?.getUint32(0) ?? -1) ?? 'UNKNOWN';
    else if (chunk.id === 'CPrp') controller.target ??= readTarget(chunk);
  }
  if (controller.type === 'GROUP') controller.members = texts;
  if (controller.type === 'DROPDOWN') controller.options = texts;
  return controller;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function textsIn(list: Chunk): string[] {
  return [...list.children()].filter(({ id }) => id === 'Utf8').map((chunk) => chunk.text());
}

function readTarget(list: Chunk): Controller['target'] {
  const compId = list.first('CCId')?.fields(4)?.getUint32(0);
  const layerId = list.first('CLId')?.fields(4)?.getUint32(0);
  if (compId === undefined || layerId === undefined) return null;
  return { compId, layerId, path: readPath(list.text()) };
}

/** `{"0": {"index": …, "matchName": "ADBE Text Properties"}, "1": …}`: the steps from the layer down. */
function readPath(json: string): ControllerStep[] {
  let steps: unknown;
  try {
    steps = JSON.parse(json);
  } catch (error) {
    // Cut short or not JSON: the control is known by its name all the same.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  if (typeof steps !== 'object' || steps === null) return [];
  return Object.values(steps).flatMap((step: unknown) => {
    const hasName = typeof step === 'object' && step !== null && 'matchName' in step;
    if (!hasName || typeof step.matchName !== 'string') return [];
    const index = 'index' in step && typeof step.index === 'number' ? step.index : NO_INDEX;
    return [{ matchName: step.matchName, index: index === NO_INDEX ? null : index }];
  });
}

/** -1, written as an unsigned number. */
const NO_INDEX = 0xffffffff;
