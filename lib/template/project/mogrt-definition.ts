import { z } from 'zod';
import type { TemplateControl } from '../model.ts';
import { panelPaths } from './panel.ts';

/** Texts by language; the template's own language comes first. */
const localizedSchema = z.object({ strDB: z.array(z.object({ str: z.string() })) });

const controlSchema = z.looseObject({
  id: z.string(),
  type: z.number(),
  uiName: localizedSchema,
  value: z.unknown().optional(),
  menucontent: z.array(localizedSchema).optional(),
});

const definitionSchema = z.looseObject({ clientControls: z.array(z.unknown()).max(10_000) });

type Control = z.infer<typeof controlSchema>;

const GROUP = 10;

/** `type`; the numbers are those of the project's own list, see lib/aep/essential-graphics.ts. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'checkbox'],
  [2, 'slider'],
  [3, 'angle'],
  [4, 'color'],
  [5, 'point'],
  [6, 'text'],
  [8, 'comment'],
  [9, 'scale'],
  [13, 'dropdown'],
  [14, 'media'],
]);

/**
 * The fields of the panel, from a .mogrt's `definition.json`: with the values that it shows, and within groups. What
 * each changes, only the project says. What is not in the form that we know is left out; null if none of it is. Source: a template that After Effects made.
 */
export function readControls(json: string): TemplateControl[] | null {
  const parsed = definitionSchema.safeParse(parseJson(json));
  if (!parsed.success) return null;
  const entries = parsed.data.clientControls
    .flatMap((entry) => controlSchema.safeParse(entry).data ?? [])
    .map((control) => ({ id: control.id, name: textOf(control.uiName), members: membersOf(control), control }));
  const paths = panelPaths(entries);
  return entries.flatMap((entry) => {
    const { id, name, control } = entry;
    const type = TYPES.get(control.type);
    const path = paths.get(entry) ?? [name];
    return type === undefined
      ? []
      : [{ id, name: path.join('.'), path, type, target: null, ...shownValue(control), ...optionsOf(control) }];
  });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The project itself names its controls; only their values are lost.
    return null;
  }
}

/** A group's value lists the ids of its members. */
function membersOf({ type, value }: Control): string[] {
  return type === GROUP && Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

function textOf({ strDB }: z.infer<typeof localizedSchema>): string {
  return strDB[0]?.str ?? '';
}

function shownValue({ value }: Control): Pick<TemplateControl, 'value'> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { value };
  if (Array.isArray(value) && value.every((part) => typeof part === 'number')) return { value };
  const text = localizedSchema.safeParse(value);
  if (text.success) return { value: textOf(text.data) };
  const point = z.object({ x: z.number(), y: z.number() }).safeParse(value);
  return point.success ? { value: [point.data.x, point.data.y] } : {};
}

function optionsOf({ menucontent }: Control): Pick<TemplateControl, 'options'> {
  return menucontent === undefined ? {} : { options: menucontent.map(textOf) };
}
