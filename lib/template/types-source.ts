import type { TemplateComposition, TemplateModel } from './model.ts';

/** TypeScript that names every composition and layer of a template, for `TemplateJob` (lib/plan/template-job.ts). */
export function typesSource(model: TemplateModel, fileName: string): string {
  const name = typeName(fileName);
  return [
    `/** The compositions and layers of ${commentOf(fileName)}. Written by: aerender-batch templates types ${commentOf(fileName)} */`,
    `export type ${name} = {`,
    ...firstOfEach(model.compositions).flatMap(compositionLines),
    '};',
    '',
  ].join('\n');
}

function compositionLines({ name, width, height, frameRate, frames, layers }: TemplateComposition): string[] {
  return [
    `  /** ${width} x ${height}, ${frames} frames at ${Number(frameRate.toFixed(3))} a second. */`,
    `  ${keyOf(name)}: {`,
    // The topmost of one name is the one that a job changes.
    ...firstOfEach(layers)
      .filter((layer) => layer.name !== '')
      .map((layer) => `    ${keyOf(layer.name)}: '${layer.kind}';`),
    '  };',
  ];
}

function firstOfEach<Named extends { name: string }>(list: readonly Named[]): Named[] {
  const byName = new Map<string, Named>();
  for (const item of list) if (!byName.has(item.name)) byName.set(item.name, item);
  return [...byName.values()];
}

/** Any name can be a key; those that are identifiers are written plainly, the others in quotes. */
function keyOf(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return name;
  const json = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"');
  return `'${json.replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** `lower-third.json`: `LowerThird`. */
function typeName(fileName: string): string {
  const words = fileName.replace(/\.[^.]*$/, '').match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return /^[A-Z]/.test(name) ? name : `Template${name}`;
}

/** A file name could end the comment, or the line. */
function commentOf(text: string): string {
  return text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ');
}
