import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { Command } from 'commander';
import { suggestNames } from '../../lib/contract/faults.ts';
import { EngineError, ValidationError } from '../../lib/errors.ts';
import { type Draft, draftAssets } from '../../lib/template/batch-draft.ts';
import { compositionOf } from '../../lib/template/composition.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import { globalOptions } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { initRows, tellOfRows } from '../terminal/init-rows.ts';
import { plain, print, printJson, style } from '../terminal/print.ts';

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Writes a batch file with one job that names every replaceable layer of a template with its present value.',
    )
    .argument('<template>')
    .argument('[batch.json]', 'where it is written', 'batch.json')
    .option('--composition <name>', 'the composition to render; the main one where left out')
    .option('--rows <names.csv>', 'write the mapping file of a sheet instead, and the sheet if there is none')
    .addHelpText(
      'after',
      examples(
        'init promo.aep',
        'init promo.aep promo.batch.json --composition "Main 16:9"',
        'init promo.aep --rows names.csv',
      ),
    )
    .action(async (template: string, file: string, own: { composition?: string; rows?: string }, command: Command) => {
      const path = resolve(template);
      const { model } = await inspectTemplate(path);
      const composition = compositionOf(model, own.composition ?? null);
      if (composition === undefined) {
        const names = suggestNames(
          own.composition ?? '',
          model.compositions.map(({ name }) => name),
        );
        throw new EngineError('COMPOSITION_NOT_FOUND', `The template has no such composition; ${names}`);
      }
      // After Effects keeps whole paths, a Lottie document such as are relative to it: both start from its folder.
      const draft = draftAssets(model, composition, (src) => existsSync(resolve(dirname(path), src)));
      if (own.rows !== undefined) {
        const start = { template: path, model, composition: composition.name, draft, write: writeNew };
        const written = await initRows(own.rows, start);
        if (globalOptions(command).json === true) printJson({ sheet: resolve(own.rows), ...written });
        else tellOfRows(own.rows, written);
        return;
      }
      const batch = {
        jobs: [
          {
            template: {
              id: basename(path, extname(path)),
              src: relative(dirname(resolve(file)), path)
                .split(sep)
                .join('/'),
              composition: composition.name,
            },
            assets: draft.assets,
          },
        ],
      };
      await writeNew(resolve(file), `${JSON.stringify(batch, null, 2)}\n`);
      if (globalOptions(command).json === true) printJson({ file: resolve(file), ...draft });
      else tell(file, draft);
    });
}

/** A batch file or a sheet is the user's work: one that is there is never written over. */
async function writeNew(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    const message = `${file} is there already; name another file, or remove it`;
    throw new ValidationError(message, [{ field: 'batch.json', message }]);
  }
}

function tell(file: string, { assets, left }: Draft): void {
  print(`${file}: one job with ${assets.length} assets. Next: aerender-batch check ${file}`);
  for (const { layerName, composition, path } of left) {
    const reason = path === null ? 'its picture lies inside of the template' : `${path} is not here`;
    print(`${style('yellow', '!')} left out: ${plain(`layer '${layerName}' of '${composition}'; ${reason}`)}`);
  }
}
