import type { Chunk } from './chunks.ts';

/** The kind of control by which After Effects shows a parameter of an effect. */
export type ControlType =
  | 'LAYER'
  | 'INTEGER'
  | 'SCALAR'
  | 'ANGLE'
  | 'BOOLEAN'
  | 'COLOR'
  | 'TWO_D'
  | 'ENUM'
  | 'GROUP_END'
  | 'SLIDER'
  | 'CURVE'
  | 'MASK'
  | 'GROUP'
  | 'UNKNOWN'
  | 'THREE_D';

/** `pard`, the byte at 15. */
const CONTROL_TYPES: ReadonlyMap<number, ControlType> = new Map([
  [0, 'LAYER'],
  [1, 'INTEGER'],
  [2, 'SCALAR'],
  [3, 'ANGLE'],
  [4, 'BOOLEAN'],
  [5, 'COLOR'],
  [6, 'TWO_D'],
  [7, 'ENUM'],
  [9, 'GROUP_END'],
  [10, 'SLIDER'],
  [11, 'CURVE'],
  [12, 'MASK'],
  [13, 'GROUP'],
  [18, 'THREE_D'],
]);

/** One control of an effect. Its value is given in the units of the file's properties: points as fractions. */
export interface EffectParameter {
  matchName: string;
  name: string;
  control: ControlType;
  /** What a layer's effect has where it says nothing else; null if there is no value, or none that is known. */
  value: number[] | null;
  /** The entries of a menu. */
  options: string[];
}

/** A kind of effect that the project uses. */
export interface EffectDefinition {
  matchName: string;
  name: string;
  parameters: EffectParameter[];
}

/**
 * `LIST EfdG` of the project: a `LIST EfDf` for each kind of effect: `tdmn` the match name, then a `LIST sspc`. Projects
 * of After Effects CC 2018 and before have none: there the first effect of a kind has the definition for all of them.
 */
export function readEffectDefinitions(root: Chunk): Map<string, EffectDefinition> {
  const definitions = new Map<string, EffectDefinition>();
  const list = root.first('EfdG');
  if (list === null) {
    const items = root.first('Fold');
    if (items !== null) gatherDefinitions(items, definitions);
    return definitions;
  }
  for (const chunk of list.children()) {
    if (chunk.id !== 'EfDf') continue;
    const matchName = chunk.first('tdmn')?.text() ?? '';
    const definition = readEffectDefinition(chunk.first('sspc'), matchName);
    if (definition !== null) definitions.set(matchName, definition);
  }
  return definitions;
}

/** What leads from the items to the effects of their layers. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['Item', 'Sfdr', 'Layr', 'SLay', 'CLay', 'DLay', 'SecL', 'tdgp']);

function gatherDefinitions(parent: Chunk, into: Map<string, EffectDefinition>): void {
  let matchName = '';
  for (const chunk of parent.children()) {
    if (chunk.id === 'tdmn') matchName = chunk.text();
    else if (ON_THE_WAY.has(chunk.id)) gatherDefinitions(chunk, into);
    else if (chunk.id === 'sspc' && !into.has(matchName)) {
      const definition = readEffectDefinition(chunk, matchName);
      if (definition !== null) into.set(matchName, definition);
    }
  }
}

/**
 * `LIST sspc`, of a definition or of a layer's effect: `fnam` the name, `LIST parT` the controls, `LIST tdgp` the
 * values. `parT` has `parn`, and then of each control `tdmn`, `pard` and, where it has one, `pdnm`: the label of a
 * checkbox, or the entries of a menu with `|` between them. The first control is the layer itself, and is left out.
 * A layer's effect may do without, or with an empty `parT`, where the project or an effect before it has the
 * definition. Source: LottieFiles/lottie-docs.
 */
export function readEffectDefinition(sspc: Chunk | null, matchName: string): EffectDefinition | null {
  const controls = sspc?.first('parT');
  if (!sspc || !controls) return null;
  const parameters: EffectParameter[] = [];
  let parameterName = '';
  for (const chunk of controls.children()) {
    if (chunk.id === 'tdmn') parameterName = chunk.text();
    else if (chunk.id === 'pard') parameters.push(readParameter(chunk, parameterName));
    else if (chunk.id === 'pdnm') addLabel(parameters.at(-1), chunk.text());
  }
  if (parameters.length === 0) return null;
  return { matchName, name: sspc.first('fnam')?.text() ?? '', parameters: parameters.slice(1) };
}

function addLabel(parameter: EffectParameter | undefined, label: string): void {
  if (parameter === undefined) return;
  if (parameter.control === 'ENUM') parameter.options = label.split('|');
  else if (label !== '') parameter.name = label;
}

/** `pard`, 148 bytes: the type at 15, the name in 32 bytes at 16, and from 56 on values, by type. */
function readParameter(pard: Chunk, matchName: string): EffectParameter {
  const fields = pard.fields(56);
  const control = CONTROL_TYPES.get(fields?.getUint8(15) ?? 15) ?? 'UNKNOWN';
  const end = pard.data.subarray(16, 48).indexOf(0);
  const name = new TextDecoder('windows-1252').decode(pard.data.subarray(16, end === -1 ? 48 : 16 + end));
  return { matchName, name, control, value: readValue(control, pard), options: [] };
}

/**
 * The default, as After Effects' plug-ins declare it (at 56 is what was set last, in any layer): `SCALAR` as 16.16
 * fixed-point at 140, `ANGLE` at 60, `SLIDER` as a float32 at 120, `ENUM` as an int16 at 62, `BOOLEAN` as a byte at 60,
 * `COLOR` as alpha, red, green, blue at 60, `TWO_D` as two of 16.16 at 68, in percent of the layer's size. The unit of
 * `THREE_D` is not known. Sources: `PF_ParamDef` of the After Effects SDK; LottieFiles/lottie-docs, docs/aep.md; py-aep;
 * points from a .mogrt whose `definition.json` has the pixels; real projects, which leave out what is at its default.
 */
function readValue(control: ControlType, pard: Chunk): number[] | null {
  const fields = pard.fields(144);
  if (!fields) return null;
  switch (control) {
    case 'SCALAR':
      return [fixed(fields, 140)];
    case 'ANGLE':
      return [fixed(fields, 60)];
    case 'TWO_D':
      return [fixed(fields, 68) / 100, fixed(fields, 72) / 100];
    case 'SLIDER':
      return [Number(fields.getFloat32(120).toPrecision(FLOAT32_DIGITS))];
    case 'BOOLEAN':
      return [fields.getUint8(60)];
    case 'ENUM':
      return [fields.getInt16(62)];
    case 'COLOR':
      return [60, 61, 62, 63].map((at) => fields.getUint8(at));
    case 'LAYER':
    case 'MASK':
      return [0];
    default:
      return null;
  }
}

/** What a float32 keeps of a decimal: 0.1 would be 0.10000000149. */
const FLOAT32_DIGITS = 7;

/** 16.16 fixed-point. */
function fixed(fields: DataView, at: number): number {
  return fields.getInt32(at) / 0x10000;
}
