import { stringify } from 'csv-stringify/sync';
import { nearestName } from '../contract/faults.ts';
import type { DraftAsset } from '../template/batch-draft.ts';
import type { TemplateModel } from '../template/model.ts';
import { columnUse, isOwnColumn } from './columns.ts';

/** The header of a column that sets what an asset sets. */
function headerOf({ layerName, composition }: DraftAsset): string {
  return composition === undefined ? layerName : `${composition}/${layerName}`;
}

/** A sheet with a column for each asset, and one row with what the template shows now. */
export function draftSheet(assets: readonly DraftAsset[]): string {
  const values = assets.map((asset) => (asset.type === 'text' ? asset.value : asset.src));
  const rows = [assets.map(headerOf), values];
  return `\ufeff${stringify(rows, { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })}`;
}

/**
 * What the headers of a sheet stand for, as far as the template shows it: themselves, the layer with nearly the same name,
 * or nothing (null), for a person to fill in.
 */
export function draftMapping(
  headers: readonly string[],
  { model, composition, assets }: { model: TemplateModel; composition: string; assets: readonly DraftAsset[] },
): Record<string, string | null> {
  const names = assets.map(headerOf);
  return Object.fromEntries(
    headers.map((header) => {
      const isMeant =
        isOwnColumn(header) || header.startsWith('#') || !('code' in columnUse(model, composition, header));
      return [header, isMeant ? header : (nearestName(header, names) ?? null)];
    }),
  );
}
