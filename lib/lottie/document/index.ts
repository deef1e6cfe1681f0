/** The one reader of Lottie documents: pure, and the door for everybody outside of this folder. */

export {
  assetNameOf,
  checkLottie,
  compositionsOf,
  frameCountOf,
  LAYER_TYPE,
  type LottieAsset,
  type LottieComposition,
  type LottieDocument,
  type LottieFont,
  type LottieLayer,
  layerNameOf,
  nameOverSource,
  parseLottie,
} from './document.ts';
export { readExpression, syntaxFault } from './expression-syntax.ts';
export { glyphsOf, type LottieGlyph } from './glyphs.ts';
export { withLineFeeds } from './line-ends.ts';
export {
  type BezierPath,
  controlPoints,
  formOf,
  type Point,
  pathAt,
  pathOf,
  withCutPieces,
  withVertices,
} from './path.ts';
export { isFileAsset, picturePlaces } from './pictures.ts';
export {
  type Animated,
  expressionLabel,
  expressionsOf,
  type Handle,
  hasExpressions,
  isAnimated,
  type Keyframe,
  keyframesOf,
  type LottieProperty,
  lottieProperties,
} from './properties.ts';
export { SEPARATED, type ValueKind } from './property-tables.ts';
export { lottieText } from './text.ts';
export { valueAt } from './value-at.ts';
