import { thisUserFontSystem, type UserFontSystem } from '../aerender/user-fonts/system.ts';
import { installFonts, uninstallFonts } from '../aerender/user-fonts.ts';
import type { RenderMessage, RenderTask } from './messages.ts';

/**
 * Runs a render with the job's fonts there for it. After Effects takes only those that are installed: they are, for as
 * long as it runs. The bundled renderer finds them beside the project. What could not be done stands in the job's log.
 */
export async function withFonts<Result>(
  task: RenderTask,
  send: (message: RenderMessage) => void,
  render: () => Promise<Result>,
  system: UserFontSystem = thisUserFontSystem(),
): Promise<Result> {
  if (task.renderer.kind !== 'aerender' || task.fonts.length === 0) return await render();
  const warn = (warnings: readonly string[]) => {
    for (const warning of warnings) send({ type: 'log', text: `aerender-batch: ${warning}\n` });
  };
  const { installed, warnings } = await installFonts(task.fonts, system);
  warn(warnings);
  try {
    return await render();
  } finally {
    warn(await uninstallFonts(installed, system));
  }
}
