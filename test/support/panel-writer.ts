import { composition } from './project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk } from './rifx-writer.ts';

/** A field, or a group of fields, of a written Essential Graphics panel. */
export interface WrittenField {
  /** The last digits of its id. */
  id: number;
  name: string;
  /** As in lib/aep/essential-graphics.ts: 1 checkbox, 4 colour, 6 text, 10 group, 13 menu, 14 media. */
  type: number;
  /** The entries of a menu, or the ids of a group's members. */
  entries?: string[];
  /** Left out, that of the panel. */
  compId?: number;
  layerId?: number;
  path?: string[];
}

export function fieldId(id: number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

/** A composition with a panel. */
export function compositionWithPanel(
  comp: Parameters<typeof composition>[0],
  written: readonly WrittenField[],
): WrittenChunk {
  const item = composition(comp);
  const panel = list('CIF3', [
    list('CpS2', [utf8('Panel')]),
    ...written.map((field) => control({ compId: comp.id, ...field })),
  ]);
  return { ...item, children: [...(item.children ?? []), panel] };
}

function control(field: WrittenField & { compId: number }): WrittenChunk {
  const { compId, id, name, type, entries, layerId, path = [] } = field;
  const number = (value: number) => [...fields(4, [[0, 'uint32', value]])];
  const steps = Object.fromEntries(path.map((matchName, at) => [at, { index: 0xffffffff, matchName }]));
  const target = layerId === undefined ? [] : [chunk('CCId', number(compId)), chunk('CLId', number(layerId))];
  return list('CCtl', [
    list('CpS2', [utf8(name)]),
    utf8(fieldId(id)),
    chunk('CTyp', number(type)),
    ...(entries === undefined ? [] : [list('StVc', entries.map(utf8))]),
    ...(target.length === 0 ? [] : [list('CPrp', [...target, utf8(JSON.stringify(steps))])]),
  ]);
}
