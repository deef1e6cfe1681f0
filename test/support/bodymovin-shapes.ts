import { PropertyGroup } from '../../lib/aep/property-group.ts';
import type { BodymovinShape, BodymovinValue } from './bodymovin-document.ts';
import { type Comparison, compare, compareProperty } from './bodymovin-values.ts';

/** For each kind of item, its match name and the match names of the properties under the keys of the export. */
const ITEMS: Readonly<Record<string, { matchName: string; keys: Readonly<Record<string, string>> }>> = {
  rc: {
    matchName: 'ADBE Vector Shape - Rect',
    keys: { s: 'ADBE Vector Rect Size', p: 'ADBE Vector Rect Position', r: 'ADBE Vector Rect Roundness' },
  },
  el: {
    matchName: 'ADBE Vector Shape - Ellipse',
    keys: { s: 'ADBE Vector Ellipse Size', p: 'ADBE Vector Ellipse Position' },
  },
  sr: {
    matchName: 'ADBE Vector Shape - Star',
    keys: {
      sy: 'ADBE Vector Star Type',
      pt: 'ADBE Vector Star Points',
      p: 'ADBE Vector Star Position',
      r: 'ADBE Vector Star Rotation',
      ir: 'ADBE Vector Star Inner Radius',
      or: 'ADBE Vector Star Outer Radius',
    },
  },
  sh: { matchName: 'ADBE Vector Shape - Group', keys: { ks: 'ADBE Vector Shape' } },
  fl: {
    matchName: 'ADBE Vector Graphic - Fill',
    keys: { c: 'ADBE Vector Fill Color', o: 'ADBE Vector Fill Opacity', r: 'ADBE Vector Fill Rule' },
  },
  st: {
    matchName: 'ADBE Vector Graphic - Stroke',
    keys: {
      c: 'ADBE Vector Stroke Color',
      o: 'ADBE Vector Stroke Opacity',
      w: 'ADBE Vector Stroke Width',
      lc: 'ADBE Vector Stroke Line Cap',
      lj: 'ADBE Vector Stroke Line Join',
    },
  },
  gf: {
    matchName: 'ADBE Vector Graphic - G-Fill',
    keys: {
      o: 'ADBE Vector Fill Opacity',
      s: 'ADBE Vector Grad Start Pt',
      e: 'ADBE Vector Grad End Pt',
      t: 'ADBE Vector Grad Type',
    },
  },
  gs: {
    matchName: 'ADBE Vector Graphic - G-Stroke',
    keys: {
      o: 'ADBE Vector Stroke Opacity',
      w: 'ADBE Vector Stroke Width',
      s: 'ADBE Vector Grad Start Pt',
      e: 'ADBE Vector Grad End Pt',
      t: 'ADBE Vector Grad Type',
    },
  },
  tm: {
    matchName: 'ADBE Vector Filter - Trim',
    keys: { s: 'ADBE Vector Trim Start', e: 'ADBE Vector Trim End', o: 'ADBE Vector Trim Offset' },
  },
  rp: {
    matchName: 'ADBE Vector Filter - Repeater',
    keys: { c: 'ADBE Vector Repeater Copies', o: 'ADBE Vector Repeater Offset' },
  },
  rd: { matchName: 'ADBE Vector Filter - RC', keys: { r: 'ADBE Vector RoundCorner Radius' } },
  mm: { matchName: 'ADBE Vector Filter - Merge', keys: { mm: 'ADBE Vector Merge Type' } },
  tr: {
    matchName: 'ADBE Vector Transform Group',
    keys: {
      p: 'ADBE Vector Position',
      a: 'ADBE Vector Anchor',
      s: 'ADBE Vector Scale',
      r: 'ADBE Vector Rotation',
      o: 'ADBE Vector Group Opacity',
      sk: 'ADBE Vector Skew',
      sa: 'ADBE Vector Skew Axis',
    },
  },
};

/** Compares the contents of a shape layer or of a group in it; the export has a group's transform as its last item. */
export function compareShapes(
  to: Comparison,
  where: string,
  contents: PropertyGroup,
  exported: readonly BodymovinShape[],
): void {
  // Old exports leave out what is switched off; newer ones have it, with `hd`.
  const isWhole = exported.some((item) => item.hd === true);
  const groups = contents.properties().filter((child) => child instanceof PropertyGroup);
  const ours = groups.filter((group) => isWhole || group.enabled);
  const items = exported.filter(({ ty }) => ty !== 'tr');
  compare(to, `${where}, number of items`, ours.length, items.length);
  for (const [at, item] of items.entries()) {
    const group = ours[at];
    if (group === undefined) continue;
    const place = `${where} > ${group.name}`;
    if (item.nm !== undefined && hasOwnName(group)) compare(to, `${place}, name`, group.name, item.nm);
    if (item.ty === 'gr') compareGroup(to, place, group, item);
    else compareItem(to, place, group, item);
  }
}

/** After Effects numbers the items that the user did not name ("Fill 1"); those names are not in the file. */
function hasOwnName(group: PropertyGroup): boolean {
  return group.ownName !== '';
}

function compareGroup(to: Comparison, where: string, group: PropertyGroup, item: BodymovinShape): void {
  compare(to, `${where}, kind`, group.matchName, 'ADBE Vector Group');
  const contents = group.property('ADBE Vectors Group');
  const transform = group.property('ADBE Vector Transform Group');
  const exported = item.it?.find(({ ty }) => ty === 'tr');
  if (contents instanceof PropertyGroup) compareShapes(to, where, contents, item.it ?? []);
  if (transform instanceof PropertyGroup && exported) compareItem(to, `${where}, tr`, transform, exported);
}

function compareItem(to: Comparison, where: string, group: PropertyGroup, item: BodymovinShape): void {
  const known = ITEMS[item.ty];
  compare(to, `${where}, kind`, group.matchName, known?.matchName);
  if (item.ty === 'gf' || item.ty === 'gs') compareGradient(to, `${where}, colours`, group, item.g);
  for (const [key, matchName] of Object.entries(known?.keys ?? {})) {
    const value = item[key];
    if (typeof value === 'number') compare(to, `${where}, ${matchName}`, group.value(matchName), value);
    else if (isValue(value)) compareProperty(to, `${where}, ${matchName}`, group, matchName, value);
  }
}

/** `g.p` colours as offset, red, green, blue, with one in the middle for each midpoint that is not there in the file. */
function compareGradient(to: Comparison, where: string, group: PropertyGroup, exported: unknown): void {
  if (typeof exported !== 'object' || exported === null || !('k' in exported) || !isValue(exported.k)) return;
  const gradient = group.value('ADBE Vector Grad Colors');
  if (gradient === null || typeof gradient !== 'object' || !('kind' in gradient) || gradient.kind !== 'gradient') {
    to.differences.push(`${where}: not a gradient`);
    return;
  }
  const numbers = [exported.k.k].flat().map(Number);
  const [first, last] = [gradient.colorStops[0], gradient.colorStops.at(-1)];
  const colors = 'p' in exported ? Number(exported.p) * 4 : 0;
  compare(to, `${where}, first stop`, [first?.offset, ...(first?.color ?? [])], numbers.slice(0, 4));
  compare(to, `${where}, last stop`, [last?.offset, ...(last?.color ?? [])], numbers.slice(colors - 4, colors));
}

function isValue(value: unknown): value is BodymovinValue {
  return typeof value === 'object' && value !== null && 'k' in value;
}
