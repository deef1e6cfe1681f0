import type { TemplateLayer, TemplateModel } from '../../lib/template/model.ts';
import { plain, style } from './print.ts';

/** A template as a tree of lines: compositions, their layers with kinds and texts, fonts and footage. */
export function templateTree(model: TemplateModel): string[] {
  return [
    ...(model.writtenBy === null ? [] : [`written by ${model.writtenBy}`]),
    ...model.warnings.map((warning) => `${style('yellow', '!')} ${warning}`),
    ...model.compositions.flatMap(({ name, width, height, frameRate, frames, layers }) => [
      `${style('green', plain(name))}  ${width} x ${height}, ${frames} frames at ${Number(frameRate.toFixed(3))}${name === model.mainComposition ? ', the main composition' : ''}`,
      ...branches(layers.map((layer) => plain(layerLine(layer)))),
    ]),
    ...section(
      'fonts',
      model.fonts.map(({ family, style: face }) => `${family} ${face}`.trim()),
    ),
    ...section(
      'footage',
      model.footage.map(({ name, path }) => (path === null || path === name ? name : `${name}  (${path})`)),
    ),
  ];
}

function layerLine({ index, name, kind, text, source, effects }: TemplateLayer): string {
  const shows =
    text === undefined ? (source === null || source === name ? '' : ` → ${source}`) : ` ${JSON.stringify(text.text)}`;
  return `${index} ${name}  [${kind}]${shows}${effects.length === 0 ? '' : `  effects: ${effects.join(', ')}`}`;
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [title, ...branches(lines.map(plain))];
}

function branches(lines: string[]): string[] {
  return lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`);
}
