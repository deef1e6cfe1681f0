import { writeFile } from 'node:fs/promises';
import { resolveField } from '../assets/essential.ts';
import { compositionOf } from '../assets/layers.ts';
import { RenderError } from '../errors.ts';
import { MOST_BYTES, readRegularFile } from '../regular-file.ts';
import type { ScriptAsset } from '../script/build.ts';
import { inspectTemplate } from '../template/inspect.ts';
import type { TemplateModel } from '../template/model.ts';
import { decodeText } from '../text-encoding.ts';
import type { RenderAsset, RenderTask } from './messages.ts';

/** The copied assets as the script takes them: fields of a panel become properties, scripts of the job functions. */
export async function scriptAssets(
  { template }: Pick<RenderTask, 'template'>,
  composition: string | null,
  assets: readonly RenderAsset[],
): Promise<ScriptAsset[]> {
  let model: TemplateModel | null = null;
  const ready: ScriptAsset[] = [];
  for (const [index, asset] of assets.entries()) {
    if (asset.type === 'essential') {
      // Of an archive, the panel's names lie beside the project: the template itself is read, not the copy.
      model ??= (await inspectTemplate(template.path, template.type)).model;
      ready.push(field(model, composition, asset, index));
    } else {
      if (asset.type === 'script') await wrapScript(asset.src);
      ready.push(asset);
    }
  }
  return ready;
}

function field(
  model: TemplateModel,
  name: string | null,
  asset: RenderAsset & { type: 'essential' },
  index: number,
): ScriptAsset {
  const composition = compositionOf(model, name);
  if (composition === undefined)
    throw new RenderError('COMPOSITION_NOT_FOUND', `Composition '${name}' not found in the template.`);
  const resolved = resolveField(model, composition, asset);
  if ('fault' in resolved) throw new RenderError(resolved.fault.code, `assets[${index}]: ${resolved.fault.message}`);
  return { type: 'essential', field: asset.layerName, ...resolved };
}

/** What a compiled script begins with. */
const COMPILED = '@JSXBIN@';
/** By which ExtendScript knows UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Makes a copied script a function that is called at once, as nexrender does: its variables are its own, and it may
 * `return`. Its first line is then the second one. What is compiled or in another encoding is left as it is.
 */
async function wrapScript(path: string): Promise<void> {
  const code = decoded(await readRegularFile(path, { maxBytes: MOST_BYTES.script }));
  if (code === null || code.startsWith(COMPILED)) return;
  await writeFile(path, `${BYTE_ORDER_MARK}(function () {\n${code}\n}());\n`);
}

/** Without its byte order mark; null if it is in another encoding than UTF-8 or UTF-16. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return decodeText(bytes);
  } catch {
    return null;
  }
}
