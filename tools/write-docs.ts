/**
 * Writes the parts of the guide that the code itself says best: options, events, codecs, commands. They stand between two
 * marks of a page; all else of it is written by hand. Run it when one of them has changed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { createProgram } from '../bin/commands/program.ts';
import { SETTINGS } from '../bin/terminal/settings.ts';
import { MOST_WORKERS, readOptions } from '../lib/config.ts';
import { CODECS } from '../lib/contract/formats.ts';
import { EVENT_NAMES } from '../lib/events/events.ts';
import { membersOf } from './read-interfaces.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The options of `BatchEngine.open`, those of `aerender` and `bundled` under their path, with the default of each. */
async function options(): Promise<string> {
  const source = await readFile('lib/config.ts', 'utf8');
  const config = readOptions({ database: 'renders.db', outputDir: 'renders', workers: MOST_WORKERS });
  const nested: Record<string, string> = {
    aerender: 'AerenderOptions',
    'aerender.timeouts': 'TimeoutOptions',
    bundled: 'BundledOptions',
  };
  const rowsOf = (name: string, path: string): string[][] =>
    membersOf(source, name).flatMap(({ key, type, optional, words }) => {
      const field = path + key;
      const inner = nested[field];
      if (inner !== undefined) return rowsOf(inner, `${field}.`);
      return [[`\`${field}\``, `\`${type}\``, optional ? defaultOf(config, field) : 'is required', words]];
    });
  return table(['option', 'type', 'default', 'what it does'], rowsOf('EngineOptions', ''));
}

/** Those that depend on the machine or on other options are said in words beside them. */
function defaultOf(config: object, field: string): string {
  if (field === 'workers') return 'by cores and memory';
  const value = field.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], config);
  if (value === undefined || typeof value === 'function') return '';
  if (value === null) return field.startsWith('aerender.timeouts') ? 'off' : '';
  const empty = typeof value === 'object' && Object.keys(value).length === 0;
  return empty ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** Every event with its payload; what events have in common stands in rows of its own. */
async function events(): Promise<string> {
  const source = await readFile('lib/events/events.ts', 'utf8');
  const members = membersOf(source, 'EngineEvents');
  const rows = EVENT_NAMES.map((name) => {
    const member = members.find(({ key }) => key === `'${name}'`);
    if (member === undefined) throw new Error(`The event ${name} has no payload in lib/events/events.ts.`);
    return [`\`${name}\``, payloadOf(member.type), member.words];
  });
  const shared = ['JobEvent', 'JobStateEvent', 'JobProgressEvent', 'JobWebhookEvent'].map((name) => {
    const fields = membersOf(source, name).map(
      ({ key, type, words }) => `\`${key}: ${type}\`${words === '' ? '' : ` (${words})`}`,
    );
    const base = new RegExp(`interface ${name} extends (\\w+)`).exec(source)?.[1];
    return [`\`${name}\``, `${base === undefined ? '' : `\`${base}\`, and `}${fields.join('; ')}`];
  });
  return `${table(['event', 'payload', 'when'], rows)}\n\n${table(['in payloads', 'fields'], shared)}`;
}

function payloadOf(type: string): string {
  return type === 'Record<string, never>' ? 'an empty object' : `\`${type}\``;
}

function codecs(): string {
  const rows = CODECS.map(({ id, type, family, extension, alpha, rate }) => [
    `\`${id}\``,
    type,
    `${FAMILIES[family]}${rate === undefined ? '' : `, ${rate.mode === 'vbr' ? 'variable' : 'constant'} rate, ${rate.mbps} Mbit/s`}`,
    `.${extension}`,
    alpha ? 'yes' : 'no',
  ]);
  return table(['codec', 'type', 'what it is', 'file', 'transparency'], rows);
}

const FAMILIES: Record<(typeof CODECS)[number]['family'], string> = {
  h264: 'H.264 in MP4',
  prores_422: 'Apple ProRes 422 in QuickTime',
  prores_4444: 'Apple ProRes 4444 in QuickTime',
  png: 'PNG',
  jpeg: 'JPEG',
};

/** The options that can be given outside of a config file, each as a flag (if it has one) and as a variable. */
function settings(): string {
  const flags = new Map(createProgram().options.map((option) => [option.long, option.flags]));
  const rows = SETTINGS.map(({ field, flag, variable, isList }) => {
    const written = flag === undefined ? undefined : flags.get(flag.name);
    if (flag !== undefined && written === undefined) throw new Error(`The program has no option ${flag.name}.`);
    const [repeated, parted] = isList ? [', repeated', ', parted as in `PATH`'] : ['', ''];
    return [
      `\`${field}\``,
      written === undefined ? '' : `\`${written}\`${repeated}`,
      `\`${variable}\`${parted}${field.startsWith('aerender.timeouts.') ? ': seconds, or `off`' : ''}`,
    ];
  });
  return table(['option', 'flag', 'variable'], rows);
}

/** Every command with its arguments and options, as the program itself says them. */
function commands(): string {
  const program = createProgram();
  const own = leaves(program).map(({ path, command }) => {
    const usage = [
      path,
      ...command.registeredArguments.map(
        (argument) =>
          `${argument.required ? '<' : '['}${argument.name()}${argument.variadic ? '...' : ''}${argument.required ? '>' : ']'}`,
      ),
    ].join(' ');
    const flags = command.options.map(({ flags: name, description }) => `- \`${name}\`: ${description}`);
    return [`### \`${usage}\``, command.description(), ...(flags.length === 0 ? [] : [flags.join('\n')])].join('\n\n');
  });
  const common = program.options.map(({ flags, description }) => `- \`${flags}\`: ${description}`);
  return [...own, '### Options of every command', common.join('\n')].join('\n\n');
}

function leaves(command: Command, path = ''): { path: string; command: Command }[] {
  const here = `${path} ${command.name()}`.trim();
  const below = command.commands.filter((one) => one.name() !== 'help');
  return below.length === 0 ? [{ path: here, command }] : below.flatMap((one) => leaves(one, here));
}

async function write(page: string, part: string, text: string): Promise<void> {
  const path = `docs/${page}.md`;
  const before = await readFile(path, 'utf8');
  const [begin, end] = [`<!-- made by tools/write-docs.ts: ${part} -->\n`, `\n<!-- end of ${part} -->`];
  const [head, rest] = before.split(begin);
  const tail = rest?.split(end)[1];
  if (head === undefined || tail === undefined) throw new Error(`${path} has no place for ${part}.`);
  await writeFile(path, head + begin + text + end + tail);
}

await write('options', 'options', await options());
await write('events', 'events', await events());
await write('outputs', 'codecs', codecs());
await write('command-line', 'settings', settings());
await write('command-line', 'commands', commands());
