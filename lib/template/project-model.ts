import type { CompItem, Layer, Project, TextDocument } from '../aep/read-project.ts';
import type { TemplateType } from '../contract/template.ts';
import type { TemplateComposition, TemplateLayer, TemplateModel, TemplateText } from './model.ts';

/** What an After Effects project says of itself, in the words of every template. */
export function projectModel(project: Project, type: TemplateType): TemplateModel {
  const compositions = project.compositions.map(compositionModel);
  return {
    type,
    writtenBy: project.version === null ? null : `After Effects ${project.version.text}`,
    complete: project.complete,
    warnings: [...project.warnings],
    mainComposition: mainComposition(project)?.name ?? null,
    compositions,
    footage: project.footage.flatMap(({ name, mainSource }) =>
      mainSource.kind === 'solid' ? [] : [{ name, path: mainSource.kind === 'file' ? mainSource.path : null }],
    ),
    fonts: fontsOf(compositions),
  };
}

/** The one that is made for the Essential Graphics panel; else the first that no other one shows. */
function mainComposition({ compositions }: Project): CompItem | undefined {
  const shown = new Set(compositions.flatMap(({ layers }) => layers.map(({ source }) => source?.id)));
  return (
    compositions.find(({ essentialGraphics }) => essentialGraphics !== null) ??
    compositions.find(({ id }) => !shown.has(id)) ??
    compositions[0]
  );
}

function compositionModel(comp: CompItem): TemplateComposition {
  return {
    id: String(comp.id),
    name: comp.name,
    width: comp.width,
    height: comp.height,
    duration: comp.duration,
    frameRate: comp.frameRate,
    frames: Math.max(1, Math.round(comp.duration * comp.frameRate)),
    layers: comp.layers.map(layerModel),
  };
}

function layerModel(layer: Layer): TemplateLayer {
  const document = layer.kind === 'text' ? layer.textDocument : null;
  return {
    index: layer.index,
    name: layer.name,
    kind: layer.kind,
    start: layer.startTime,
    in: layer.inPoint,
    out: layer.outPoint,
    parent: layer.parent?.index ?? null,
    source: layer.source?.name ?? null,
    ...(document === null ? {} : { text: textModel(document) }),
    effects: layer.effects.map(({ name }) => name),
  };
}

/** A project keeps the PostScript name of a font: `Roboto-Black`. */
function textModel({ text, font, fontSize }: TextDocument): TemplateText {
  const [family = font, style = ''] = font.split('-');
  return { text: text.replaceAll('\r', '\n'), fontFamily: family, fontStyle: style, size: fontSize };
}

function fontsOf(compositions: readonly TemplateComposition[]): TemplateModel['fonts'] {
  const fonts = new Map<string, { family: string; style: string }>();
  for (const { text } of compositions.flatMap(({ layers }) => layers)) {
    if (text === undefined) continue;
    const { fontFamily: family, fontStyle: style } = text;
    fonts.set(`${family}\0${style}`, { family, style });
  }
  return [...fonts.values()];
}
