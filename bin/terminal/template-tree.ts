import type {
  Color,
  TemplateComposition,
  TemplateFootage,
  TemplateLayer,
  TemplateModel,
} from '../../lib/template/model.ts';
import { plain, style } from './print.ts';

/** A template as a tree of lines: compositions, their layers with kinds, texts and effects, fields, fonts and footage. */
export function templateTree(model: TemplateModel): string[] {
  return [
    ...(model.writtenBy === null ? [] : [`written by ${plain(model.writtenBy)}`]),
    ...(model.complete ? [] : [`${style('yellow', '!')} not all of it could be read; jobs are not checked against it`]),
    ...model.warnings.map((warning) => `${style('yellow', '!')} ${plain(warning)}`),
    ...model.compositions.flatMap((composition) => [
      `${style('green', plain(composition.name))}  ${factsOf(composition, model)}`,
      ...branches(composition.layers.map((layer) => layerLine(layer, model))),
      ...section(
        'fields of the Essential Graphics panel',
        composition.controls.map(({ name, type, value }) =>
          value === undefined ? `${name}  [${type}]` : `${name}  [${type}] ${JSON.stringify(value)}`,
        ),
      ),
    ]),
    ...section(
      'fonts',
      model.fonts.map(({ family, style: face }) => `${family} ${face}`.trim()),
    ),
    ...section('footage', model.footage.filter(({ kind }) => kind !== 'solid').map(footageLine)),
  ];
}

function factsOf(
  { name, folder, width, height, frameRate, frames }: TemplateComposition,
  model: TemplateModel,
): string {
  const facts = `${width} x ${height}, ${frames} frames at ${Number(frameRate.toFixed(3))}`;
  const where = folder.length === 0 ? '' : `, in ${plain(folder.join('/'))}`;
  return `${facts}${where}${name === model.mainComposition ? ', the main composition' : ''}`;
}

function layerLine(layer: TemplateLayer, model: TemplateModel): string {
  const effects = layer.effects.length === 0 ? '' : `  effects: ${layer.effects.map(({ name }) => name).join(', ')}`;
  const off = layer.switches.includes('visible') ? '' : '  (off)';
  return `${layer.index} ${layer.name}  [${layer.kind}]${shown(layer, model)}${effects}${off}`;
}

/** What a layer shows: its words and their font, its colour, or the name of its source where it has one of its own. */
function shown({ name, kind, text, source, sourceId }: TemplateLayer, { footage }: TemplateModel): string {
  if (text !== undefined) return ` ${JSON.stringify(text.text)}  ${text.font} ${Number(text.size.toFixed(2))} px`;
  const solid = kind === 'solid' ? footage.find(({ id }) => id === sourceId)?.color : undefined;
  if (solid !== undefined) return ` ${hex(solid)}`;
  return source === null || source === name ? '' : ` → ${source}`;
}

function hex(color: Color): string {
  return `#${color
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function footageLine({ name, path, width, height }: TemplateFootage): string {
  const size = width === 0 ? '' : `  ${width} x ${height}`;
  return `${name}${size}${path === null || path === name ? '' : `  (${path})`}`;
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [title, ...branches(lines)];
}

/** Names come from the file: nothing in them may reach a terminal as a command. */
function branches(lines: string[]): string[] {
  return lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${plain(line)}`);
}
