import type { PropertyGroup } from '../aep/read-project.ts';
import { animated, choice, groupIn, type LayerContext, opaqueColor } from './properties.ts';

/** What an animator changes, by match name: the document's key, and whether it is a colour. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'ADBE Text Anchor Point 3D': 'a',
  'ADBE Text Anchor Point': 'a',
  'ADBE Text Position 3D': 'p',
  'ADBE Text Position': 'p',
  'ADBE Text Scale 3D': 's',
  'ADBE Text Scale': 's',
  'ADBE Text Rotation': 'r',
  'ADBE Text Rotation X': 'rx',
  'ADBE Text Rotation Y': 'ry',
  'ADBE Text Opacity': 'o',
  'ADBE Text Fill Color': 'fc',
  'ADBE Text Fill Hue': 'fh',
  'ADBE Text Fill Saturation': 'fs',
  'ADBE Text Fill Brightness': 'fb',
  'ADBE Text Fill Opacity': 'fo',
  'ADBE Text Stroke Color': 'sc',
  'ADBE Text Stroke Hue': 'sh',
  'ADBE Text Stroke Saturation': 'ss',
  'ADBE Text Stroke Brightness': 'sb',
  'ADBE Text Stroke Opacity': 'so',
  'ADBE Text Stroke Width': 'sw',
  'ADBE Text Tracking Amount': 't',
  'ADBE Text Skew': 'sk',
  'ADBE Text Skew Axis': 'sa',
  'ADBE Text Blur': 'bl',
  'ADBE Text Line Spacing': 'ls',
};

/** A document cannot express these, or players ignore them: they replace characters, or count from elsewhere. */
const HARMLESS: ReadonlySet<string> = new Set([
  'ADBE Text Track Type',
  'ADBE Text Line Anchor',
  'ADBE Text Character Change Type',
  'ADBE Text Character Range',
]);

/** `a` of a text: its animators. */
export function convertAnimators(animators: PropertyGroup | null, context: LayerContext): object[] {
  return (animators?.properties() ?? []).flatMap((animator) =>
    animator.kind === 'group' && animator.enabled ? convertAnimator(animator, context) : [],
  );
}

function convertAnimator(animator: PropertyGroup, context: LayerContext): object[] {
  const changes = convertChanges(groupIn(animator, 'ADBE Text Animator Properties'), animator.name, context);
  if (Object.keys(changes).length === 0) return [];
  const selectors = groupIn(animator, 'ADBE Text Selectors')?.properties() ?? [];
  const ranges = selectors.filter((one) => one.kind === 'group' && one.enabled);
  const [range] = ranges.filter((one) => one.matchName === 'ADBE Text Selector');
  const others = ranges.filter((one) => one !== range);
  for (const other of others)
    report(
      context,
      [animator.matchName, other.matchName],
      `'${other.name}' of its text's '${animator.name}' does nothing`,
    );
  return [{ nm: animator.name, s: convertSelector(range?.kind === 'group' ? range : null, context), a: changes }];
}

function convertChanges(group: PropertyGroup | null, animator: string, context: LayerContext): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const property of group?.properties() ?? []) {
    if (property.kind !== 'property') continue;
    const key = PROPERTIES[property.matchName];
    if (key !== undefined) {
      const value = property.valueType === 'COLOR' ? { value: opaqueColor } : {};
      changes[key] = animated(group, property.matchName, context, value);
    } else if (!HARMLESS.has(property.matchName))
      report(context, [property.matchName], `${property.name} of its text's '${animator}' does nothing`);
  }
  return changes;
}

function report(context: LayerContext, path: string[], what: string): void {
  context.report({ property: ['ADBE Text Properties', 'ADBE Text Animators', ...path], what, outcome: 'dropped' });
}

const PERCENT = 1;

/** A range selector; without one, all characters. */
function convertSelector(selector: PropertyGroup | null, context: LayerContext): object {
  const advanced = groupIn(selector, 'ADBE Text Range Advanced');
  const units = choice(advanced, 'ADBE Text Range Units', PERCENT);
  const kind = units === PERCENT ? 'Percent' : 'Index';
  return {
    t: 0,
    xe: animated(advanced, 'ADBE Text Levels Max Ease', context),
    ne: animated(advanced, 'ADBE Text Levels Min Ease', context),
    a: animated(advanced, 'ADBE Text Selector Max Amount', context, { otherwise: 100 }),
    b: choice(advanced, 'ADBE Text Range Type2', 1),
    rn: choice(advanced, 'ADBE Text Randomize Order', 0),
    sh: choice(advanced, 'ADBE Text Range Shape', 1),
    sm: animated(advanced, 'ADBE Text Selector Smoothness', context, { otherwise: 100 }),
    s: animated(selector, `ADBE Text ${kind} Start`, context),
    e: animated(selector, `ADBE Text ${kind} End`, context, { otherwise: 100 }),
    o: animated(selector, `ADBE Text ${kind} Offset`, context),
    r: units,
  };
}
