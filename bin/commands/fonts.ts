import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { print, printJson, printTable } from '../terminal/print.ts';

export function fontsCommand(): Command {
  const fonts = new Command('fonts').description('Keeps fonts for the jobs that need them, whatever the machine has.');
  fonts
    .command('add')
    .description('Copies font files (.ttf, .otf, .ttc, .otc) into the library.')
    .argument('<file...>')
    .action(async (files: string[], _: unknown, command: Command) => {
      const options = globalOptions(command);
      const added = await withEngine(options, {}, async (engine) => {
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
    .action(async (_: unknown, command: Command) => {
      const options = globalOptions(command);
      const all = await withEngine(options, {}, (engine) => engine.fonts.list());
      if (options.json === true) return printJson(all);
      if (all.length === 0) return print('No fonts yet. Add one with: aerender-batch fonts add <file>');
      printTable(all.map(({ id, familyName, fileName }) => [id, familyName, fileName]));
    });
  fonts
    .command('remove')
    .description('Takes a font out of the library.')
    .argument('<fontId>')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      await withEngine(options, {}, (engine) => engine.fonts.remove(id));
      if (options.json === true) printJson({ id, removed: true });
      else print(`Removed ${id}.`);
    });
  return fonts;
}
