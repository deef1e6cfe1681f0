import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { draftMapping, draftSheet } from '../../lib/rows/draft.ts';
import { readRows } from '../../lib/rows/sheet.ts';
import type { Draft } from '../../lib/template/batch-draft.ts';
import type { TemplateModel } from '../../lib/template/model.ts';
import { plain, print, style } from './print.ts';
import { mappingFileOf } from './sheet-file.ts';

/** What a sheet is begun from. */
interface SheetStart {
  /** The template file, absolute. */
  template: string;
  model: TemplateModel;
  composition: string;
  draft: Draft;
  /** Writes a file that is not there yet. */
  write: (file: string, content: string) => Promise<void>;
}

/**
 * Writes the mapping file of a sheet, for a person to look over; and the sheet itself if there is none, with a column for
 * each layer that can be replaced. Returns the headers that are not understood yet.
 */
export async function initRows(sheet: string, start: SheetStart): Promise<{ mapping: string; open: string[] }> {
  const { model, composition, template, draft } = start;
  const mapping = mappingFileOf(resolve(sheet));
  const isNew = !existsSync(sheet);
  const text = draftSheet(draft.assets);
  const headers = isNew ? [] : (await readRows(sheet)).columns;
  const columns = draftMapping(headers, { model, composition, assets: draft.assets });
  const src = relative(dirname(mapping), template).split(sep).join('/');
  const content = { template: src, composition, ...(isNew ? {} : { columns }) };
  await start.write(mapping, `${JSON.stringify(content, null, 2)}\n`);
  if (isNew) await start.write(resolve(sheet), text);
  return { mapping, open: Object.keys(columns).filter((header) => columns[header] === null) };
}

export function tellOfRows(sheet: string, { mapping, open }: { mapping: string; open: readonly string[] }): void {
  print(`${mapping}: what the headers of ${sheet} stand for. Next: aerender-batch check ${sheet}`);
  for (const header of open)
    print(`${style('yellow', '!')} ${plain(`column '${header}' is left out: name its layer in the mapping file`)}`);
}
