/**
 * The effects that the bundled renderer draws, by match name. Source: the names in Skia's own player of Lottie, as
 * canvaskit-wasm 0.42 has them.
 */
export const DRAWN_EFFECTS: ReadonlySet<string> = new Set([
  'ADBE Black&White',
  'ADBE Brightness & Contrast 2',
  'ADBE Bulge',
  'ADBE Corner Pin',
  'ADBE Displacement Map',
  'ADBE Drop Shadow',
  'ADBE Easy Levels2',
  'ADBE Fill',
  'ADBE Fractal Noise',
  'ADBE Gaussian Blur 2',
  'ADBE Geometry2',
  'ADBE HUE SATURATION',
  'ADBE Invert',
  'ADBE Linear Wipe',
  'ADBE Motion Blur',
  'ADBE Pro Levels2',
  'ADBE Radial Wipe',
  'ADBE Ramp',
  'ADBE Sharpen',
  'ADBE Shift Channels',
  'ADBE Threshold2',
  'ADBE Tile',
  'ADBE Tint',
  'ADBE Tritone',
  'ADBE Venetian Blinds',
  'CC Sphere',
  'CC Toner',
]);

/** Effects that paint nothing: expressions read what they hold. */
export const CONTROL_EFFECTS: ReadonlySet<string> = new Set([
  'ADBE Angle Control',
  'ADBE Checkbox Control',
  'ADBE Color Control',
  'ADBE Dropdown Control',
  'ADBE Layer Control',
  'ADBE Point Control',
  'ADBE Point3D Control',
  'ADBE Slider Control',
]);
