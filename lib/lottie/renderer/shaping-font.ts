import { Blob, Direction, Face, Font, Buffer as ShapingBuffer, shape } from 'harfbuzzjs';
import { CharacterSet } from '../../fonts/font.ts';
import { type FaceBytes, faceBytes, standaloneFont } from '../../fonts/font-bytes.ts';
import type { FontPosition } from './fonts.ts';

/** Some glyphs that belong together, as a letter and its accents do: what a text moves as one character. */
export interface GlyphCluster {
  /** The part of the text that it stands for, in UTF-16. */
  start: number;
  glyphs: PlacedGlyph[];
  /** Em. */
  advance: number;
}

interface PlacedGlyph {
  id: number;
  /** From the start of its cluster, in em; y goes up. */
  x: number;
  y: number;
}

/** A part of an outline, in em, y up: the points of a cubic Bézier curve after the point before. */
type OutlineCommand =
  | { type: 'move' | 'line'; points: [x: number, y: number] }
  | { type: 'curve'; points: [number, number, number, number, number, number] }
  | { type: 'close' };

/** A font as HarfBuzz shapes it: what Skia shapes texts with as well, so that both place the same glyphs. */
export class ShapingFont {
  readonly path: string;
  readonly index: number;
  /** Above and below the base line, in em. */
  readonly ascent: number;
  readonly descent: number;
  readonly #file: FaceBytes;
  readonly #face: Face;
  readonly #font: Font;
  readonly #unitsPerEm: number;

  private constructor({ path, index }: FontPosition, file: FaceBytes) {
    this.path = path;
    this.index = index;
    this.#file = file;
    this.#face = new Face(new Blob(file.bytes), file.face);
    this.#unitsPerEm = unitsPerEm(this.#face);
    this.#font = new Font(this.#face);
    const { ascender, descender } = this.#font.hExtents();
    this.ascent = ascender / this.#unitsPerEm;
    this.descent = Math.abs(descender) / this.#unitsPerEm;
  }

  static open(position: FontPosition): ShapingFont {
    return new ShapingFont(position, faceBytes(position));
  }

  /** Its glyphs have colours of their own: emoji. */
  get isColored(): boolean {
    return ['COLR', 'CBDT', 'sbix'].some((table) => (this.#face.referenceTable(table)?.length ?? 0) > 0);
  }

  /** As `CharacterSet` writes them. */
  get characters(): string {
    return new CharacterSet([...this.#face.collectUnicodes()].map((code) => [code, code] as const)).toString();
  }

  has(codePoint: number): boolean {
    return this.#font.nominalGlyph(codePoint) !== undefined;
  }

  /** A file of this face alone, which names itself as asked: by that name Skia finds it. */
  fileNamed(family: string): Buffer {
    return standaloneFont(this.#file, family);
  }

  /** The clusters of a part of a text that has one direction and one script, in the order in which they are drawn. */
  shape(text: string, start: number, length: number, direction: 'ltr' | 'rtl'): GlyphCluster[] {
    const buffer = new ShapingBuffer();
    // The text around it decides how letters join.
    buffer.addText(text, start, length);
    buffer.guessSegmentProperties();
    buffer.setDirection(direction === 'rtl' ? Direction.RTL : Direction.LTR);
    shape(this.#font, buffer);
    const em = (units: number) => units / this.#unitsPerEm;
    const clusters: GlyphCluster[] = [];
    const infos = buffer.getGlyphInfos();
    for (const [index, { xAdvance, xOffset, yOffset }] of buffer.getGlyphPositions().entries()) {
      const { codepoint: id = 0, cluster = 0 } = infos[index] ?? {};
      let last = clusters.at(-1);
      if (last?.start !== cluster) {
        last = { start: cluster, glyphs: [], advance: 0 };
        clusters.push(last);
      }
      last.glyphs.push({ id, x: last.advance + em(xOffset), y: em(yOffset) });
      last.advance += em(xAdvance);
    }
    return clusters;
  }

  /** The width of a glyph by itself, in em. */
  advanceOf(glyph: number): number {
    return this.#font.glyphHAdvance(glyph) / this.#unitsPerEm;
  }

  outline(glyph: number): OutlineCommand[] {
    const scaled = (values: readonly number[]) => values.map((value) => value / this.#unitsPerEm);
    let [x, y] = [0, 0];
    return this.#font.glyphToJson(glyph).map(({ type, values }): OutlineCommand => {
      const points = scaled(values);
      if (type === 'Z') return { type: 'close' };
      const [fromX, fromY] = [x, y];
      [x = 0, y = 0] = points.slice(-2);
      if (type === 'M' || type === 'L') return { type: type === 'M' ? 'move' : 'line', points: [x, y] };
      if (type === 'C') return { type: 'curve', points: points as [number, number, number, number, number, number] };
      const [controlX = 0, controlY = 0] = points;
      return { type: 'curve', points: [...toward(fromX, fromY), ...toward(x, y), x, y] };

      /** A quadratic curve as a cubic one: its control points are two thirds of the way to that of the other. */
      function toward(endX: number, endY: number): [number, number] {
        return [endX + ((controlX - endX) * 2) / 3, endY + ((controlY - endY) * 2) / 3];
      }
    });
  }
}

const EM = 1_000;

/** Source: the OpenType specification, "head". */
function unitsPerEm(face: Face): number {
  const head = face.referenceTable('head');
  return head === undefined || head.length < 20 ? EM : ((head[18] ?? 0) << 8) + (head[19] ?? 0) || EM;
}
