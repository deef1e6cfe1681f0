/** The fields of an Essential Graphics panel by the names that a job can use for them. */
import type { EssentialGraphics } from '../../aep/essential-graphics.ts';
import type { TemplateControl } from '../model.ts';

/** A field or a group of fields, as a project and a .mogrt's definition alike have them. */
export interface PanelEntry {
  id: string | null;
  name: string;
  /** The ids of the items in a group. */
  members: readonly string[];
}

/** The names from the outermost group down to the entry itself. */
export function panelPaths<Entry extends PanelEntry>(entries: readonly Entry[]): ReadonlyMap<Entry, string[]> {
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
