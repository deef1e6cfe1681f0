import { Command } from 'commander';
import { pathOfSource } from '../../lib/assets/files-beside.ts';
import { readFontFaces } from '../../lib/fonts/font-file.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson, printTable } from '../terminal/print.ts';

export function fontsCommand(): Command {
  const fonts = new Command('fonts').description('Keeps fonts for the jobs that need them, whatever the machine has.');
  fonts.addHelpText('after', examples('fonts add Roboto-Black.ttf', 'fonts list'));
  fonts
    .command('add')
    .description('Copies font files (.ttf, .otf, .ttc, .otc) into the library.')
    .argument('<file...>')
    .addHelpText('after', examples('fonts add Roboto-Black.ttf Roboto-Regular.ttf'))
    .action(async (files: string[], _: unknown, command: Command) => {
      const options = globalOptions(command);
      // A wrong file leaves no database behind.
      for (const path of files.map(pathOfSource)) if (path !== null) await readFontFaces(path);
      const added = await withEngine(options, 'keep', async (engine) => {
        const answers = [];
        for (const src of files) answers.push(await engine.fonts.add({ src }));
        return answers;
      });
      if (options.json === true) return printJson(added);
      printTable(added.map(({ id, familyName, fileName }) => [id, familyName, fileName]));
    });
  fonts
    .command('list')
    .description('Lists the fonts of the library.')
    .addHelpText('after', examples('fonts list'))
    .action(async (_: unknown, command: Command) => {
      const options = globalOptions(command);
      const all = await withEngine(options, 'look', (engine) => engine.fonts.list());
      if (options.json === true) return printJson(all);
      if (all.length === 0) return print('No fonts yet. Add one with: aerender-batch fonts add <file>');
      printTable(all.map(({ id, familyName, fileName }) => [id, familyName, fileName]));
    });
  fonts
    .command('remove')
    .description('Takes a font out of the library.')
    .argument('<fontId>')
    .addHelpText('after', examples('fonts remove 01JD0M5A7Z8QKXW3T9V2B4C6ED'))
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      await withEngine(options, 'look', (engine) => engine.fonts.remove(id));
      if (options.json === true) printJson({ id, removed: true });
      else print(`Removed ${id}.`);
    });
  return fonts;
}
