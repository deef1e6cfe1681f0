import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { pathOfSource } from '../../lib/assets/files-beside.ts';
import { suggestNames } from '../../lib/contract/faults.ts';
import { TEMPLATE_ID } from '../../lib/contract/fields.ts';
import { TEMPLATE_TYPES, type TemplateType } from '../../lib/contract/formats.ts';
import { EngineError } from '../../lib/errors.ts';
import { type PictureDifference, pictureDifferences } from '../../lib/plan/check-template.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import type { TemplateComposition, TemplateModel } from '../../lib/template/model.ts';
import { reading, typeOf } from '../../lib/template/open-template.ts';
import { typesSource } from '../../lib/template/types-source.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { plain, print, printJson, printTable, style } from '../terminal/print.ts';
import { templateTree } from '../terminal/template-tree.ts';
import { asOnCommandLine } from '../terminal/words.ts';
import { templatesExportCommand } from './templates-export.ts';

export function templatesCommand(): Command {
  const templates = new Command('templates').description('Registers templates, so that jobs can name them by id.');
  templates.addHelpText('after', examples('templates add promo.aep', 'templates show promo.aep'));
  templates
    .command('add')
    .description('Reads a template file and registers it where it lies.')
    .argument('<file>')
    .option('--name <name>', 'the name to show; the file name where left out')
    .addOption(new Option('--type <type>', 'the file tells where left out').choices(TEMPLATE_TYPES))
    .addHelpText('after', examples('templates add promo.aep --name "Spring promo"'))
    .action(async (src: string, own: { name?: string; type?: TemplateType }, command: Command) => {
      const options = globalOptions(command);
      // A wrong file leaves no database behind.
      const path = pathOfSource(src);
      if (path !== null) await reading(path, () => typeOf(path));
      const template = await withEngine(options, 'keep', (engine) =>
        engine.templates.add({ src, type: own.type, displayName: own.name }),
      );
      if (options.json === true) return printJson(template);
      print(
        `${template.id}  ${template.displayName} (${template.type}), compositions: ${template.compositions.join(', ')}`,
      );
    });
  templates
    .command('list')
    .description('Lists the templates.')
    .addHelpText('after', examples('templates list'))
    .action(async (_: unknown, command: Command) => {
      const options = globalOptions(command);
      const all = await withEngine(options, 'look', (engine) => engine.templates.list());
      if (options.json === true) return printJson(all);
      if (all.length === 0) return print('No templates yet. Register one with: aerender-batch templates add <file>');
      printTable(
        all.map(({ id, type, displayName, compositions }) => [id, type, displayName, compositions.join(', ')]),
      );
    });
  templates
    .command('show')
    .description('Shows what is inside a template, and what of it the bundled renderer would draw otherwise.')
    .argument('<file or id>')
    .option('--composition <name>', 'the one whose picture is looked at; by default the main one')
    .addHelpText(
      'after',
      `${examples('templates show promo.aep', 'templates show promo.aep --composition main --json')}\nExits with 1 if the bundled renderer would draw something visibly wrong.\n`,
    )
    .action(async (fileOrId: string, own: { composition?: string }, command: Command) => {
      const { model } = await lookUp(fileOrId, command);
      const differences = pictureDifferences(model, lookedAt(model, own.composition));
      if (globalOptions(command).json === true) printJson({ ...model, differences });
      else {
        for (const line of templateTree(model)) print(line);
        printDifferences(differences);
      }
      if (differences.some(({ visible }) => visible)) process.exitCode = 1;
    });
  templates
    .command('types')
    .description(
      "Writes TypeScript types of a template's compositions and layers, so that a misspelt layer does not compile.",
    )
    .argument('<file or id>')
    .addHelpText('after', examples('templates types promo.aep > promo.types.ts'))
    .action(async (fileOrId: string, _: unknown, command: Command) => {
      const { name, model } = await lookUp(fileOrId, command);
      process.stdout.write(typesSource(model, name));
    });
  templates.addCommand(templatesExportCommand());
  templates
    .command('remove')
    .description('Forgets a template; its file stays.')
    .argument('<templateId>')
    .addHelpText('after', examples('templates remove 01JD0M5A7Z8QKXW3T9V2B4C6ED'))
    .action(async (id: string, _: unknown, command: Command) => {
      const options = globalOptions(command);
      await withEngine(options, 'look', (engine) => engine.templates.remove(id));
      if (options.json === true) printJson({ id, removed: true });
      else print(`Removed ${id}.`);
    });
  return templates;
}

/** Null for a template without a main composition: then all of them are. */
function lookedAt(model: TemplateModel, name: string | undefined): TemplateComposition | null {
  const wanted = name ?? model.mainComposition;
  const found = model.compositions.find((composition) => composition.name === wanted);
  if (found !== undefined) return found;
  if (name === undefined) return null;
  const names = model.compositions.map((composition) => composition.name);
  throw new EngineError('COMPOSITION_NOT_FOUND', `Composition '${name}' not found; ${suggestNames(name, names)}`);
}

function printDifferences(differences: readonly PictureDifference[]): void {
  if (differences.length === 0) return;
  print('what the bundled renderer would draw otherwise than After Effects');
  for (const { message, visible } of differences)
    print(`${visible ? style('yellow', '!') : '-'} ${plain(asOnCommandLine(message))}`);
}

/** A template that is a file, or that was registered, with the name to call it by. */
async function lookUp(fileOrId: string, command: Command): Promise<{ name: string; model: TemplateModel }> {
  // What is no id was meant as a file, which may be missing.
  if (existsSync(fileOrId) || !TEMPLATE_ID.test(fileOrId)) {
    return { name: basename(fileOrId), model: (await inspectTemplate(resolve(fileOrId))).model };
  }
  return await withEngine(globalOptions(command), 'look', async ({ templates }) => ({
    name: (await templates.get(fileOrId)).displayName,
    model: await templates.model(fileOrId),
  }));
}
