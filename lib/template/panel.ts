/** The fields of an Essential Graphics panel by the names that a job can use for them. */
import { z } from 'zod';
import type { EssentialGraphics } from '../aep/essential-graphics.ts';
import type { TemplateControl } from './model.ts';

/** A field or a group of fields, as a project and a .mogrt's definition alike have them. */
interface PanelEntry {
  id: string | null;
  name: string;
  /** The ids of the items in a group. */
  members: readonly string[];
}

/** The names from the outermost group down to the entry itself. */
function panelPaths<Entry extends PanelEntry>(entries: readonly Entry[]): ReadonlyMap<Entry, string[]> {
  const groupOf = new Map(entries.flatMap((group) => group.members.map((member) => [member, group] as const)));
  return new Map(entries.map((entry) => [entry, pathOf(entry, groupOf)]));
}

function pathOf(entry: PanelEntry, groupOf: ReadonlyMap<string, PanelEntry>): string[] {
  const names: string[] = [];
  // A damaged file may put a group into itself.
  const seen = new Set<PanelEntry>();
  let at: PanelEntry | undefined = entry;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    names.unshift(at.name);
    at = at.id === null ? undefined : groupOf.get(at.id);
  }
  return names;
}

/** What a project says of its panel. Only the values that the panel shows are not in it. */
export function projectControls(graphics: EssentialGraphics | null): TemplateControl[] {
  const controllers = graphics?.controllers ?? [];
  const paths = panelPaths(controllers);
  return controllers
    .filter(({ type }) => type !== 'GROUP')
    .map((controller) => {
      const { id, name, type, options, target } = controller;
      const path = paths.get(controller) ?? [name];
      return {
        ...{ id, name: path.join('.'), path, type: type.toLowerCase(), target },
        ...(options.length === 0 ? {} : { options }),
      };
    });
}

/** The fields of a definition, each with what the project says that it changes. */
export function withTargets(
  controls: readonly TemplateControl[],
  ofProject: readonly TemplateControl[],
): TemplateControl[] {
  return controls.map((control) => {
    const same = ofProject.find(({ id, name, type }) =>
      control.id === null || id === null ? name === control.name && type === control.type : id === control.id,
    );
    return { ...control, target: same?.target ?? null };
  });
}

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
