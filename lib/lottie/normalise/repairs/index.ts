import type { LottieDocument } from '../../document/index.ts';
import { repairAnimatedFlags } from './animated-flags.ts';
import { repairOldColors } from './old-colors.ts';
import { repairOldGlyphs } from './old-glyphs.ts';
import { repairOldPaths } from './old-paths.ts';
import { repairOldTexts } from './old-texts.ts';

const REPAIRS: readonly ((document: LottieDocument) => LottieDocument)[] = [
  repairAnimatedFlags,
  repairOldColors,
  repairOldPaths,
  repairOldGlyphs,
  repairOldTexts,
];

/** What old exporters wrote, as today's write it. It comes before scripts, which count on today's form. */
export function modernised(document: LottieDocument): LottieDocument {
  return REPAIRS.reduce((made, repair) => repair(made), document);
}
