import type { CanvasKit } from 'canvaskit-wasm';
import type { GlyphCluster, ShapingFont } from './shaping-font.ts';

/** A cluster that has colours of its own, drawn: a PNG, and where it belongs. */
interface GlyphPicture {
  png: Uint8Array;
  width: number;
  height: number;
  /** Its upper left corner, measured from the origin of the cluster, in em; y goes down. */
  left: number;
  top: number;
  /** Em in a pixel. */
  scale: number;
}

/** Room around a glyph, in em: some pictures are larger than the font says. */
const MARGIN = 0.1;

/** Draws a cluster of a font in colours with Skia, which knows every form of such fonts. Null if there is nothing to see. */
export function glyphPicture(
  skia: CanvasKit,
  face: ShapingFont,
  { glyphs, advance }: GlyphCluster,
  pixelsPerEm: number,
): GlyphPicture | null {
  const typeface = skia.Typeface.MakeTypefaceFromData(new Uint8Array(face.fileNamed('picture')).buffer);
  if (typeface === null) return null;
  const font = new skia.Font(typeface, pixelsPerEm);
  font.setSubpixel(true);
  font.setHinting(skia.FontHinting.None);
  const left = -MARGIN;
  const top = -(face.ascent + MARGIN);
  const width = Math.ceil((advance + 2 * MARGIN) * pixelsPerEm);
  const height = Math.ceil((face.ascent + face.descent + 2 * MARGIN) * pixelsPerEm);
  const surface = skia.MakeSurface(width, height);
  const paint = new skia.Paint();
  paint.setAntiAlias(true);
  try {
    if (surface === null) return null;
    const positions = glyphs.flatMap(({ x, y }) => [x * pixelsPerEm, -y * pixelsPerEm]);
    const ids = glyphs.map(({ id }) => id);
    surface.getCanvas().drawGlyphs(ids, positions, -left * pixelsPerEm, -top * pixelsPerEm, font, paint);
    surface.flush();
    const image = surface.makeImageSnapshot();
    const png = image.encodeToBytes();
    image.delete();
    return png === null ? null : { png: png.slice(), width, height, left, top, scale: 1 / pixelsPerEm };
  } finally {
    paint.delete();
    font.delete();
    typeface.delete();
    surface?.delete();
  }
}
