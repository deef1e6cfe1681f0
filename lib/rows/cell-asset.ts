import { dirname } from 'node:path';
import type { AssetInput } from '../assets/asset.ts';
import { type FilesBeside, isRelativePath } from '../assets/files-beside.ts';
import type { ErrorCode } from '../errors.ts';
import { footageTypeOf } from '../template/batch-draft.ts';
import { cellValue, isFormulaError, type NumberStyle } from './cell-value.ts';
import type { ColumnUse } from './columns.ts';
import type { Cell } from './jsonl.ts';

/** What a cell puts into the template; nothing if it is left as it is; or why it cannot. */
type CellAsset = { asset: AssetInput; file?: string } | { left: true } | { code: ErrorCode; message: string };

/** What the cells of a row are read with. */
interface CellPlace {
  /** The template file. */
  template: string;
  files: FilesBeside;
  style: NumberStyle;
}

/** Makes an asset of a cell. An empty cell empties a text; anything else it leaves as the template has it. */
export function assetOf(use: ColumnUse, cell: Cell, place: CellPlace): CellAsset {
  if (isFormulaError(cell)) return wrong(`holds the error of a formula: ${String(cell).trim()}`);
  const isEmpty = typeof cell === 'string' && cell.trim() === '';
  if (use.kind === 'text')
    return Array.isArray(cell) ? wrong('holds a list, and the layer takes a text') : textAsset(use, cell);
  if (isEmpty) return { left: true };
  switch (use.kind) {
    case 'file':
      return fileAsset(use, cell, place);
    case 'unknown':
      return typeof cell === 'string' && MEDIA.test(cell.trim())
        ? fileAsset({ ...use, audio: false }, cell, place)
        : textAsset(use, cell);
    case 'property': {
      const read = cellValue(cell, use.takes, place.style);
      if ('fault' in read) return wrong(read.fault);
      return { asset: { type: 'data', ...use.target, property: use.property, value: read.value } };
    }
    case 'field': {
      const option = use.options?.find((name) => name === String(cell).trim());
      const read = option === undefined ? cellValue(cell, use.takes, place.style) : { value: option };
      if ('fault' in read) return wrong(read.fault);
      return { asset: { type: 'essential', layerName: use.field, value: read.value as string } };
    }
  }
}

/** A text that names a file of pictures, film or sound. */
const MEDIA =
  /\.(png|jpe?g|gif|webp|tiff?|psd|ai|svg|bmp|exr|mp4|m4v|mov|avi|webm|mkv|mxf|mpe?g|wav|mp3|m4a|aac|aiff?|ogg|flac)$/i;

function textAsset({ target }: { target: { layerName: string; composition?: string } }, cell: Cell): CellAsset {
  return { asset: { type: 'text', ...target, value: String(cell) } };
}

function fileAsset(
  { target, audio }: { target: { layerName: string; composition?: string }; audio: boolean },
  cell: Cell,
  { template, files }: CellPlace,
): CellAsset {
  if (typeof cell !== 'string') return wrong('names no file: the layer takes a picture, a film or a sound');
  const written = cell.trim();
  if (!isRelativePath(written)) return { asset: { type: kindOf(written, audio), ...target, src: written } };
  const folder = dirname(template);
  const found = files.find(written, folder);
  // A sheet of Windows, on another system.
  const other =
    'missing' in found && written.includes('\\') ? files.find(written.replaceAll('\\', '/'), folder) : found;
  if ('src' in other) {
    const src = other.src;
    return { asset: { type: kindOf(src, audio), ...target, src }, file: src };
  }
  // A sequence of pictures is named by a pattern, which the engine looks up.
  if (/\[[\d#-]+\]/.test(written)) return { asset: { type: 'image', ...target, src: other.missing.besideSheet } };
  const { near, besideSheet, besideTemplate } = other.missing;
  const places =
    besideTemplate === null || besideTemplate === besideSheet ? [besideSheet] : [besideSheet, besideTemplate];
  const advice = near === null ? `; it was looked for as ${places.join(' and ')}` : `; did you mean '${near}'?`;
  return { code: 'ASSET_NOT_FOUND', message: `'${written}' is not there${advice}` };
}

function kindOf(src: string, audio: boolean): 'image' | 'video' | 'audio' {
  if (audio) return 'audio';
  const type = /^data:(image|video|audio)\//i.exec(src)?.[1]?.toLowerCase();
  return type === undefined ? footageTypeOf(src) : (type as 'image' | 'video' | 'audio');
}

function wrong(message: string): CellAsset {
  return { code: 'VALIDATION_ERROR', message };
}
