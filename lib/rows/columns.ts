import { WITH_SOURCE } from '../assets/asset-type.ts';
import { nearestName, suggestNames } from '../contract/faults.ts';
import type { ErrorCode } from '../errors.ts';
import { compositionOf, layersUnder, named } from '../template/composition.ts';
import type { TemplateComposition, TemplateControl, TemplateLayer, TemplateModel } from '../template/model.ts';
import { findProperty } from '../template/property-path.ts';
import type { ValueKind } from '../template/value-kind.ts';

/** The columns that are about the job itself, and what each says of its row. */
const OWN_COLUMNS = {
  '@template': 'the template file, from the folder of the sheet',
  '@composition': 'the composition that is rendered',
  '@file': 'the name of the output, without its extension',
  '@when': 'whether the row is rendered: an empty cell, or one that says no, leaves it out',
  '@tags': 'tags of the job, parted by commas',
} as const;

export type OwnColumn = keyof typeof OWN_COLUMNS;

/** Where an asset of the column goes. */
interface ColumnTarget {
  layerName: string;
  /** Left out: the composition of the job. */
  composition?: string;
}

/** What a column does to the template. */
export type ColumnUse =
  /** It sets the words of a text layer. */
  | { kind: 'text'; target: ColumnTarget }
  /** Its cells name files, which the layer shows; `audio`: the layer has only sound. */
  | { kind: 'file'; target: ColumnTarget; audio: boolean }
  /** It sets a property of a layer; `takes` is null if the template does not say what the property takes. */
  | { kind: 'property'; target: ColumnTarget; property: string; takes: ValueKind | null }
  /** It sets a field of the Essential Graphics panel. */
  | { kind: 'field'; field: string; takes: ValueKind | null; options?: readonly string[] }
  /** The template could not be read whole, so that the cell decides: a file, or a text. */
  | { kind: 'unknown'; target: ColumnTarget };

interface ColumnFault {
  code: ErrorCode;
  message: string;
}

export function isOwnColumn(header: string): header is OwnColumn {
  return Object.hasOwn(OWN_COLUMNS, header);
}

/** Why a header that begins with `@` is none of ours. */
export function ownColumnFault(header: string): ColumnFault {
  const names = suggestNames(header, Object.keys(OWN_COLUMNS));
  const message = `is no column of ours; ${names}. A layer of this name is given in the mapping file`;
  return { code: 'VALIDATION_ERROR', message };
}

/**
 * What a column is, by its header: `name`, `composition/layer`, `layer->Effects->Fill->Color`, or a field of the Essential
 * Graphics panel. The template decides, and it is asked once for all rows.
 */
export function columnUse(model: TemplateModel, composition: string | null, header: string): ColumnUse | ColumnFault {
  const top = compositionOf(model, composition);
  if (top === undefined) return unread(header);
  const search: Search = { model, top, header };
  const exact = layerAt(search, header);
  if (exact !== null) return layerUse(exact);
  // The name of a layer may have arrows and strokes itself, so the longest name that is there counts.
  for (let at = header.lastIndexOf('->'); at > 0; at = header.lastIndexOf('->', at - 1)) {
    const place = layerAt(search, header.slice(0, at).trim());
    if (place !== null) return propertyUse(search, place, header.slice(at + 2).trim());
  }
  const control = top.controls.find((candidate) => isField(candidate, header));
  if (control !== undefined) return fieldUse(control);
  return model.complete ? notFound(search) : unread(header);
}

interface Search {
  model: TemplateModel;
  /** The composition of the job. */
  top: TemplateComposition;
  header: string;
}

interface LayerPlace {
  layer: TemplateLayer;
  target: ColumnTarget;
}

/** A layer of the job's composition, or of the one that stands before a stroke. */
function layerAt({ model, top }: Search, name: string): LayerPlace | null {
  const layer = layerNamed(top, name);
  if (layer !== undefined) return { layer, target: { layerName: layer.name } };
  for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
    const inside = compositionOf(model, name.slice(0, at).trim());
    const found = inside === undefined ? undefined : layerNamed(inside, name.slice(at + 1).trim());
    if (inside !== undefined && found !== undefined)
      return { layer: found, target: { layerName: found.name, composition: inside.name } };
  }
  return null;
}

/** A header has lost the spaces around it, and those that stand twice. */
function layerNamed({ layers }: TemplateComposition, name: string): TemplateLayer | undefined {
  if (name === '') return undefined;
  const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return named(layers, name)[0] ?? layers.find((layer) => plain(layer.name) === plain(name));
}

function layerUse({ layer, target }: LayerPlace): ColumnUse | ColumnFault {
  if (layer.kind === 'text') return { kind: 'text', target };
  if (layer.kind === 'unknown') return { kind: 'unknown', target };
  if (WITH_SOURCE.some((kind) => kind === layer.kind)) return { kind: 'file', target, audio: layer.kind === 'audio' };
  const message = `layer '${layer.name}' is a ${layer.kind} layer, which takes no text and no file; name a property of it: ${layer.name}->Transform->Opacity`;
  return { code: 'ASSET_LAYER_MISMATCH', message };
}

function propertyUse({ model }: Search, { layer, target }: LayerPlace, property: string): ColumnUse | ColumnFault {
  const found = findProperty(model, layer, property);
  if ('fault' in found)
    return model.complete
      ? { code: 'PROPERTY_NOT_FOUND', message: found.fault }
      : { kind: 'property', target, property, takes: null };
  return { kind: 'property', target, property, takes: found.node?.takes ?? null };
}

function isField({ name, path }: TemplateControl, header: string): boolean {
  return (
    name === header ||
    path.join('->') ===
      header
        .split('->')
        .map((step) => step.trim())
        .join('->')
  );
}

function fieldUse({ name, path, type, options = [] }: TemplateControl): ColumnUse | ColumnFault {
  const field = name.includes('.') ? path.join('->') : name;
  switch (type) {
    case 'media':
    case 'comment': {
      const advice = type === 'media' ? 'name its layer' : 'leave the column out';
      return { code: 'ASSET_LAYER_MISMATCH', message: `field '${name}' is a ${type} and takes no value; ${advice}` };
    }
    case 'checkbox':
      return { kind: 'field', field, takes: { kind: 'checkbox' } };
    case 'color':
      return { kind: 'field', field, takes: { kind: 'color' } };
    case 'point':
    case 'scale':
      return { kind: 'field', field, takes: { kind: 'numbers', least: 2, most: 3 } };
    case 'slider':
    case 'angle':
      return { kind: 'field', field, takes: { kind: 'number' } };
    case 'text':
      return { kind: 'field', field, takes: { kind: 'text' } };
    case 'dropdown':
      // A cell names an option, or its number from 1.
      return { kind: 'field', field, takes: null, options };
    default:
      return { kind: 'field', field, takes: null };
  }
}

function notFound({ model, top, header }: Search): ColumnFault {
  const name = header.split('->')[0]?.trim() ?? header;
  const elsewhere = layersUnder(model, top).find(
    ({ composition, layer }) => composition !== top && layer.name === name,
  );
  if (elsewhere !== undefined) {
    const message = `composition '${top.name}' has no such layer, but '${elsewhere.composition.name}' has one: write ${elsewhere.composition.name}/${header}`;
    return { code: 'LAYER_NOT_FOUND', message };
  }
  const fields = top.controls.map((control) => control.name);
  const names = [...new Set([...top.layers.map((layer) => layer.name), ...fields].filter((layer) => layer !== ''))];
  const near = nearestName(name, names);
  const list = near === undefined ? suggestNames(name, names) : `did you mean '${near}'?`;
  const what = fields.length === 0 ? 'layer' : 'layer and no field of its panel';
  const message = `composition '${top.name}' has no ${what} '${name}'; ${list} A column that is for you alone begins with #`;
  return { code: 'LAYER_NOT_FOUND', message: message.replace(/([^?]) A column/, '$1. A column') };
}

/** The template could not be read whole: the header is taken by its form. */
function unread(header: string): ColumnUse {
  const [layerPart = '', ...steps] = header.split('->').map((step) => step.trim());
  const stroke = layerPart.indexOf('/');
  const target =
    stroke < 1
      ? { layerName: layerPart }
      : { layerName: layerPart.slice(stroke + 1), composition: layerPart.slice(0, stroke) };
  return steps.length === 0
    ? { kind: 'unknown', target }
    : { kind: 'property', target, property: steps.join('->'), takes: null };
}
