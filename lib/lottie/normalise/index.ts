/**
 * Between the document and Skia: functions from document to document, a file per rule. Pure, so that `create` can tell
 * what a render will tell; what needs Skia's own geometry is handed in.
 */
export { TooMuchToBake } from './bake/baking.ts';
export type { Join, PathGeometry } from './bake/geometry.ts';
export { baked } from './bake/index.ts';
export { differenceSentence, differenceSentences } from './difference-sentences.ts';
export {
  type Difference,
  differencesOf,
  effectFinding,
  unevaluated,
} from './differences.ts';
export { drawingFault, unfolded } from './drawing-limits.ts';
export { BAKED, DRAWN_BY_MATCH_NAME, DRAWN_ON_SOME, styleName } from './known-effects.ts';
export { modernised } from './repairs/index.ts';
export { fitForSkia } from './skia/index.ts';
export { drawnText } from './skia/text-characters.ts';
export { mapValues } from './tree.ts';
