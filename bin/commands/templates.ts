import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { TEMPLATE_TYPES, type TemplateType } from '../../lib/contract/template.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import type { TemplateModel } from '../../lib/template/model.ts';
import { typesSource } from '../../lib/template/types-source.ts';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { examples } from '../terminal/help.ts';
import { print, printJson, printTable } from '../terminal/print.ts';
import { templateTree } from '../terminal/template-tree.ts';
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
    .description('Shows what is inside a template: compositions, layers, texts, fonts and footage.')
    .argument('<file or id>')
    .addHelpText('after', examples('templates show promo.aep', 'templates show promo.aep --json'))
    .action(async (fileOrId: string, _: unknown, command: Command) => {
      const { model } = await lookUp(fileOrId, command);
      if (globalOptions(command).json === true) return printJson(model);
      for (const line of templateTree(model)) print(line);
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

/** A template that is a file, or that was registered, with the name to call it by. */
async function lookUp(fileOrId: string, command: Command): Promise<{ name: string; model: TemplateModel }> {
  if (existsSync(fileOrId)) {
    return { name: basename(fileOrId), model: (await inspectTemplate(resolve(fileOrId))).model };
  }
  return await withEngine(globalOptions(command), 'look', async ({ templates }) => ({
    name: (await templates.get(fileOrId)).displayName,
    model: await templates.model(fileOrId),
  }));
}
