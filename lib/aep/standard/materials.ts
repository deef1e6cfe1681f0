import type { Family, Members } from './family.ts';

/** What a surface looks like: of a layer as a whole, and of each sort of face of extruded texts and shapes. */
export const MATERIALS: Family = {
  fixed: {
    'ADBE Material Options Group': {
      'ADBE Casts Shadows': 'Casts Shadows',
      'ADBE Light Transmission': 'Light Transmission',
      'ADBE Accepts Shadows': 'Accepts Shadows',
      'ADBE Accepts Lights': 'Accepts Lights',
      'ADBE Shadow Color': 'Shadow Color',
      'ADBE Appears in Reflections': 'Appears in Reflections',
      'ADBE Ambient Coefficient': 'Ambient',
      'ADBE Diffuse Coefficient': 'Diffuse',
      'ADBE Specular Coefficient': 'Specular Intensity',
      'ADBE Shininess Coefficient': 'Specular Shininess',
      'ADBE Metal Coefficient': 'Metal',
      'ADBE Reflection Coefficient': 'Reflection Intensity',
      'ADBE Glossiness Coefficient': 'Reflection Sharpness',
      'ADBE Fresnel Coefficient': 'Reflection Rolloff',
      'ADBE Transparency Coefficient': 'Transparency',
      'ADBE Transp Rolloff': 'Transparency Rolloff',
      'ADBE Index of Refraction': 'Index of Refraction',
    },
    // The first is on a layer that can be bent, the second on one that can be extruded.
    'ADBE Plane Options Group': {
      'ADBE Plane Curvature': 'Curvature',
      'ADBE Plane Subdivision': 'Segments',
    },
    'ADBE Extrsn Options Group': {
      'ADBE Bevel Styles': 'Bevel Style',
      'ADBE Bevel Direction': 'Bevel Direction',
      'ADBE Bevel Depth': 'Bevel Depth',
      'ADBE Hole Bevel Depth': 'Hole Bevel Depth',
      'ADBE Extrsn Depth': 'Extrusion Depth',
    },
  },
  indexed: {},
  open: {},
};

const FACES = ['Front', 'Bevel', 'Side', 'Back'];

const SURFACE: Readonly<Record<string, string>> = {
  Ambient: 'Ambient',
  Diffuse: 'Diffuse',
  Specular: 'Specular Intensity',
  Shininess: 'Specular Shininess',
  Metal: 'Metal',
  Reflection: 'Reflection Intensity',
  Gloss: 'Reflection Sharpness',
  Fresnel: 'Reflection Rolloff',
  Xparency: 'Transparency',
  XparRoll: 'Transparency Rolloff',
  IOR: 'Index of Refraction',
};

/** `ADBE Vec3D Front RGB` is "Front Color", and so on: each face has the colours given and a surface. */
export function facesOf(prefix: string, colors: Readonly<Record<string, string>>): Members {
  const looks = Object.entries({ ...colors, ...SURFACE });
  return Object.fromEntries(
    FACES.flatMap((face) => looks.map(([key, name]) => [`${prefix} ${face} ${key}`, `${face} ${name}`])),
  );
}
