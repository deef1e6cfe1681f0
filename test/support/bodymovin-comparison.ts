import type { CompItem } from '../../lib/aep/items.ts';
import type { Layer } from '../../lib/aep/layer.ts';
import { PropertyGroup } from '../../lib/aep/property-group.ts';
import type { BodymovinDocument, BodymovinLayer, BodymovinText, BodymovinValue } from './bodymovin-document.ts';
import { compareShapes } from './bodymovin-shapes.ts';
import { type Comparison, compare, compareProperty } from './bodymovin-values.ts';

/** `ty` of a layer, by our kind. Bodymovin writes what it has no type for as a null. */
const TYPES: Readonly<Record<string, number>> = {
  precomposition: 0,
  solid: 1,
  footage: 2,
  null: 3,
  shape: 4,
  text: 5,
  audio: 6,
};

/** `bm`, `j`, `tt` by the words of After Effects. */
const JUSTIFICATIONS = ['LEFT_JUSTIFY', 'RIGHT_JUSTIFY', 'CENTER_JUSTIFY'];
const TRACK_MATTES = ['NO_TRACK_MATTE', 'ALPHA', 'ALPHA_INVERTED', 'LUMA', 'LUMA_INVERTED'];

const TRANSFORM: readonly (readonly [string, string])[] = [
  ['o', 'ADBE Opacity'],
  ['r', 'ADBE Rotate Z'],
  ['p', 'ADBE Position'],
  ['a', 'ADBE Anchor Point'],
  ['s', 'ADBE Scale'],
];

/** Compares a composition with its export, value by value. */
export function compareComposition(comp: CompItem, exported: BodymovinDocument): Comparison {
  const to: Comparison = { differences: [], agreed: 0, frameRate: comp.frameRate };
  compare(to, 'width', comp.width, exported.w);
  compare(to, 'height', comp.height, exported.h);
  compare(to, 'frame rate', comp.frameRate, exported.fr);
  compare(to, 'first frame', comp.workAreaStart * comp.frameRate, exported.ip);
  compare(to, 'last frame', (comp.workAreaStart + comp.workAreaDuration) * comp.frameRate, exported.op);
  compareLayers(to, comp, exported.layers);
  const markers = comp.markers();
  for (const [at, marker] of (exported.markers ?? []).entries()) {
    compare(to, `marker ${at}`, markers[at]?.comment, marker.cm);
    compare(to, `marker ${at}, time`, (markers[at]?.time ?? 0) * comp.frameRate, marker.tm);
  }
  for (const layer of comp.layers) {
    const asset = exported.assets?.find(({ id }) => id === exported.layers[layer.index - 1]?.refId);
    if (asset?.layers && layer.source?.typeName === 'Composition') compareLayers(to, layer.source, asset.layers);
    else if (asset?.w !== undefined)
      compare(to, `${layer.name}, size`, [layer.width, layer.height], [asset.w, asset.h]);
  }
  return to;
}

function compareLayers(to: Comparison, comp: CompItem, exported: BodymovinLayer[]): void {
  compare(to, `${comp.name}, number of layers`, comp.layers.length, exported.length);
  for (const [at, layer] of exported.entries()) {
    const ours = comp.layers[at];
    if (ours !== undefined) compareLayer(to, `${comp.name} > ${ours.name}`, ours, layer, exported);
  }
}

function compareLayer(to: Comparison, where: string, ours: Layer, layer: BodymovinLayer, all: BodymovinLayer[]): void {
  compare(to, `${where}, name`, ours.name, layer.nm);
  compare(to, `${where}, kind`, TYPES[ours.kind], layer.ty);
  compare(to, `${where}, in`, ours.inPoint * to.frameRate, layer.ip);
  compare(to, `${where}, out`, ours.outPoint * to.frameRate, layer.op);
  compare(to, `${where}, start`, ours.startTime * to.frameRate, layer.st);
  compare(to, `${where}, stretch`, ours.stretch / 100, layer.sr ?? 1, 1e-6);
  compare(to, `${where}, blending`, ours.blendingMode === 'NORMAL', (layer.bm ?? 0) === 0);
  compare(to, `${where}, track matte`, TRACK_MATTES.indexOf(ours.trackMatteType), layer.tt ?? 0);
  const parent = all.find(({ ind }) => layer.parent !== undefined && ind === layer.parent);
  compare(to, `${where}, parent`, ours.parent?.name, parent?.nm);
  const transform = ours.property('ADBE Transform Group');
  for (const [key, matchName] of TRANSFORM) {
    const value = layer.ks[key];
    if (value === undefined || !(transform instanceof PropertyGroup)) continue;
    if (value.s === true) compareSeparated(to, where, transform, value);
    else compareProperty(to, `${where}, ${matchName}`, transform, matchName, value);
    const property = transform.property(matchName);
    const hasExpression = property?.kind === 'property' && property.expression !== null;
    compare(to, `${where}, ${matchName}, expression`, hasExpression, typeof value.x === 'string');
  }
  if (layer.tm) compareTimeRemap(to, `${where}, time remap`, ours, layer.tm);
  for (const { s: text, t: time } of layer.t?.d.k ?? []) if (time === 0) compareText(to, where, ours, text);
  const contents = ours.property('ADBE Root Vectors Group');
  if (layer.shapes && contents instanceof PropertyGroup) compareShapes(to, where, contents, layer.shapes);
}

function compareSeparated(to: Comparison, where: string, transform: PropertyGroup, { x, y }: BodymovinValue): void {
  const position = transform.property('ADBE Position');
  compare(to, `${where}, separated`, position?.kind === 'property' && position.dimensionsSeparated, true);
  if (typeof x === 'object') compareProperty(to, `${where}, x`, transform, 'ADBE Position_0', x);
  if (y !== undefined) compareProperty(to, `${where}, y`, transform, 'ADBE Position_1', y);
}

function compareTimeRemap(to: Comparison, where: string, ours: Layer, exported: BodymovinValue): void {
  const property = (name: string) => ours.property(name);
  const value = (name: string) => {
    const found = property(name);
    return found?.kind === 'property' ? found.value : null;
  };
  compareProperty(to, where, { property, value }, 'ADBE Time Remapping', exported);
}

function compareText(to: Comparison, where: string, ours: Layer, text: BodymovinText): void {
  const document = ours.textDocument;
  compare(to, `${where}, text`, document?.text, text.t);
  compare(to, `${where}, font`, document?.font, text.f);
  compare(to, `${where}, font size`, document?.fontSize, text.s);
  compare(to, `${where}, tracking`, document?.tracking, text.tr);
  compare(to, `${where}, justification`, document?.justification, JUSTIFICATIONS[text.j]);
  compare(to, `${where}, leading`, document?.leading ?? (document?.fontSize ?? 0) * 1.2, text.lh);
  compare(to, `${where}, fill colour`, document?.fillColor, text.fc);
  if (text.sc) compare(to, `${where}, stroke colour`, document?.strokeColor, text.sc);
  if (text.sw !== undefined) compare(to, `${where}, stroke width`, document?.strokeWidth, text.sw);
  compare(to, `${where}, box`, document?.boxText, text.sz !== undefined);
  if (text.sz) compare(to, `${where}, box size`, document?.boxTextSize, text.sz);
  if (text.ps) compare(to, `${where}, box position`, document?.boxTextPos, text.ps);
}
