import { compositionWithPanel, fieldId } from './panel-writer.ts';
import { folder, header } from './project-writer.ts';
import { list, writeRifx } from './rifx-writer.ts';

const layer = {
  ...{ sourceId: 0, parentId: 0, start: 0, in: 0, out: 4000, stretch: 1, switches: 1, blendingMode: 2, trackMatte: 0 },
  properties: [],
};
const transform = (matchName: string) => ['ADBE Transform Group', matchName];

/** A project whose first composition has a text, a shape and a panel with a field of each kind; "other" has no panel. */
export function panelProject(name = 'main'): Uint8Array {
  const size = { width: 400, height: 200, frameRate: 25, duration: 4000 };
  const layers = [
    { ...layer, id: 11, name: 'headline', layerClass: 3 },
    { ...layer, id: 12, name: 'box', layerClass: 4 },
  ];
  const text = ['ADBE Text Properties', 'ADBE Text Document'];
  const effect = (name: string) => ['ADBE Effect Parade', `ADBE ${name}`, `ADBE ${name}-0001`];
  const main = compositionWithPanel({ id: 5, name, ...size, layers }, [
    { id: 1, name: 'Words', type: 10, entries: [fieldId(2), fieldId(3)] },
    { id: 2, name: 'Title', type: 6, layerId: 11, path: text },
    { id: 3, name: 'v. 2', type: 6, layerId: 11, path: text },
    { id: 4, name: 'Shown', type: 1, layerId: 12, path: effect('Checkbox Control') },
    { id: 5, name: 'Style', type: 13, entries: ['plain', 'bold'], layerId: 12, path: effect('Dropdown Control') },
    { id: 6, name: 'Colour', type: 4, layerId: 12, path: effect('Color Control') },
    { id: 7, name: 'Place', type: 5, layerId: 12, path: transform('ADBE Position') },
    { id: 8, name: 'Opacity', type: 2, layerId: 12, path: transform('ADBE Opacity') },
    { id: 9, name: 'Logo', type: 14, layerId: 12, path: ['ADBE Source Options Group', 'ADBE Layer Source Alternate'] },
    { id: 10, name: 'Note', type: 8 },
  ]);
  const other = compositionWithPanel({ id: 6, name: 'other', ...size, layers }, []);
  return writeRifx([...header(), list('Fold', [main, other, folder(7, 'empty', [])])]);
}
