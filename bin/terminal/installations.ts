import { findInstallations } from '../../lib/aerender/installations.ts';
import type { Settings } from './settings.ts';

/** An After Effects that a command looks at. */
export interface NamedInstallation {
  /** As it is shown: `After Effects 2026`, or `After Effects (ae2026)` if the caller names it. */
  name: string;
  /** `ae2026`; null if the folder has no year. */
  engine: string | null;
  /** Its aerender. */
  file: string;
}

/** Those that `--aerender`, the environment or the config file names. They may not be there. */
export function namedInstallations({ options }: Settings): NamedInstallation[] {
  return Object.entries(options.aerender?.binaries ?? {}).map(([engine, file]) => ({
    name: `After Effects (${engine})`,
    engine,
    file,
  }));
}

/** Those in the usual folder. */
export function foundInstallations(): NamedInstallation[] {
  return findInstallations().map(({ version, file }) => {
    const year = /\d{4}/.exec(version)?.[0];
    return { name: `After Effects ${version}`, engine: year === undefined ? null : `ae${year}`, file };
  });
}
