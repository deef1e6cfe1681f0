import { basename, extname, resolve } from 'node:path';
import { Command } from 'commander';
import { type Difference, differenceSentence } from '../../lib/aep-to-lottie/index.ts';
import { ValidationError } from '../../lib/errors.ts';
import { exportLottie } from '../../lib/template/export-lottie.ts';
import { globalOptions } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { plain, print, printJson, style } from '../terminal/print.ts';

/** More differences than this are counted, not listed; `--json` has them all. */
const MOST_SHOWN = 20;

export function templatesExportCommand(): Command {
  return new Command('export')
    .description('Writes a composition of a project as a Lottie document, without After Effects.')
    .argument('<file>', 'an .aep, .aepx, .mogrt or .zip')
    .argument('[out]', 'a .json, with its pictures in images/ beside it, or a .lottie; by default <file>.json')
    .option(
      '--composition <name>',
      'by default the one of the Essential Graphics panel, or the one that no other shows',
    )
    .addHelpText(
      'after',
      examples('templates export promo.aep promo.json --composition main', 'templates export promo.aep promo.lottie'),
    )
    .action(async (file: string, out: string | undefined, own: { composition?: string }, command: Command) => {
      const target = resolve(out ?? `${basename(file, extname(file))}.json`);
      if (!['.json', '.lottie'].includes(extname(target).toLowerCase())) {
        const message = `The output ${target} must be a .json or a .lottie file`;
        throw new ValidationError(message, [{ field: 'out', message }]);
      }
      const exported = await exportLottie(resolve(file), target, own);
      if (globalOptions(command).json === true) return printJson({ out: target, ...exported });
      print(`Wrote '${plain(exported.composition)}' to ${target}.`);
      for (const path of exported.missing) print(warning(`The file ${plain(path)} is not on this machine.`));
      printDifferences(exported.differences);
    });
}

function printDifferences(differences: readonly Difference[]): void {
  for (const difference of differences.slice(0, MOST_SHOWN)) print(warning(plain(differenceSentence(difference))));
  const more = differences.length - MOST_SHOWN;
  if (more > 0) print(`  and ${more} more; --json lists them all.`);
}

function warning(text: string): string {
  return `  ${style('yellow', '!')} ${text}`;
}
